// Package watest is a WhatsApp server for tests, with phones. It listens on
// loopback and speaks the real protocol, so that the real client can be tested
// from end to end: websocket, Noise handshake with a certificate root of its own,
// binary XML, pairing, login, key and device queries, messages that are encrypted
// from end to end, receipts, a backlog for who was offline, media.
//
// A client comes here if its HTTP clients are those of [Server.HTTPClient], and
// believes the server if it trusts [Server.Root]:
//
//	server, err := watest.Start(watest.Config{Now: time.Now})
//	whatsmeow.WACertPubKey = server.Root()
//	client.SetPreLoginHTTPClient(server.HTTPClient())
//
// The server has one account, that of the bot. Its phone is [Server.Main]; other
// people's phones are made with [Server.AddPhone]. A phone holds its own keys: what
// is between it and the bot is as unreadable to the server as in reality.
//
// What was pushed to the bot's device stays in a queue until the device has
// acknowledged it, and is sent again after the next login.
package watest
