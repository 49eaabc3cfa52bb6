package web

import (
	"bytes"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// framed refuses requests that a proxy and this server may cut at different places:
// with a body length given in two ways, lines that end without a carriage return, or
// folded headers (RFC 9112, sections 2.2, 5.2 and 6.3). What one of them takes for a
// body would be the next request to the other. What is wrong within one header the
// library refuses by itself. A refusal closes the connection.
func framed(c *fiber.Ctx) error {
	h := &c.Request().Header
	if p := string(h.Protocol()); p != "HTTP/1.1" && p != "HTTP/1.0" || ambiguous(h) {
		return fiber.ErrBadRequest
	}
	return c.Next()
}

// ambiguous looks at the header lines as they came over the network.
func ambiguous(h *fasthttp.RequestHeader) bool {
	var length, encoding bool
	for line := range bytes.Lines(h.RawHeaders()) {
		if !bytes.HasSuffix(line, []byte("\r\n")) || line[0] == ' ' || line[0] == '\t' {
			return true
		}
		name, _, _ := bytes.Cut(line, []byte(":"))
		length = length || bytes.EqualFold(name, []byte(fiber.HeaderContentLength))
		encoding = encoding || bytes.EqualFold(name, []byte(fiber.HeaderTransferEncoding))
	}
	return length && encoding
}
