// Package whatsapp is the bot on WhatsApp, over go.mau.fi/whatsmeow: an unofficial
// client that is linked to an ordinary account as WhatsApp Web is. Meta may lock an
// account that uses one; docs/whatsapp.md says what that means for an office.
//
// # In
//
// A message is acknowledged to WhatsApp only once Config.Accept has stored it.
// Until then the servers keep it and give it again after the next login, so when a
// message cannot be stored the channel takes no more and logs in anew: that way
// none is lost and none overtakes another. Decrypting moves keys on and cannot be
// done twice; the library therefore keeps what it decrypted until the message was
// taken.
//
// A person is known by a LID, a phone number or both, and the network may begin to
// tell the other one at any time. His address in the product is what he was first
// seen with, for ever; the session file keeps which others mean the same chat. A
// number that comes back with another LID belongs to somebody else.
//
// # Out
//
// The id of a message on the network is made from the delivery's, so that a repeat
// is known as one by the phone that gets it. The session file keeps how far each
// message has come (queued, sent, delivered, read), so that a repeat after a
// timeout is sent only if no receipt has come meanwhile.
//
// The number is looked after: notices go only to chats that wrote within the last
// weeks, at a human pace, and within caps an hour and a day. What WhatsApp says
// about the account becomes a [State], with a sentence and what to do.
//
// It decides nothing about the conversation and retries no message; who hears of a State is
// decided by the office.
package whatsapp
