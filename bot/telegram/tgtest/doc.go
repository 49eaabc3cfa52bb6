// Package tgtest is a Bot API server for tests: it behaves as Telegram does towards
// one bot, and gives tests the persons who chat with it.
//
// It knows long polling with offsets and timeouts, a webhook with its secret,
// retries and order within a chat, messages with keyboards, documents both ways,
// edits, callback answers and command menus. When told to it keeps Telegram's limits
// (answering 429 with retry_after), is slow, delivers updates twice, and fails:
// 429, 500, or a connection that breaks before or after the work is done.
package tgtest
