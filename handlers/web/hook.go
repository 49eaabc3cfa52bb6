package web

import (
	"context"
	"errors"
	"io"

	"github.com/gofiber/fiber/v2"
)

// Hook is a path at which a chat network delivers what persons said.
type Hook struct {
	Path   string
	Header string // the request header that proves who sends
	Limit  int    // size of the largest body, in bytes
	// Receive takes the header's value and the body, which it may keep, and gives
	// the status to answer with: 2xx only for what is safely stored.
	Receive func(ctx context.Context, proof string, body []byte) (status int)
}

// serve hands a delivery over. A body that is too large is cut off one byte beyond
// the limit, for Receive to refuse after it has looked at the proof.
func (h Hook) serve(c *fiber.Ctx) error {
	content, err := io.ReadAll(io.LimitReader(body(c), int64(h.Limit)+1))
	if err != nil {
		return errors.Join(fiber.ErrBadRequest, err)
	}
	status := h.Receive(c.UserContext(), c.Get(h.Header), content)
	if len(content) > h.Limit {
		c.Context().SetConnectionClose() // the rest was not read
	}
	return c.SendStatus(status)
}
