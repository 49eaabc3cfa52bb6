package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"izinbot/bot"
	"izinbot/bot/internal/capped"
)

// attached gives a document as it stands in an update. One that is too large is
// known by its size, before anything is fetched.
func attached(d *models.Document) bot.InboundFile {
	return sized(bot.InboundFile{Ref: d.FileID, Name: bot.FileName(d.FileName), Size: d.FileSize})
}

// photo gives the largest of the sizes in which Telegram offers a picture.
func photo(m *models.Message) bot.InboundFile {
	best := m.Photo[0]
	for _, p := range m.Photo[1:] {
		if p.Width*p.Height > best.Width*best.Height {
			best = p
		}
	}
	name := "foto-" + strconv.Itoa(m.ID) + ".jpg"
	return sized(bot.InboundFile{Ref: best.FileID, Name: name, Size: int64(best.FileSize), Photo: true})
}

func sized(f bot.InboundFile) bot.InboundFile {
	if f.Size > bot.MaxFileSize {
		f.Problem = bot.FileTooLarge
	}
	return f
}

// Fetch implements [bot.Fetcher]: it streams a file into the file store. The URL
// holds the token and is told to nobody.
func (c *Channel) Fetch(ctx context.Context, f bot.InboundFile) (bot.InboundFile, error) {
	one, cancel := context.WithTimeout(ctx, callTime)
	var info models.File
	err := c.call(one, "getFile", &tg.GetFileParams{FileID: f.Ref}, &info)
	cancel()
	if err != nil {
		return refused(f, c.explain("getFile", err))
	}
	switch {
	case info.FileSize > bot.MaxFileSize:
		f.Size, f.Problem = info.FileSize, bot.FileTooLarge
		return f, nil
	case info.FilePath == "": // Telegram knows it, but does not give it
		f.Problem = bot.FileGone
		return f, nil
	}
	content, err := c.download(ctx, info.FilePath)
	if err != nil {
		return refused(f, err)
	}
	got, err := c.keep(ctx, f, content)
	if closing := content.Close(); err == nil && closing != nil {
		err = c.explain("download", closing)
	}
	return got, err
}

// refused tells a file that is gone for good from one that may be had later.
func refused(f bot.InboundFile, err error) (bot.InboundFile, error) {
	e, ok := errors.AsType[*apiError](err)
	switch {
	case ok && e.code == 400 && strings.Contains(strings.ToLower(e.text), "too big"):
		f.Problem = bot.FileTooLarge
		return f, nil
	case ok && (e.code == 400 || e.code == 404 || e.code == 410) && !strings.Contains(strings.ToLower(e.text), "temporarily"):
		f.Problem = bot.FileGone
		return f, nil
	}
	return f, err
}

func (c *Channel) download(ctx context.Context, path string) (io.ReadCloser, error) {
	where := url.URL{Path: "/file/bot" + c.cfg.Token + "/" + strings.TrimPrefix(path, "/")}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.cfg.APIURL+where.EscapedPath(), nil)
	if err != nil {
		return nil, c.explain("download", err)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, c.explain("download", broken(err, false))
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.Join(&apiError{method: "download", code: resp.StatusCode, text: http.StatusText(resp.StatusCode)},
			c.explain("download", resp.Body.Close()))
	}
	return resp.Body, nil
}

// keep puts a content into the file store, but no more of it than is allowed.
func (c *Channel) keep(ctx context.Context, f bot.InboundFile, content io.Reader) (bot.InboundFile, error) {
	limited := capped.New(content, bot.MaxFileSize)
	key, size, err := c.cfg.Files.Put(ctx, limited)
	switch broken := limited.Err(); {
	case errors.Is(broken, capped.ErrOver):
		f.Size, f.Problem = bot.MaxFileSize+1, bot.FileTooLarge
		return f, nil
	case broken != nil: // the error of a connection may hold the URL
		return f, c.explain("download", broken)
	case err != nil:
		return f, fmt.Errorf("telegram: %w: %w", bot.ErrUnkept, err)
	}
	f.Key, f.Size, f.Ref = key, size, ""
	return f, nil
}

// typingTime bounds the call that shows that an answer is being prepared.
const typingTime = 5 * time.Second

// Typing implements [bot.Typist].
func (c *Channel) Typing(ctx context.Context, to bot.Address) error {
	chat, err := chatOf(to)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, typingTime)
	defer cancel()
	const method = "sendChatAction"
	return c.explain(method, c.call(ctx, method, &tg.SendChatActionParams{ChatID: chat, Action: models.ChatActionTyping}, nil))
}
