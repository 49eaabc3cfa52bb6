package telegram

import (
	"context"
	"errors"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// press is a pressed button.
type press struct {
	query   string // id to answer
	chat    int64
	choice  string
	message *models.Message // that it stands under, without text if that is too old; nil: none to be marked
	stale   bool            // it belongs to a question that was answered, or followed by another
}

// question is the last message with choices that was sent to a chat.
type question struct {
	nonce  string
	answer string // id of the press that answered it; "": none has
}

func (c *Channel) readPress(b *batch, update int64, q *models.CallbackQuery) {
	p := press{query: q.ID, choice: q.Data, message: q.Message.Message}
	if old := q.Message.InaccessibleMessage; old != nil {
		p.message = &models.Message{ID: old.MessageID, Chat: old.Chat}
	}
	chat := models.Chat{ID: q.From.ID, Type: models.ChatTypePrivate} // a private chat's id is the person's
	if p.message != nil {
		chat = p.message.Chat
	}
	if !isPrivate(chat) || chat.ID != q.From.ID || q.Data == "" {
		b.presses = append(b.presses, press{query: q.ID}) // answered, and that is all
		return
	}
	p.chat = chat.ID
	p.stale = c.isStale(chat.ID, q)
	in := c.inbound(update, chat, &q.From, c.cfg.Now())
	in.Choice = q.Data
	b.inbound = append(b.inbound, in)
	b.presses = append(b.presses, p)
}

// isStale tells whether a press belongs to a question that is over, as far as is
// remembered. A press that is delivered again is not a second one.
func (c *Channel) isStale(chat int64, q *models.CallbackQuery) bool {
	last, known := c.questions.get(chat)
	nonce := nonceOf(q.Data)
	switch {
	case !known || nonce == "":
		return false
	case nonce != last.nonce:
		return true
	}
	return last.answer != "" && last.answer != q.ID
}

// answered notes that a press has answered a chat's question.
func (c *Channel) answered(p press) {
	if last, known := c.questions.get(p.chat); known && last.nonce == nonceOf(p.choice) && last.answer == "" {
		c.questions.set(p.chat, question{last.nonce, p.query})
	}
}

// nonceOf gives the part of a choice's id that names its question, or "" for a
// command, which stands for itself.
func nonceOf(choice string) string {
	nonce, _, ok := strings.Cut(choice, ":")
	if !ok || strings.HasPrefix(choice, "/") {
		return ""
	}
	return nonce
}

// courtesyTime bounds what is done for a press.
const courtesyTime = 15 * time.Second

// acknowledge answers a press and shows in its message what was chosen, beside
// whatever else goes on.
func (c *Channel) acknowledge(ctx context.Context, p press) {
	ctx = context.WithoutCancel(ctx)
	c.courtesy.do(func() {
		ctx, cancel := context.WithTimeout(ctx, courtesyTime)
		defer cancel()
		answer := &tg.AnswerCallbackQueryParams{CallbackQueryID: p.query}
		if p.stale {
			answer.Text, answer.ShowAlert = c.cfg.Words.Stale, true
		}
		c.try(ctx, "answerCallbackQuery", func() error { return c.call(ctx, "answerCallbackQuery", answer, nil) })
		if p.message != nil {
			c.try(ctx, "editMessage", func() error { return c.mark(ctx, p) })
		}
	})
}

// try does what may fail; once more if Telegram wants it later.
func (c *Channel) try(ctx context.Context, method string, call func() error) {
	err := c.explain(method, call())
	if e, ok := errors.AsType[*apiError](err); ok && e.after > 0 && bot.Pause(ctx, e.after) {
		err = c.explain(method, call())
	}
	if err != nil {
		c.cfg.Log.DebugContext(ctx, "courtesy failed", "error", err)
	}
}

// chosenMark stands before what was chosen.
const chosenMark = "➤ "

// shown names a message that stands in a chat.
type shown struct {
	chat    int64
	message int
}

// mark changes a message for its first press. A further one, or one on a message that shows
// no buttons, has nothing to change, which Telegram would refuse.
func (c *Channel) mark(ctx context.Context, p press) error {
	m := p.message
	bare := m.ReplyMarkup == nil && m.Text+m.Caption != ""
	at := shown{p.chat, m.ID}
	if bare || c.marked.swap(at, true) {
		return nil
	}
	err := c.edit(ctx, p)
	if err != nil {
		c.marked.set(at, false)
	}
	return err
}

// edit takes the buttons off a message and writes what was chosen below it. Where
// there is no room for that, or where it had no effect, only the buttons go.
func (c *Channel) edit(ctx context.Context, p press) error {
	label := labelOf(p.message, p.choice)
	text, caption := below(p.message.Text, label), below(p.message.Caption, label)
	switch {
	case p.stale || label == "":
	case p.message.Text != "" && units(text) <= maxText:
		return c.call(ctx, "editMessageText", &tg.EditMessageTextParams{
			ChatID: p.chat, MessageID: p.message.ID, Text: text, LinkPreviewOptions: noPreview(),
		}, nil)
	case p.message.Caption != "" && units(caption) <= maxCaption:
		return c.call(ctx, "editMessageCaption", &tg.EditMessageCaptionParams{
			ChatID: p.chat, MessageID: p.message.ID, Caption: caption,
		}, nil)
	}
	return c.call(ctx, "editMessageReplyMarkup", &tg.EditMessageReplyMarkupParams{ChatID: p.chat, MessageID: p.message.ID}, nil)
}

func below(text, label string) string { return text + "\n\n" + chosenMark + label }

// labelOf gives the words of a button.
func labelOf(m *models.Message, choice string) string {
	if m.ReplyMarkup == nil {
		return ""
	}
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		for _, b := range row {
			if b.CallbackData == choice {
				return b.Text
			}
		}
	}
	return ""
}

// remember notes the question that a chat was asked last.
func (c *Channel) remember(chat int64, choices []bot.Choice) {
	for _, choice := range choices {
		if nonce := nonceOf(choice.ID); nonce != "" {
			c.questions.set(chat, question{nonce: nonce})
			return
		}
	}
}
