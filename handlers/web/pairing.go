package web

import (
	"bytes"
	"context"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"

	"github.com/gofiber/fiber/v2"
)

//go:embed pairing.html
var pairingPage embed.FS

// Pairing lets an admin link the office's own phone. The link that he got in chat
// works once; what follows is bound to his browser by a cookie.
type Pairing struct {
	// Begin spends the token of a link, begins to link, and gives a key for all that
	// follows. It returns [ErrPairingGone] for a token that is unknown, spent or too
	// old.
	Begin func(ctx context.Context, token string) (key string, err error)
	// Show gives how far it has come, or [ErrPairingGone].
	Show func(ctx context.Context, key string) (PairingStep, error)
	// Again begins anew after a failure. [ErrPairingGone].
	Again func(ctx context.Context, key string) error
	// Secure says that browsers reach the page by https.
	Secure bool
}

// ErrPairingGone says that a link, or what followed from it, cannot be used (any
// more).
var ErrPairingGone = errors.New("pairing link is spent")

// PairingStep is how far the linking of a phone has come; the zero value: it has
// just begun.
type PairingStep struct {
	QR   []byte // PNG of the code to scan now
	Done bool
	// Failed says why it has ended without success: "timeout", "unreachable" or
	// "refused".
	Failed string
}

// pairingCookie holds the key. Scripts, other pages and other paths do not get it.
const pairingCookie = "izinbot_pairing"

// pairingView is what the page shows.
type pairingView struct {
	Ask  bool // only the button: chat networks fetch links to preview them
	Gone bool
	PairingStep
	Picture template.URL
	Refresh int // seconds until the page is fetched again; 0: not by itself
}

func (s *Server) pairingRoutes() {
	s.app.Get("/wa/:token", func(c *fiber.Ctx) error {
		return pairingAnswer(c, fiber.StatusOK, pairingView{Ask: true})
	})
	s.app.Post("/wa/:token", s.pairingBegin)
	s.app.Get("/wa", s.pairingShow)
	s.app.Post("/wa", s.pairingAgain)
}

func (s *Server) pairingBegin(c *fiber.Ctx) error {
	key, err := s.cfg.Pairing.Begin(c.UserContext(), c.Params("token"))
	if err != nil {
		return s.pairingRefuse(c, err)
	}
	c.Cookie(&fiber.Cookie{
		Name: pairingCookie, Value: key, Path: "/wa", SessionOnly: true,
		HTTPOnly: true, SameSite: fiber.CookieSameSiteStrictMode, Secure: s.cfg.Pairing.Secure,
	})
	return c.Redirect("/wa", fiber.StatusSeeOther)
}

func (s *Server) pairingAgain(c *fiber.Ctx) error {
	if err := s.cfg.Pairing.Again(c.UserContext(), c.Cookies(pairingCookie)); err != nil {
		return s.pairingRefuse(c, err)
	}
	return c.Redirect("/wa", fiber.StatusSeeOther)
}

func (s *Server) pairingShow(c *fiber.Ctx) error {
	step, err := s.cfg.Pairing.Show(c.UserContext(), c.Cookies(pairingCookie))
	if err != nil {
		return s.pairingRefuse(c, err)
	}
	v := pairingView{PairingStep: step}
	if len(step.QR) > 0 {
		v.Picture = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(step.QR)) //nolint:gosec // base64 of our own picture: no markup can be in it
	}
	if !step.Done && step.Failed == "" {
		v.Refresh = 2 // a code holds for 20 seconds or more
	}
	return pairingAnswer(c, fiber.StatusOK, v)
}

func (s *Server) pairingRefuse(c *fiber.Ctx, err error) error {
	if errors.Is(err, ErrPairingGone) {
		return pairingAnswer(c, fiber.StatusGone, pairingView{Gone: true})
	}
	s.cfg.Log.Error("pairing page failed", "error", err)
	return pairingAnswer(c, failure(c, err), pairingView{PairingStep: PairingStep{Failed: "internal"}})
}

func pairingAnswer(c *fiber.Ctx, status int, v pairingView) error {
	t, err := template.ParseFS(pairingPage, "pairing.html")
	if err != nil {
		return fmt.Errorf("parse pairing page: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, v); err != nil {
		return fmt.Errorf("show pairing page: %w", err)
	}
	private(c)
	return c.Status(status).Send(out.Bytes())
}

// private marks a page that shows a secret, as a picture inside it: nobody keeps it,
// lists it, or lets it load or send anything.
func private(c *fiber.Ctx) {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentSecurityPolicy, picturePolicy)
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
}
