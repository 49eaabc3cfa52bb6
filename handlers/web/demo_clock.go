package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// clockView is the simulated time and what hangs on it.
type clockView struct {
	Now     time.Time           `json:"now"`
	Work    string              `json:"work"`    // whether the office works
	CanMove bool                `json:"canMove"` // the time can be moved forward
	Codes   map[string]codeView `json:"codes"`   // one-time codes by phone
}

// codeView is a one-time code on a phone.
type codeView struct {
	Value  string `json:"value"`
	LeftMS int64  `json:"leftMs"` // milliseconds until the next
}

func (s *Server) clockAt(now time.Time) clockView {
	d := s.cfg.Demo
	v := clockView{Now: now, CanMove: d.Advance != nil, Codes: map[string]codeView{}}
	if d.Work != nil {
		v.Work = d.Work(now)
	}
	for _, id := range d.Network.IDs() {
		if code, ok := d.Network.Code(id); ok {
			v.Codes[id] = codeView{code.Value, code.Left.Milliseconds()}
		}
	}
	return v
}

func (s *Server) clock(c *fiber.Ctx) error {
	return c.JSON(s.clockAt(s.cfg.Demo.Clock()))
}

func (s *Server) advance(c *fiber.Ctx) error {
	var in struct {
		Step string `json:"step"`
	}
	if err := readJSON(c, &in); err != nil {
		return err
	}
	if s.cfg.Demo.Advance == nil {
		return refusal(fiber.StatusNotFound, "fixed_clock", "Waktu tidak dapat dimajukan.")
	}
	switch in.Step {
	case StepTenMinutes, StepHour, StepWorkday:
	default:
		return refusal(fiber.StatusBadRequest, "bad_step", "Langkah waktu itu tidak ada.")
	}
	now, err := s.cfg.Demo.Advance(c.UserContext(), in.Step)
	if err != nil {
		return err
	}
	return c.JSON(s.clockAt(now))
}
