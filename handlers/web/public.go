package web

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"
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
	Status func(ctx context.Context, id, lang string) (Sheet, error)
	Letter func(ctx context.Context, id, letter, lang string) (Sheet, error)
}

// Sheet is a public page in words. What is empty is not shown.
type Sheet struct {
	Found   bool   // false: there is no such thing, or nobody may know of it
	Lang    string // of the words: "id" or "en"
	Other   string // name of the other language
	Office  string
	Title   string
	About   string // what the page is about: a permit, a letter
	Mark    string // how it stands, in a few words
	Tone    string // of the mark: "good", "wait" or "bad"
	Warning string // what must not be overlooked
	Step    string // present step
	Done    int    // steps that are done
	Ahead   int    // steps that are expected to follow, the present one included
	Dots    string // the two numbers in words
	Facts   [][2]string
	Notes   []string
	Search  struct{ Label, Button, Sample string } // to ask for another number
	// Compare lets a person compare his file with the one that was issued.
	Compare struct {
		SHA256                                                         string // hex; empty: not offered
		Title, How, Choose, Busy, Same, Different, Unable, ByHand, Sum string
	}
}

// publicView is the data of the template.
type publicView struct {
	Sheet
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
	sheet, err := s.cfg.Public.Status(c.UserContext(), param(c, "case"), c.Query("lang"))
	return s.publicAnswer(c, sheet, err)
}

func (s *Server) publicLetter(c *fiber.Ctx) error {
	sheet, err := s.cfg.Public.Letter(c.UserContext(), param(c, "case"), param(c, "letter"), c.Query("lang"))
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

func (s *Server) publicAnswer(c *fiber.Ctx, sheet Sheet, err error) error {
	v, status := publicView{Sheet: sheet, OtherLang: "en"}, fiber.StatusOK
	switch {
	case err != nil:
		s.cfg.Log.Error("public page failed", "route", c.Route().Path, "error", err)
		v, status = publicView{Sheet: Sheet{Lang: "id"}, Failed: true}, failure(c, err)
	case !sheet.Found:
		status = fiber.StatusNotFound
	}
	if sheet.Lang == "en" {
		v.OtherLang = "id"
	}
	v.Todo = max(0, sheet.Ahead-1)
	return s.show(c, status, "public.html", publicPolicy, v)
}
