// Package telegram is the Telegram channel. The types of the Bot API and the
// parameters of its methods come from github.com/go-telegram/bot; receiving is this
// package's own, because that library confirms updates to Telegram before anything is
// stored. So is the way in which calls are made, for speed and so that every server
// can read them (docs/adr/0045).
//
// Receiving. Updates come by long polling, or by a webhook whose HTTP route calls
// [Channel.Receive]. Either way an update is acknowledged (by the offset of the next
// poll, or by status 200) only after Accept has stored it; a repeat has the same
// id. A file stays with Telegram at first: what is stored is its id, and
// [Channel.Fetch] gets it when the chat's turn comes, so that a large file holds up
// neither other chats nor the webhook's answer.
//
// Sending. Texts go out without a parse mode and are shown as they are written, so
// that nothing that people type can break or inject markup. A message may take
// several calls (a long text, several files); how far it got is remembered, so that
// a retry goes on where it stopped. If it is unknown whether Telegram took a part
// (the connection broke before the answer came), that part is tried once more and
// then taken for sent: a text may be seen twice, but nothing is said for ever.
//
// Buttons. Choices are inline keyboards whose callback data are the choices' ids.
// Every press is answered as soon as it is stored, or cannot be stored over and over. The message then shows what was
// chosen, without its buttons; that is a courtesy which may fail. The handlers
// decide whether a press still counts. The channel only remembers, in memory, which
// question each chat was asked last; a press for an older one is answered with an
// alert besides, so that the person sees at once why nothing happens.
//
// No error of HTTP leaves this package as it is, and none is logged: they may quote the
// bot's token (it is part of every URL). See [apiError].
//
// Tolerance. Servers other than Telegram's leave things out and do not know every
// method, and Telegram itself gets new kinds of everything. What a conversation does
// not need is asked for once and not insisted on; an update is read as far as it can
// be.
//
// It decides nothing about the conversation, stores nothing but files, and retries no message:
// that is left to handlers, the inbox and the outbox.
package telegram
