// Package books sends the office's registers to those who keep them, as files.
package books

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow/registers"
	"izinbot/workflow/registers/sheets"
)

// Show is the command buku: which books there are, of which months, or one book of a period.
func Show(ctx context.Context, s *session.Session, arg string) error {
	source := registers.Source{Store: s.Env.Store, Procedures: s.Env.Desk.Library, Office: s.Env.Desk.Office}
	list, err := source.Books(ctx)
	if err != nil {
		return err
	}
	book, rest, ok := named(list, arg)
	if !ok {
		return offer(s, list, arg)
	}
	period, ok := periodOf(rest, s.Now)
	if !ok {
		return offerPeriods(s, book, rest)
	}
	return send(ctx, s, source, book, period)
}

// named finds the book with which a text begins, and gives the rest.
func named(list []registers.Book, text string) (b registers.Book, rest string, ok bool) {
	words := strings.Fields(text)
	for n := len(words); n > 0; n-- {
		if b, ok := registers.Find(list, strings.Join(words[:n], " ")); ok {
			return b, strings.Join(words[n:], " "), true
		}
	}
	return b, text, false
}

func offer(s *session.Session, list []registers.Book, arg string) error {
	items := make([]session.Choice, len(list))
	for i, b := range list {
		items[i] = session.Choice{ID: "/buku " + string(b.Kind), Label: b.Short()}
	}
	key := "book.which"
	if strings.TrimSpace(arg) != "" {
		key = "book.unknown"
	}
	s.Ask(s.Text(key), items...)
	return nil
}

func offerPeriods(s *session.Session, b registers.Book, arg string) error {
	var items []session.Choice
	for _, p := range recent(s.Now) {
		items = append(items, session.Choice{ID: "/buku " + string(b.Kind) + " " + p.code, Label: p.String()})
	}
	key := "book.period"
	if arg != "" {
		key = "book.period_unclear"
	}
	s.Ask(s.Text(key, "book", b.Title), items...)
	return nil
}

// send answers with the book as PDF and as XLSX.
func send(ctx context.Context, s *session.Session, source registers.Source, b registers.Book, p registers.Period) error {
	keeper, superior := registers.Signers(s.Env.Desk.Library.Current())
	d := sheets.Document{Book: b, Period: p, Office: source.Office, Keeper: keeper, Superior: superior}
	var files []bot.Attachment
	var tally sheets.Tally
	for _, form := range []struct {
		ending, media string
		write         func(io.Writer, sheets.Document) (sheets.Tally, error)
	}{
		{".pdf", "application/pdf", sheets.PDF},
		{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets.XLSX},
	} {
		var out bytes.Buffer
		d.Rows = source.Rows(ctx, b, p)
		t, err := form.write(&out, d)
		if errors.Is(err, sheets.ErrTooLong) {
			continue // the workbook is sent alone
		}
		if err != nil {
			return fmt.Errorf("write book: %w", err)
		}
		key, size, err := s.Env.Files.Put(ctx, &out)
		if err != nil {
			return fmt.Errorf("keep book: %w", err)
		}
		tally = t
		files = append(files, bot.Attachment{Key: key, Name: p.FileName(b) + form.ending, Type: form.media, Size: size})
	}
	text := s.Text("book.sent", "book", b.Title, "period", p.String(), "n", tally.Rows, "void", tally.Void)
	s.AskFor(bot.Message{Text: text, Files: files}, s.Choice("/buku "+string(b.Kind), "book.other_period"), s.Choice("/buku", "book.other"))
	return nil
}
