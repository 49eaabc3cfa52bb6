package web

import (
	"bytes"
	"errors"
	"html/template"

	"github.com/gofiber/fiber/v2"
)

// otpView is the data of the set-up page: a button, or the secret, or the reason why there is none.
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
	return s.otpAnswer(c, fiber.StatusOK, otpView{})
}

func (s *Server) otpShow(c *fiber.Ctx) error {
	otp, err := s.cfg.OTPSetup(c.UserContext(), c.Params("token"))
	switch {
	case errors.Is(err, ErrOTPGone):
		return s.otpAnswer(c, fiber.StatusGone, otpView{Gone: true})
	case err != nil:
		s.cfg.Log.Error("one-time code set-up failed", "error", err)
		return s.otpAnswer(c, failure(c, err), otpView{Failed: true})
	}
	return s.otpAnswer(c, fiber.StatusOK, otpView{Name: otp.Name, Secret: grouped(otp.Secret), QR: inside(otp.QR)})
}

func (s *Server) otpAnswer(c *fiber.Ctx, status int, v otpView) error {
	return s.show(c, status, "otp.html", picturePolicy, v)
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
