package kept

import (
	"encoding/json"

	"izinbot/bot"
)

// MessageOf decodes the message of a delivery. One that cannot be decoded is given as
// unreadable instead of as an error: it must not hold up what waits behind it.
func MessageOf(doc []byte) (m bot.Message, unreadable bool) {
	if err := json.Unmarshal(doc, &m); err != nil {
		return bot.Message{}, true
	}
	return m, false
}

// ReceivedOf decodes an inbound message. One that cannot be decoded is given as
// [bot.OtherLost] of its chat, so that its sender is told and the chat goes on.
func ReceivedOf(seq int64, id string, chat bot.Address, doc []byte) bot.Received {
	r := bot.Received{Seq: seq}
	if err := json.Unmarshal(doc, &r.Inbound); err != nil {
		r.Inbound = bot.Inbound{Other: bot.OtherLost}
	}
	r.ID, r.Chat = id, chat // what the store finds them by
	return r
}
