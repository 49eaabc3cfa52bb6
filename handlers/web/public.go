package web

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"izinbot/handlers/public"
	"izinbot/workflow"
)

// publicPolicy lets the browser send nothing but the number that somebody looks
// for: what a person drops on the page cannot leave his device.
const publicPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Public words the pages that the codes on letters lead to. lang is the language that the
// address asks for; it may be anything. A sheet that is not Found is shown too, with
// status 404, so that a proxy can count who tries numbers. Every call reads one
// case and changes nothing.
type Public struct {
	Status func(ctx context.Context, id string, lang workflow.Lang) (public.Sheet, error)
	Letter func(ctx context.Context, id, letter string, lang workflow.Lang) (public.Sheet, error)
}

// publicView is the data of the template.
type publicView struct {
	public.Sheet
	OtherLang string
	Todo      int // steps after the present one
	Failed    bool
}

// publicStatus shows how far a case is. The form of the page that found nothing
// asks with a query; that leads to the case's own address.
func (s *Server) publicStatus(c *fiber.Ctx) error {
	if typed := c.Query("no"); typed != "" {
		to := "/s/" + url.PathEscape(typed)
		if lang := c.Query("lang"); lang != "" {
			to += "?lang=" + url.QueryEscape(lang)
		}
		return c.Redirect(to, fiber.StatusSeeOther)
	}
	sheet, err := s.cfg.Public.Status(c.UserContext(), param(c, "case"), workflow.Lang(c.Query("lang")))
	return s.publicAnswer(c, sheet, err)
}

func (s *Server) publicLetter(c *fiber.Ctx) error {
	sheet, err := s.cfg.Public.Letter(c.UserContext(), param(c, "case"), param(c, "letter"), workflow.Lang(c.Query("lang")))
	return s.publicAnswer(c, sheet, err)
}

// param gives a part of the path as it was meant. What is wrongly escaped means
// nothing.
func param(c *fiber.Ctx, name string) string {
	plain, err := url.PathUnescape(c.Params(name))
	if err != nil {
		return ""
	}
	return plain
}

func (s *Server) publicAnswer(c *fiber.Ctx, sheet public.Sheet, err error) error {
	v, status := publicView{Sheet: sheet, OtherLang: "en"}, fiber.StatusOK
	switch {
	case err != nil:
		s.cfg.Log.Error("public page failed", "route", c.Route().Path, "error", err)
		v, status = publicView{Sheet: public.Sheet{Lang: "id"}, Failed: true}, failure(c, err)
	case !sheet.Found:
		status = fiber.StatusNotFound
	}
	if sheet.Lang == "en" {
		v.OtherLang = "id"
	}
	v.Todo = max(0, sheet.Ahead-1)
	return s.show(c, status, "public.html", publicPolicy, v)
}
