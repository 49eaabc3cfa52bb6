//go:build !nowhatsapp

package whatsapp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waMmsRetry"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"izinbot/bot"
	"izinbot/bot/internal/capped"
)

// mediaLimit is the most that is read of an answer: a file, its padding and its
// authentication code. The library would read any file into memory as a whole.
const mediaLimit = bot.MaxFileSize + 1<<10

// ref identifies media for the download, and for asking for them again: [bot.InboundFile.Ref] as JSON.
type ref struct {
	Kind  whatsmeow.MediaType `json:"kind"`
	Path  string              `json:"path"`
	Key   []byte              `json:"key"`
	Hash  []byte              `json:"hash"`   // of the content, SHA-256
	Outer []byte              `json:"sealed"` // of what is encrypted, SHA-256
	Chat  types.JID           `json:"chat"`
	ID    types.MessageID     `json:"id"`
}

func makeRef(info types.MessageInfo, m *waE2E.Message) (string, error) {
	var media whatsmeow.DownloadableMessage = m.GetDocumentMessage()
	if m.GetDocumentMessage() == nil {
		media = m.GetImageMessage()
	}
	data, err := json.Marshal(ref{
		Kind: whatsmeow.GetMediaType(media), Path: media.GetDirectPath(), Key: media.GetMediaKey(),
		Hash: media.GetFileSHA256(), Outer: media.GetFileEncSHA256(), Chat: info.Chat, ID: info.ID,
	})
	return string(data), err
}

// mediaOf describes the file of a message; nil if it has none.
func mediaOf(m *waE2E.Message) *bot.InboundFile {
	var f *bot.InboundFile
	switch {
	case m.GetDocumentMessage() != nil:
		d := m.GetDocumentMessage()
		f = &bot.InboundFile{Name: cmp.Or(bot.FileName(d.GetFileName()), "dokumen"), Size: int64(min(d.GetFileLength(), 1<<40))}
	case m.GetImageMessage() != nil:
		f = &bot.InboundFile{Name: "foto.jpg", Size: int64(min(m.GetImageMessage().GetFileLength(), 1<<40)), Photo: true}
	default:
		return nil
	}
	if f.Size > bot.MaxFileSize {
		f.Problem = bot.FileTooLarge
	}
	return f
}

// Fetch implements [bot.Fetcher]. When the servers no longer have the media, the
// account's phone is asked to upload them again.
func (c *Channel) Fetch(ctx context.Context, f bot.InboundFile) (bot.InboundFile, error) {
	var r ref
	if err := json.Unmarshal([]byte(f.Ref), &r); err != nil {
		return f, fmt.Errorf("read a file's reference: %w", err)
	}
	client := c.current()
	switch {
	case client != nil && client.IsLoggedIn():
	case c.health.state().decided():
		return f, whatsmeow.ErrNotConnected
	default:
		return f, bot.ErrOffline
	}
	data, err := c.download(ctx, client, r)
	if gone(err) {
		if data, err = c.fetchAgain(ctx, client, r); gone(err) {
			f.Ref, f.Problem = "", bot.FileGone
			return f, nil
		}
	}
	switch {
	case errors.Is(err, capped.ErrOver):
		f.Ref, f.Problem = "", bot.FileTooLarge
		return f, nil
	case broken(err):
		f.Ref, f.Problem = "", bot.FileGone
		return f, nil
	case err != nil:
		return f, err
	}
	return c.keep(ctx, f, data)
}

func (c *Channel) keep(ctx context.Context, f bot.InboundFile, data []byte) (bot.InboundFile, error) {
	if f.Size = int64(len(data)); f.Size > bot.MaxFileSize {
		f.Ref, f.Problem = "", bot.FileTooLarge
		return f, nil
	}
	key, size, err := c.cfg.Files.Put(ctx, bytes.NewReader(data))
	if err != nil {
		return f, fmt.Errorf("whatsapp: %w: %w", bot.ErrUnkept, err)
	}
	f.Ref, f.Key, f.Size = "", key, size
	return f, nil
}

func (*Channel) download(ctx context.Context, client *whatsmeow.Client, r ref) ([]byte, error) {
	data, err := client.DownloadMediaWithPath(ctx, r.Path, r.Outer, r.Hash, r.Key, r.Kind, "", false)
	if err != nil {
		return nil, fmt.Errorf("download media: %w", withoutAddress(err))
	}
	return data, nil
}

// withoutAddress takes an address on the network out of an error, which may be logged.
func withoutAddress(err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		return outer.Err
	}
	return err
}

// errGone says that nobody has the media any more.
var errGone = errors.New("the media are gone")

// broken tells that media are not what their message says. They never will be: the
// sender has to send them again.
func broken(err error) bool {
	for _, known := range []error{
		whatsmeow.ErrInvalidMediaHMAC, whatsmeow.ErrInvalidMediaSHA256, whatsmeow.ErrTooShortFile,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// gone tells whether media can no longer be had from where they were.
func gone(err error) bool {
	for _, known := range []error{
		errGone, whatsmeow.ErrMediaDownloadFailedWith403, whatsmeow.ErrMediaDownloadFailedWith404, whatsmeow.ErrMediaDownloadFailedWith410,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// fetchAgain has the account's phone upload media anew, and downloads those.
func (c *Channel) fetchAgain(ctx context.Context, client *whatsmeow.Client, r ref) ([]byte, error) {
	answers, done := c.fetches.await(r.ID)
	defer done()
	info := &types.MessageInfo{ID: r.ID, MessageSource: types.MessageSource{Chat: r.Chat, Sender: r.Chat}}
	if err := client.SendMediaRetryReceipt(ctx, info, r.Key); err != nil {
		return nil, fmt.Errorf("ask for media again: %w", err)
	}
	timer := time.NewTimer(c.cfg.MediaRetry)
	defer timer.Stop()
	select {
	case e := <-answers:
		news, err := whatsmeow.DecryptMediaRetryNotification(e, r.Key)
		if err != nil || news.GetResult() != waMmsRetry.MediaRetryNotification_SUCCESS {
			return nil, errGone
		}
		r.Path = news.GetDirectPath()
		return c.download(ctx, client, r)
	case <-timer.C:
		return nil, fmt.Errorf("%w: the account's phone does not answer", errGone)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// fetches are those who wait for media to be uploaded again.
type fetches struct {
	mu      sync.Mutex
	waiting map[types.MessageID]chan *events.MediaRetry
}

func (f *fetches) await(id types.MessageID) (<-chan *events.MediaRetry, func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.waiting == nil {
		f.waiting = map[types.MessageID]chan *events.MediaRetry{}
	}
	ch := make(chan *events.MediaRetry, 1)
	f.waiting[id] = ch
	return ch, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.waiting[id] == ch {
			delete(f.waiting, id)
		}
	}
}

func (f *fetches) answer(e *events.MediaRetry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ch := f.waiting[e.MessageID]; ch != nil {
		select {
		case ch <- e:
		default:
		}
	}
}
