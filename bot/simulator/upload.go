package simulator

import (
	"context"
	"errors"
	"fmt"
	"io"

	"izinbot/bot"
	"izinbot/bot/internal/capped"
)

// Upload is a file on its way from the person's device.
type Upload struct {
	Name    string
	Photo   bool // sent as a picture rather than as a document
	Content io.Reader
}

// Keep stores the content, reading no more than is allowed, and gives the file as
// a message carries it. A file over [bot.MaxFileSize] is not stored; that is no
// error but the file's problem, with a size of one byte more than allowed.
func (n *Network) Keep(ctx context.Context, u Upload) (bot.InboundFile, error) {
	f := bot.InboundFile{Name: u.Name, Photo: u.Photo}
	content := capped.New(u.Content, bot.MaxFileSize)
	key, size, err := n.cfg.Files.Put(ctx, content)
	switch {
	case errors.Is(content.Err(), capped.ErrOver):
		f.Size, f.Problem = bot.MaxFileSize+1, bot.FileTooLarge
	case err != nil:
		return bot.InboundFile{}, fmt.Errorf("keep file: %w", err)
	default:
		f.Key, f.Size = key, size
	}
	return f, nil
}
