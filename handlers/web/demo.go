package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"

	"izinbot/bot"
	"izinbot/bot/simulator"
)

const (
	// jsonLimit bounds a JSON request, in bytes: far more than any text that a
	// person types, so that it is the bot which says that a text is too long.
	jsonLimit = 64 << 10
	// shown is the number of messages of each phone a page gets at first.
	shown = 300
	// pollTime is the time for which a request waits for events; shorter than what proxies
	// and browsers give up after.
	pollTime = 25 * time.Second
)

func (s *Server) demoRoutes(r fiber.Router) {
	r.Use(func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.Next()
	})
	r.Get("/state", s.state)
	r.Get("/events", s.events)
	r.Post("/phones/:id/messages", s.say)
	r.Post("/phones/:id/read", s.read)
	r.Post("/resend", s.resend)
	r.Get("/files/:key", s.file)
	r.Get("/samples", s.samples)
	r.Get("/clock", s.clock)
	r.Post("/clock", s.advance)
}

// stateView is the JSON with which an opened page begins.
type stateView struct {
	simulator.State
	Clock  clockView        `json:"clock"`
	Places []LocationPreset `json:"places"`
}

func (s *Server) state(c *fiber.Ctx) error {
	d := s.cfg.Demo
	return c.JSON(stateView{d.Network.State(shown), s.clockAt(d.Clock()), d.Places})
}

func (s *Server) events(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), pollTime)
	defer cancel()
	events, err := s.cfg.Demo.Network.Events(ctx, int64(c.QueryInt("after")))
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if events == nil {
		events = []simulator.Event{}
	}
	return c.JSON(fiber.Map{"events": events})
}

// sayBody is a message as the page sends it, without files.
type sayBody struct {
	Text     string        `json:"text"`
	Choice   string        `json:"choice"`
	Of       int64         `json:"of"`
	Location *bot.Location `json:"location"`
	Samples  []int         `json:"samples"` // indexes into [Demo.Samples]
}

func (s *Server) say(c *fiber.Ctx) error {
	var what simulator.Say
	var err error
	if boundary := multipartBoundary(c); boundary != "" {
		what, err = s.uploaded(c, boundary)
	} else {
		what, err = s.spoken(c)
	}
	if err != nil {
		return err
	}
	n, err := s.cfg.Demo.Network.Say(c.UserContext(), c.Params("id"), what)
	if err != nil && n != 0 {
		s.cfg.Log.Error("message not taken", "error", err)
		return refusal(fiber.StatusServiceUnavailable, "unsent", "Pesan belum terkirim; dicoba lagi bersama pesan berikutnya.")
	}
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"n": n})
}

func (s *Server) spoken(c *fiber.Ctx) (simulator.Say, error) {
	var in sayBody
	if err := readJSON(c, &in); err != nil {
		return simulator.Say{}, err
	}
	if l := in.Location; l != nil && (l.Lat < -90 || l.Lat > 90 || l.Lon < -180 || l.Lon > 180) {
		return simulator.Say{}, refusal(fiber.StatusBadRequest, "location", "Lintang antara -90 dan 90, bujur antara -180 dan 180.")
	}
	files, err := s.sampleFiles(c.UserContext(), in.Samples)
	return simulator.Say{Text: in.Text, Choice: in.Choice, Of: in.Of, Location: in.Location, Files: files}, err
}

func (s *Server) read(c *fiber.Ctx) error {
	var in struct {
		UpTo int64 `json:"upTo"`
	}
	if err := readJSON(c, &in); err != nil {
		return err
	}
	if err := s.cfg.Demo.Network.Read(c.Params("id"), in.UpTo); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

func (s *Server) resend(c *fiber.Ctx) error {
	if err := s.cfg.Demo.Network.Resend(c.UserContext()); err != nil {
		s.cfg.Log.Error("messages not taken", "error", err)
		return refusal(fiber.StatusServiceUnavailable, "unsent", "Pesan belum terkirim. Coba lagi sebentar.")
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// readJSON reads a small JSON body; unlike a form, no foreign page can make a
// browser send one unasked.
func readJSON(c *fiber.Ctx, into any) error {
	if !c.Is("json") {
		return refusal(fiber.StatusUnsupportedMediaType, "not_json", "Permintaan harus berupa JSON.")
	}
	b, err := io.ReadAll(io.LimitReader(body(c), jsonLimit+1))
	if err != nil || len(b) > jsonLimit {
		return refusal(fiber.StatusRequestEntityTooLarge, "too_long", "Pesan terlalu panjang.")
	}
	if err := json.Unmarshal(b, into); err != nil {
		return refusal(fiber.StatusBadRequest, "bad_json", "Permintaan tidak dapat dibaca.")
	}
	return nil
}
