package web

import (
	"bytes"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"

	"github.com/gofiber/fiber/v2"
)

//go:embed otp.html
var otpPage embed.FS

// picturePolicy is the page policy with a QR code, which is inside the page so that
// it has no address of its own.
const picturePolicy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// otpView is what the set-up page shows: a button, or the secret, or why not.
type otpView struct {
	Name   string
	QR     template.URL
	Secret string
	Gone   bool
	Failed bool
}

// otpAsk shows only a button: chat networks fetch links to preview them, and that
// must not spend the token.
func (s *Server) otpAsk(c *fiber.Ctx) error {
	return otpAnswer(c, fiber.StatusOK, otpView{})
}

func (s *Server) otpShow(c *fiber.Ctx) error {
	otp, err := s.cfg.OTPSetup(c.UserContext(), c.Params("token"))
	switch {
	case errors.Is(err, ErrOTPGone):
		return otpAnswer(c, fiber.StatusGone, otpView{Gone: true})
	case err != nil:
		s.cfg.Log.Error("one-time code set-up failed", "error", err)
		return otpAnswer(c, failure(c, err), otpView{Failed: true})
	}
	png := "data:image/png;base64," + base64.StdEncoding.EncodeToString(otp.QR)
	return otpAnswer(c, fiber.StatusOK, otpView{
		Name: otp.Name, Secret: grouped(otp.Secret),
		QR: template.URL(png), //nolint:gosec // base64 of our own picture: no markup can be in it
	})
}

func otpAnswer(c *fiber.Ctx, status int, v otpView) error {
	t, err := template.ParseFS(otpPage, "otp.html")
	if err != nil {
		return fmt.Errorf("parse set-up page: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, v); err != nil {
		return fmt.Errorf("show set-up page: %w", err)
	}
	private(c)
	return c.Status(status).Send(out.Bytes())
}

// grouped sets a space after every fourth character, so that a person can type it.
func grouped(secret string) string {
	var out bytes.Buffer
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}
