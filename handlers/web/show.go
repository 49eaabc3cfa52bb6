package web

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"github.com/gofiber/fiber/v2"
)

// written are the pages that are written for one request.
//
//go:embed otp.html pairing.html public.html
var written embed.FS

// picturePolicy is the page policy with a QR code, which is inside the page so that
// it has no address of its own.
const picturePolicy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func parseWritten() (*template.Template, error) {
	t, err := template.ParseFS(written, "*.html")
	if err != nil {
		return nil, fmt.Errorf("parse pages: %w", err)
	}
	return t, nil
}

// show answers with a page that is for this person now: nobody keeps it, lists it,
// or lets it load or send more than its policy says.
func (s *Server) show(c *fiber.Ctx, status int, name, policy string, v any) error {
	var out bytes.Buffer
	if err := s.written.ExecuteTemplate(&out, name, v); err != nil {
		return fmt.Errorf("show %s: %w", name, err)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Status(status).Send(out.Bytes())
}

// inside gives a picture as an address that holds it; none as "".
func inside(png []byte) template.URL {
	if len(png) == 0 {
		return ""
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)) //nolint:gosec // base64 of our own picture: no markup can be in it
}
