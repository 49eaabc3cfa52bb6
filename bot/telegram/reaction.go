package telegram

import (
	"slices"

	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// asked is the last message with choices that was sent to a chat.
type asked struct {
	message int // Telegram's id of it
	choices *[]bot.Choice
}

// readReaction reads a sign that a person put on the question that he was asked last. On another
// message, taken away, or put there by a group it says nothing. What was asked last is remembered
// in memory alone: after a restart the sign comes without a question.
func (c *Channel) readReaction(b *batch, update int64, r *models.MessageReactionUpdated) {
	last, known := c.asked.get(r.Chat.ID)
	sign := added(r.OldReaction, r.NewReaction)
	if known && last.message != r.MessageID || sign == "" || !isPrivate(r.Chat) || r.User == nil {
		return
	}
	in := c.inbound(update, r.Chat, r.User, c.at(r.Date))
	in.Text, in.Reaction = sign, true
	if known {
		in.Asked = *last.choices
	}
	b.inbound = append(b.inbound, in)
}

// added gives the sign that a change of reactions has put on a message, "" for none.
func added(before, after []models.ReactionType) string {
	for _, r := range slices.Backward(after) {
		if e := emoji(r); e != "" && !slices.ContainsFunc(before, func(old models.ReactionType) bool { return emoji(old) == e }) {
			return e
		}
	}
	return ""
}

func emoji(r models.ReactionType) string {
	if r.ReactionTypeEmoji == nil {
		return ""
	}
	return r.ReactionTypeEmoji.Emoji
}
