package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"image"
	"io"
	"log/slog"
	"slices"
	"time"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/inspect"
	"izinbot/workflow/parse"
	"izinbot/workflow/picture"
	"izinbot/workflow/store"
)

// App runs conversations. It is safe for use by several goroutines as long as each
// chat's messages come one after the other.
type App struct {
	*session.Env

	Commits *casework.Committer
	// Spoke is told in which language a chat is spoken to; nil: nobody is.
	Spoke func(chat bot.Address, lang workflow.Lang)
}

// New gives an App over services that commits what conversations change.
func New(e session.Env, commits *casework.Committer) *App {
	if e.Random == nil {
		e.Random = rand.Reader
	}
	if e.Inspect == nil {
		e.Inspect = inspect.Inspect
	}
	if e.Copy == nil {
		e.Copy = func(_ context.Context, r io.Reader) (*image.RGBA, error) {
			src, err := io.ReadAll(r)
			return picture.Shrink(src, picture.CopySide), err
		}
	}
	if e.Link == nil {
		e.Link = func(string) string { return "" }
	}
	e.Points = parse.NewPoints(e.Desk.Office.Area.Lat, e.Desk.Office.Area.Lon)
	e.Guesses = &session.Guesses{}
	e.Quotas = e.Quotas.WithDefaults()
	e.Commands, e.Dialogues, e.Work, e.NotUnderstood = commandTable(), dialogueTable(), work, notUnderstood
	return &App{Env: &e, Commits: commits}
}

var _ bot.Handler = (*App)(nil)

// Handle does what a message asks for and commits all effects at once. It is
// called in order within a chat.
func (a *App) Handle(ctx context.Context, r bot.Received) error {
	// It is taken before anything is read, so that what was read under an older one is
	// never written.
	term, active := a.Commits.Active()
	if !active {
		return bot.ErrNotActive
	}
	now := a.Now()
	r = a.apart(r)
	err := casework.Retry(a.Desk.Begin(r.ID, now), func(w *casework.Work) error { return a.handleOnce(ctx, r, w, term, now) })
	return session.ForPort(err)
}

func (a *App) handleOnce(ctx context.Context, r bot.Received, work *casework.Work, term int64, now time.Time) error {
	ctx, end := store.Begin(ctx)
	defer end()
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil {
		return fmt.Errorf("load conversation: %w", err)
	}
	if conv.Handled >= r.Seq {
		return nil
	}
	s := &session.Session{Env: a.Env, In: r, Now: now, Work: work, Term: term}
	if err := session.Run(ctx, s, conv); err != nil {
		return err
	}
	return a.commit(ctx, s, conv)
}

// Fail answers a message that cannot be handled, so that the chat can go on. It is
// the dispatcher's last resort.
func (a *App) Fail(ctx context.Context, r bot.Received, cause error) error {
	if errors.Is(cause, bot.ErrUnfetched) {
		a.Log.WarnContext(ctx, "message is handled without its files", slog.Int64("seq", r.Seq), slog.Any("reason", cause))
		return a.Handle(ctx, withoutFiles(r))
	}
	a.Log.ErrorContext(ctx, "message given up", slog.Int64("seq", r.Seq), slog.Any("reason", cause))
	term, active := a.Commits.Active()
	if !active {
		return bot.ErrNotActive
	}
	now := a.Now()
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil || conv.Handled >= r.Seq {
		return err
	}
	s := &session.Session{Env: a.Env, In: a.apart(r), Now: now, Work: a.Desk.Begin(r.ID, now), Term: term}
	if err := session.GiveUp(ctx, s, conv, cause); err != nil {
		return err
	}
	return a.commit(ctx, s, conv)
}

func (a *App) commit(ctx context.Context, s *session.Session, conv bot.Conversation) error {
	unit, err := session.Unit(s, &conv)
	if err != nil {
		return err
	}
	unit.Masked = masked(s)
	if err := a.Commits.Commit(ctx, s.Now, unit); err != nil {
		return err
	}
	a.retract(ctx, s.In.Files, unit)
	if a.Spoke != nil {
		a.Spoke(s.In.Chat, s.Lang())
	}
	return nil
}

// withoutFiles gives a message whose files could not be had: they are asked for again.
func withoutFiles(r bot.Received) bot.Received {
	r.Files = slices.Clone(r.Files)
	for i, f := range r.Files {
		if f.Key == "" && f.Problem == "" {
			r.Files[i].Problem = bot.FileUnkept
		}
	}
	return r
}
