package session

import (
	"slices"
	"strconv"

	"izinbot/bot"
)

// deliveries makes the answers ready to be sent, and notes in the state whether they leave
// a keyboard. Their ids come from the inbound message, so that handling it again
// makes the same ones.
func (s *Session) deliveries() []bot.Delivery {
	messages := merged(s.replies)
	s.clearKeyboard(messages)
	out := make([]bot.Delivery, len(messages))
	for i, m := range messages {
		m.Lang = string(s.Lang())
		out[i] = bot.Delivery{ID: s.In.ID + "/" + strconv.Itoa(i+1), Chat: s.In.Chat, Message: m, Created: s.Now}
	}
	return append(out, s.Write.mail...)
}

// clearKeyboard has the keyboard of the question before go with the first answer, unless an
// answer brings its own.
func (s *Session) clearKeyboard(answers []bot.Message) {
	if len(answers) == 0 {
		return
	}
	own := slices.ContainsFunc(answers, func(m bot.Message) bool { return m.Want.Keyboard() })
	answers[0].Clear = s.State.Keyboard && !own
	s.State.Keyboard = own
}

// mergeUpTo keeps merged messages well below what networks take as one (4,096
// UTF-16 units).
const mergeUpTo = 3000

// merged puts texts that follow each other into one message: networks allow a chat
// about one message a second, and people read one better than three.
func merged(replies []bot.Message) []bot.Message {
	var out []bot.Message
	for _, m := range replies {
		if n := len(out) - 1; n >= 0 && bare(out[n]) && len(m.Files) == 0 && len(out[n].Text)+len(m.Text) <= mergeUpTo {
			m.Text = out[n].Text + "\n\n" + m.Text
			out[n] = m
			continue
		}
		out = append(out, m)
	}
	return out
}

// bare tells whether a message is text and nothing else.
func bare(m bot.Message) bool {
	return len(m.Files) == 0 && len(m.Choices) == 0 && m.Want == bot.WantNothing
}
