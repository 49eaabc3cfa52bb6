//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
	"izinbot/bot/whatsapp/internal/ratchet"
	"izinbot/bot/whatsapp/internal/session"
)

// answerTimeout limits the time in which WhatsApp answers a message.
const answerTimeout = 25 * time.Second

// captionLength is up to how many bytes a text stands under a document instead of
// before it.
const captionLength = 1000

// part is one message on the network.
type part struct {
	id      types.MessageID
	text    string
	file    *bot.Attachment
	choices []bot.Choice
}

// Send implements [bot.Channel]. A part of the message that has gone out, as its
// answer or a receipt has shown, is not sent again.
func (c *Channel) Send(ctx context.Context, id string, to bot.Address, m bot.Message) error {
	client, t, err := c.recipient(ctx, to)
	if err != nil {
		return err
	}
	if err := adopt(ctx, client, t.jid); err != nil {
		return c.verdict(ctx, err)
	}
	quote := c.quote(id, t.jid)
	for i, p := range parts(id, m, c.cfg.Words) {
		if i > 0 {
			quote = nil
		}
		info, err := c.context(ctx, to, quote)
		if err != nil {
			return err
		}
		if err := c.sendPart(ctx, client, t, p, info); err != nil {
			return err
		}
	}
	return nil
}

// recipient finds out whether and where an address may be written to now.
func (c *Channel) recipient(ctx context.Context, to bot.Address) (*whatsmeow.Client, target, error) {
	t := target{chat: to}
	if c.ctx.Err() != nil {
		return nil, t, c.unable() // the channel was stopped
	}
	var err error
	if t.jid, t.heard, err = c.session.Whereabouts(ctx, to); err != nil {
		return nil, t, err
	}
	now := c.cfg.Now()
	silent := now.Sub(t.heard)
	if t.jid.IsEmpty() || silent > c.cfg.Window {
		return nil, t, &bot.SendError{Reason: ReasonNoInbound, Dead: true}
	}
	if c.health.underLock(now) && silent > day || c.forbidden.has(to, t.heard, now) {
		return nil, t, &bot.SendError{Reason: ReasonTimelock, Dead: true}
	}
	client := c.current()
	if client == nil || !client.IsLoggedIn() {
		return nil, t, c.unable()
	}
	return client, t, nil
}

// adopt moves what is encrypted with a phone that wrote from its number to its LID,
// where the library looks for it when it sends. The library alone would first begin
// something new there, and later put the old in its place: then neither side could
// read the other for a while.
func adopt(ctx context.Context, client *whatsmeow.Client, to types.JID) error {
	if to.Server != types.DefaultUserServer {
		return nil
	}
	lid, err := client.Store.LIDs.GetLIDForPN(ctx, to)
	if err != nil {
		return fmt.Errorf("look up a LID: %w", err)
	}
	if lid.IsEmpty() {
		known, err := client.GetUserInfo(ctx, []types.JID{to})
		if err != nil {
			return fmt.Errorf("ask for a LID: %w", err)
		}
		lid = known[to].LID
	}
	if lid.IsEmpty() {
		return nil // the library will say what that means
	}
	return client.Store.Sessions.MigratePNToLID(ctx, to, lid)
}

// parts cuts a delivery into messages. A letter carries the text as its caption.
func parts(id string, m bot.Message, words Words) []part {
	text := render(m, words)
	var choices []bot.Choice // that a number may name, in an answer to this message
	if numbered(m) {
		choices = m.Choices
	}
	var out []part
	if len(m.Files) != 1 || len(text) > captionLength {
		if text != "" {
			out = append(out, part{text: text, choices: choices})
		}
		text = ""
	}
	for i := range m.Files {
		p := part{file: &m.Files[i]}
		if text != "" {
			p.text, p.choices = text, choices
		}
		out = append(out, p)
	}
	for i := range out {
		out[i].id = messageID(id, i)
	}
	return out
}

// messageID makes the id of a part on the network: the same at every try. It looks
// like one that WhatsApp Web makes.
func messageID(delivery string, i int) types.MessageID {
	h := sha256.Sum256([]byte(delivery + "\x00" + strconv.Itoa(i)))
	return whatsmeow.WebMessageIDPrefix + strings.ToUpper(hex.EncodeToString(h[:9]))
}

func (c *Channel) sendPart(ctx context.Context, client *whatsmeow.Client, to target, p part, quote *waE2E.ContextInfo) error {
	far, _, err := c.session.ProgressOf(ctx, p.id)
	if err != nil || far >= session.Sent {
		return err
	}
	m, err := c.compose(ctx, client, p, quote)
	if err != nil {
		return err
	}
	first, err := c.session.Enqueue(ctx, p.id, p.choices, c.cfg.Now())
	if err != nil {
		return err
	}
	sending, done := ratchet.Holding(ctx)
	defer done()
	if err := c.transmit(sending, client, to, m, p.id); err != nil {
		return inVain(c.verdict(ctx, err), c.cfg.Now().Sub(first))
	}
	c.health.sign(c.cfg.Now())
	if err := c.session.Advance(context.WithoutCancel(ctx), session.Sent, p.id); err != nil {
		// It went out; a repeat would be the same message to the phone.
		c.cfg.Log.WarnContext(ctx, "whatsapp message is not noted as sent", slog.Any("error", err))
	}
	return nil
}

// compose makes a part what the network carries.
func (c *Channel) compose(ctx context.Context, client *whatsmeow.Client, p part, quote *waE2E.ContextInfo) (*waE2E.Message, error) {
	if p.file == nil {
		return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: &p.text, ContextInfo: quote}}, nil
	}
	data, err := c.attachment(ctx, p.file.Key)
	if err != nil {
		return nil, err
	}
	up, err := client.Upload(ctx, data, whatsmeow.MediaDocument)
	if err != nil {
		return nil, c.verdict(ctx, fmt.Errorf("upload a file: %w", err))
	}
	d := &waE2E.DocumentMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
		FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: &p.file.Type,
		FileName: &p.file.Name, Title: &p.file.Name, ContextInfo: quote,
	}
	if p.text == "" {
		return &waE2E.Message{DocumentMessage: d}, nil
	}
	d.Caption = &p.text
	return &waE2E.Message{DocumentWithCaptionMessage: &waE2E.FutureProofMessage{Message: &waE2E.Message{DocumentMessage: d}}}, nil
}

func (c *Channel) attachment(ctx context.Context, key string) ([]byte, error) {
	f, err := c.cfg.Files.Open(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("open a file to send: %w", err)
	}
	data, err := io.ReadAll(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("read a file to send: %w", err)
	}
	return data, nil
}

// quote makes an answer show the message that it answers.
func (c *Channel) quote(delivery string, chat types.JID) *waE2E.ContextInfo {
	id, inbound := answered(delivery)
	if id == "" {
		return nil
	}
	return &waE2E.ContextInfo{
		StanzaID: &id, Participant: new(chat.String()),
		QuotedMessage: &waE2E.Message{Conversation: new(c.quotes.get(inbound))},
	}
}

// quotes are the texts of the last messages, for the grey box above an answer. The
// person's phone has the message itself: a text that was forgotten is no loss.
type quotes struct {
	mu    sync.Mutex
	texts map[string]string
	order []string
}

const (
	keptQuotes  = 1_000
	quoteLength = 120
)

func (q *quotes) keep(id, text string) {
	if r := []rune(text); len(r) > quoteLength {
		text = string(r[:quoteLength]) + "…"
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.texts == nil {
		q.texts = map[string]string{}
	}
	if _, known := q.texts[id]; !known {
		q.order = append(q.order, id)
	}
	q.texts[id] = text
	if len(q.order) > keptQuotes {
		delete(q.texts, q.order[0])
		q.order = q.order[1:]
	}
}

func (q *quotes) get(id string) string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.texts[id]
}
