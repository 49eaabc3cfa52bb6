package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"izinbot/bot"
)

// fileTime bounds a call that uploads a file. It must fit into the time that the
// outbox gives one try.
const fileTime = 50 * time.Second

// placeholder is sent where Telegram wants a text and there is none.
const placeholder = "👇"

// part is one call of a message.
type part struct {
	text   string
	file   *bot.Attachment // text is its caption
	markup any             // nil for none
}

// Send implements [bot.Channel].
func (c *Channel) Send(ctx context.Context, id string, to bot.Address, m bot.Message) error {
	chat, err := chatOf(to)
	if err != nil {
		return err
	}
	// Whether or not this arrives, the handlers take answers to it alone by now.
	c.remember(chat, m.Choices)
	parts := compose(m, c.cfg.Words)
	for i := c.attempts.done(id); i < len(parts); i++ {
		if i > 0 {
			c.pace.count(to)
		}
		message, err := c.deliver(ctx, chat, parts[i])
		if err != nil && !c.giveUp(id, err) {
			return c.failed(ctx, to, id, err)
		}
		if i == len(parts)-1 && len(m.Choices) > 0 {
			c.asked.set(chat, asked{message, &m.Choices})
		}
		c.attempts.advance(id, i+1)
	}
	c.attempts.forget(id)
	if len(m.Menu) > 0 {
		c.offerMenu(ctx, chat, m.Menu)
	}
	return nil
}

// giveUp tells whether a part of which nobody knows whether it was sent has had its
// second try and is taken for sent.
func (c *Channel) giveUp(id string, err error) bool {
	return errors.Is(err, errUnknown) && c.attempts.doubt(id)
}

// failed says what becomes of a delivery.
func (c *Channel) failed(ctx context.Context, to bot.Address, id string, err error) error {
	if errors.Is(err, errUnknown) {
		// The next try must not use a connection that is as dead as this one.
		c.closeIdle()
		c.cfg.Log.WarnContext(ctx, "nobody knows whether a message was sent", slog.Any("error", err))
		return &bot.SendError{Reason: reasonUnknown}
	}
	v := verdict(err)
	if v == nil {
		return err
	}
	switch v.Reason {
	case reasonTooMany:
		c.pace.refused(c.cfg.Now(), to, v.After)
	case reasonRefused:
		c.cfg.Log.ErrorContext(ctx, "telegram does not take a message", slog.Any("error", err))
	}
	if v.Dead {
		c.attempts.forget(id)
	}
	return v
}

// errUnknown says that the connection broke before the answer came.
var errUnknown = errors.New("the result is not known")

// deliver makes one call. It gives Telegram's id of the message that was sent, 0 where that is
// not told.
func (c *Channel) deliver(ctx context.Context, chat int64, p part) (message int, err error) {
	limit := callTime
	if p.file != nil {
		limit = fileTime
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	method, send := "sendMessage", c.sendText
	if p.file != nil {
		method, send = "sendDocument", c.sendDocument
	}
	var sent json.RawMessage
	err = send(ctx, chat, p, &sent)
	if err == nil {
		return messageID(sent), nil
	}
	if ours, ok := errors.AsType[*fileError](err); ok {
		return 0, ours
	}
	explained := c.explain(method, err)
	if lost, ok := errors.AsType[*brokenError](err); ok && lost.sent {
		return 0, fmt.Errorf("%w: %w", errUnknown, explained)
	}
	return 0, explained
}

// messageID reads the id of a message that was sent, 0 where there is none: it was sent all the
// same.
func messageID(sent json.RawMessage) int {
	var m struct {
		ID int `json:"message_id"`
	}
	if json.Unmarshal(sent, &m) != nil {
		return 0
	}
	return m.ID
}

func (c *Channel) sendText(ctx context.Context, chat int64, p part, sent any) error {
	return c.call(ctx, "sendMessage", &tg.SendMessageParams{
		ChatID: chat, Text: p.text, LinkPreviewOptions: noPreview(), ReplyMarkup: p.markup,
	}, sent)
}

// compose makes of a message the calls that it takes. The keyboard comes last; a text that fits
// is the caption of the first file, and of the last too if a keyboard stands below that.
func compose(m bot.Message, w Words) []part {
	texts := split(m.Text, maxText)
	caption := ""
	if len(m.Files) > 0 && len(texts) == 1 && units(texts[0]) <= maxCaption {
		caption, texts = texts[0], nil
	}
	var parts []part
	for _, text := range texts {
		parts = append(parts, part{text: text})
	}
	for i := range m.Files {
		parts = append(parts, part{file: &m.Files[i]})
	}
	if len(parts) == 0 {
		parts = []part{{text: placeholder}}
	}
	last := &parts[len(parts)-1]
	if caption != "" {
		parts[0].text = caption
	}
	if last.file != nil && (len(m.Choices) > 0 || m.Want.Keyboard()) {
		last.text = caption
	}
	if m.Want.Keyboard() {
		last.markup = reply(m.Want, w, m.Choices)
		return parts
	}
	last.markup = inline(m.Choices)
	if m.Clear {
		return removing(parts)
	}
	return parts
}

// removing takes the reply keyboard away with the first part. A message cannot do
// that and show buttons too: if the only part has some, its last paragraph, or a
// placeholder, shows them in a part of its own.
func removing(parts []part) []part {
	first := parts[0]
	if first.markup == nil {
		parts[0].markup = removal()
		return parts
	}
	head, tail := first, part{text: placeholder, markup: first.markup}
	if i := strings.LastIndex(first.text, "\n\n"); first.file == nil && i > 0 {
		head.text, tail.text = strings.TrimSpace(first.text[:i]), strings.TrimSpace(first.text[i:])
	}
	head.markup = removal()
	return []part{head, tail}
}

// chatOf gives Telegram's id of a chat.
func chatOf(to bot.Address) (int64, error) {
	id, err := strconv.ParseInt(to.Chat(), 10, 64)
	if err != nil || to.Channel() != Name {
		return 0, &bot.SendError{Reason: reasonBadAddress, Dead: true}
	}
	return id, nil
}
