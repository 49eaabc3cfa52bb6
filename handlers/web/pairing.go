package web

import (
	"context"
	"errors"
	"html/template"

	"github.com/gofiber/fiber/v2"
)

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

// PairingStep is the progress of linking a phone; the zero value: it has
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

// pairingView is the data of the linking page's template.
type pairingView struct {
	Ask  bool // only the button: chat networks fetch links to preview them
	Gone bool
	PairingStep
	Picture template.URL
	Refresh int // seconds until the page is fetched again; 0: not by itself
}

func (s *Server) pairingRoutes() {
	s.app.Get("/wa/:token", func(c *fiber.Ctx) error {
		return s.pairingAnswer(c, fiber.StatusOK, pairingView{Ask: true})
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
	v := pairingView{PairingStep: step, Picture: inside(step.QR)}
	if !step.Done && step.Failed == "" {
		v.Refresh = 2 // a code holds for 20 seconds or more
	}
	return s.pairingAnswer(c, fiber.StatusOK, v)
}

func (s *Server) pairingRefuse(c *fiber.Ctx, err error) error {
	if errors.Is(err, ErrPairingGone) {
		return s.pairingAnswer(c, fiber.StatusGone, pairingView{Gone: true})
	}
	s.cfg.Log.Error("pairing page failed", "error", err)
	return s.pairingAnswer(c, failure(c, err), pairingView{PairingStep: PairingStep{Failed: "internal"}})
}

func (s *Server) pairingAnswer(c *fiber.Ctx, status int, v pairingView) error {
	return s.show(c, status, "pairing.html", picturePolicy, v)
}
