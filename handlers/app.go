package handlers

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/inspect"
	"izinbot/workflow/store"
)

// Sender takes committed deliveries to the channels.
type Sender interface {
	// Lease gives the lease that deliveries are born with.
	Lease(now time.Time) (owner string, until time.Time)
	Push(deliveries ...bot.Delivery)
	// Done follows every Lease: nothing that was born with it will be pushed any more.
	Done(until time.Time)
}

// App runs conversations. It is safe for use by several goroutines as long as each
// chat's messages come one after the other.
type App struct {
	*session.Env

	Sender Sender
	// Terms are the chats that are served here; nil: all.
	Terms store.Terms
	// Spoke is told in which language a chat is spoken to; nil: nobody is.
	Spoke func(chat bot.Address, lang workflow.Lang)
}

// attempts bounds how often a message is handled anew after a conflict: each conflict
// means that somebody else got a write through.
const attempts = 50

// New gives an App over services and a sender of what it commits.
func New(e session.Env, sender Sender) *App {
	if e.Random == nil {
		e.Random = rand.Reader
	}
	if e.Inspect == nil {
		e.Inspect = inspect.Inspect
	}
	if e.Link == nil {
		e.Link = func(string) string { return "" }
	}
	e.Guesses = &session.Guesses{}
	e.Quotas = e.Quotas.WithDefaults()
	e.Commands, e.Dialogues, e.Work = commandTable(), dialogueTable(), workTable()
	return &App{Env: &e, Sender: sender}
}

var _ bot.Handler = (*App)(nil)

// Handle does what a message asks for and commits all effects at once. It is
// called in order within a chat.
func (a *App) Handle(ctx context.Context, r bot.Received) error {
	fence, err := a.fence(r.Chat)
	if err != nil {
		return err
	}
	now := a.Now()
	work := a.Desk.Begin(r.ID, now)
	for range attempts {
		err := a.handleOnce(ctx, r, work, fence, now)
		if workflow.CodeOf(err) != workflow.CodeConflict {
			return session.ForPort(err)
		}
		work = work.Again()
	}
	return fmt.Errorf("handle: %w", workflow.Refuse(workflow.CodeConflict, "unit of work"))
}

func (a *App) handleOnce(ctx context.Context, r bot.Received, work *casework.Work, fence store.Fence, now time.Time) error {
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil {
		return fmt.Errorf("load conversation: %w", err)
	}
	if conv.Handled >= r.Seq {
		return nil
	}
	s := &session.Session{Env: a.Env, In: r, Now: now, Work: work, Fence: fence}
	forgotten, err := s.Load(ctx, conv)
	if err != nil {
		return err
	}
	if forgotten {
		if err := s.LostTalk(ctx); err != nil {
			return err
		}
	}
	if s.Spend() {
		if err := run(ctx, s); err != nil && !errors.Is(err, session.ErrAnswered) {
			return err
		}
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
	fence, err := a.fence(r.Chat)
	if err != nil {
		return err
	}
	now := a.Now()
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil || conv.Handled >= r.Seq {
		return err
	}
	s := &session.Session{Env: a.Env, In: r, Now: now, Work: a.Desk.Begin(r.ID, now), Fence: fence}
	if err := s.LoadForFailure(ctx, conv); err != nil {
		return err
	}
	if err := s.GiveUp(ctx, cause); err != nil {
		return err
	}
	return a.commit(ctx, s, conv)
}

func (a *App) commit(ctx context.Context, s *session.Session, conv bot.Conversation) error {
	answers := s.Deliveries()
	state, err := json.Marshal(s.State)
	if err != nil {
		return fmt.Errorf("encode conversation: %w", err)
	}
	conv.State, conv.Handled = state, s.In.Seq
	unit := s.Work.Unit()
	unit.Persons, unit.Officers = s.Persons, s.Officers
	unit.Invitations, unit.Delegations = s.Invitations, s.Delegations
	unit.Claims, unit.Conversation, unit.Masked = s.Claims, &conv, masked(s)
	// Answers leave before what the case tells others.
	unit.Deliveries = append(answers, unit.Deliveries...)
	unit.Owner, unit.Lease = a.Sender.Lease(s.Now)
	defer a.Sender.Done(unit.Lease)
	unit.Fence = s.Fence
	if a.Terms != nil {
		unit.Ours = a.Terms.Ours
	}
	sent, err := a.Store.Commit(ctx, s.Now, unit)
	if err != nil {
		if errors.Is(err, workflow.Refuse(workflow.CodeDuplicate, "")) {
			return workflow.Refuse(workflow.CodeConflict, "unit of work")
		}
		return fmt.Errorf("commit unit of work: %w", err)
	}
	a.Sender.Push(sent...)
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

// fence gives the term under which a chat is served here. It is taken before
// anything is read, so that what was read under an older one is never written.
func (a *App) fence(chat bot.Address) (store.Fence, error) {
	if a.Terms == nil {
		return store.Fence{}, nil
	}
	f, ok := a.Terms.FenceOf(chat)
	if !ok {
		return f, bot.ErrNotOurs
	}
	return f, nil
}
