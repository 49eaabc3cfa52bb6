package web

import (
	"context"
	"errors"
	"io/fs"

	"github.com/gofiber/fiber/v2"

	"izinbot/bot/simulator"
	"izinbot/workflow"
)

// apiError is a refusal with its status, code and sentence.
type apiError struct {
	status int
	Code   string `json:"code"`
	Text   string `json:"text"`
}

func (e *apiError) Error() string { return e.Code }

func refusal(status int, code, text string) error {
	return &apiError{status: status, Code: code, Text: text}
}

// refuse answers a request that failed. It is the only place that maps errors to
// what a browser sees.
func (s *Server) refuse(c *fiber.Ctx, err error) error {
	// What is left of a refused upload must not be taken for the next request.
	c.Context().SetConnectionClose()
	c.Set(fiber.HeaderCacheControl, "no-store")
	e := s.known(err)
	if e.status == fiber.StatusInternalServerError {
		s.cfg.Log.Error("request failed", "method", c.Method(), "route", c.Route().Path, "error", err)
	}
	return c.Status(e.status).JSON(e)
}

func (s *Server) known(err error) *apiError {
	var api *apiError
	var fromFiber *fiber.Error
	switch {
	case errors.As(err, &api):
		return api
	case errors.As(err, &fromFiber):
		return &apiError{fromFiber.Code, "http", "Permintaan tidak dapat dilayani."}
	case workflow.CodeOf(err) == workflow.CodeUnavailable:
		return &apiError{fiber.StatusServiceUnavailable, "away", "Sistem sedang gangguan. Silakan coba lagi beberapa menit lagi."}
	case errors.Is(err, simulator.ErrNoPhone):
		return &apiError{fiber.StatusNotFound, "no_phone", "Telepon itu tidak ada."}
	case errors.Is(err, simulator.ErrNothing):
		return &apiError{fiber.StatusBadRequest, "nothing", "Belum ada yang dikirim."}
	case errors.Is(err, simulator.ErrFull):
		return &apiError{fiber.StatusServiceUnavailable, "full", "Terlalu banyak pesan yang belum terkirim. Coba lagi sebentar."}
	case errors.Is(err, simulator.ErrGap):
		return &apiError{fiber.StatusGone, "gap", "Muat ulang keadaan telepon."}
	case errors.Is(err, fs.ErrNotExist):
		return &apiError{fiber.StatusNotFound, "no_file", "Berkas itu tidak ada."}
	case errors.Is(err, simulator.ErrClosed), errors.Is(err, context.Canceled):
		return &apiError{fiber.StatusServiceUnavailable, "stopping", "Program sedang berhenti."}
	default:
		return &apiError{fiber.StatusInternalServerError, "internal", "Ada gangguan. Silakan coba lagi."}
	}
}

// failure gives the status of a page that could not be made, and when to come back.
func failure(c *fiber.Ctx, err error) int {
	if workflow.CodeOf(err) != workflow.CodeUnavailable {
		return fiber.StatusInternalServerError
	}
	c.Set(fiber.HeaderRetryAfter, "60")
	return fiber.StatusServiceUnavailable
}
