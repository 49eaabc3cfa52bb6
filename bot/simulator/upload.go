package simulator

import (
	"context"
	"errors"
	"fmt"
	"io"

	"izinbot/bot"
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
func (n *Network) Keep(ctx context.Context, u Upload) (bot.File, error) {
	f := bot.File{Name: u.Name, Photo: u.Photo}
	content := &capped{r: u.Content, left: bot.MaxFileSize}
	key, size, err := n.cfg.Files.Put(ctx, content)
	switch {
	case content.over:
		f.Size, f.Problem = bot.MaxFileSize+1, bot.FileTooLarge
	case err != nil:
		return bot.File{}, fmt.Errorf("keep file: %w", err)
	default:
		f.Key, f.Size = key, size
	}
	return f, nil
}

var errOver = errors.New("content is over the limit")

// capped reads up to left bytes and fails, rather than ends, if there are more, so
// that a store does not take a part for the whole.
type capped struct {
	r    io.Reader
	left int64
	over bool
}

func (c *capped) Read(p []byte) (int, error) {
	if c.over {
		return 0, errOver
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if int64(n) > c.left {
		c.over = true
		return int(c.left), errOver
	}
	c.left -= int64(n)
	return n, err
}
