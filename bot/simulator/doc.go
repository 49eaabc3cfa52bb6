// Package simulator is a chat network of its own: phones with chats, kept in one
// file, for the demo page, the unattended demo and tests. To the program it is a
// channel like any other.
//
// Everything that happens on the network is an [Event]. An event is appended to
// the journal (one JSON object a line) before it changes anything in memory, and
// opening a network is nothing but reading its journal again. What was written
// survives the death of the process; a last line that was cut off by it is
// dropped. After a loss of power the last seconds of the chats may be missing,
// but a message id is never given twice, because ids are reserved in blocks that
// are synced to the disk.
//
// A person's message is first on the phone as unsent, then given to the inbox,
// then marked sent. What a crash left unsent goes out, with its old id, before
// the next message of that phone or with [Network.Resend]; the inbox drops what
// it has.
//
// It holds no page and no story: handlers/web shows the phones, and the demo's player speaks
// through them.
package simulator
