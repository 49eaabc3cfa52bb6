package handlers

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"izinbot/bot"
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
	*Env

	Sender Sender
	// Terms are the chats that are served here; nil: all.
	Terms store.Terms
	// Spoke is told in which language a chat is spoken to; nil: nobody is.
	Spoke func(chat bot.Address, lang workflow.Lang)
}

// attempts bounds how often a turn is run again after a conflict: each conflict
// means that somebody else got a write through.
const attempts = 50

// New gives an App over services and a sender of what it commits.
func New(e Env, sender Sender) *App {
	if e.Random == nil {
		e.Random = rand.Reader
	}
	if e.Inspect == nil {
		e.Inspect = inspect.Inspect
	}
	if e.Link == nil {
		e.Link = func(string) string { return "" }
	}
	e.guesses = &guesses{}
	e.Quotas = e.Quotas.withDefaults()
	e.commands, e.dialogues, e.work = commandTable(), dialogueTable(), workTable()
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
			return forPort(err)
		}
		work = work.Again()
	}
	return fmt.Errorf("handle: %w", workflow.Refuse(workflow.CodeConflict, "turn"))
}

func (a *App) handleOnce(ctx context.Context, r bot.Received, work *casework.Work, fence store.Fence, now time.Time) error {
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil {
		return fmt.Errorf("load conversation: %w", err)
	}
	if conv.Handled >= r.Seq {
		return nil
	}
	t := &turn{app: a.Env, in: r, now: now, work: work, fence: fence}
	forgotten, err := t.load(ctx, conv)
	if err != nil {
		return err
	}
	if forgotten {
		if err := t.lostTalk(ctx); err != nil {
			return err
		}
	}
	if t.spend() {
		if err := run(ctx, t); err != nil {
			return err
		}
	}
	return a.commit(ctx, t, conv)
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
	t := &turn{app: a.Env, in: r, now: now, work: a.Desk.Begin(r.ID, now), fence: fence}
	if err := t.loadForFailure(ctx, conv); err != nil {
		return err
	}
	if err := t.giveUp(ctx, cause); err != nil {
		return err
	}
	return a.commit(ctx, t, conv)
}

func (a *App) commit(ctx context.Context, t *turn, conv bot.Conversation) error {
	state, err := json.Marshal(t.state)
	if err != nil {
		return fmt.Errorf("encode conversation: %w", err)
	}
	conv.State, conv.Handled = state, t.in.Seq
	turn := t.work.Unit()
	turn.Persons, turn.Officers = t.persons, t.officers
	turn.Invitations, turn.Delegations = t.invitations, t.delegations
	turn.Claims, turn.Conversation, turn.Masked = t.claims, &conv, t.masked()
	// Answers leave before what the case tells others.
	turn.Deliveries = append(t.deliveries(), turn.Deliveries...)
	turn.Owner, turn.Lease = a.Sender.Lease(t.now)
	defer a.Sender.Done(turn.Lease)
	turn.Fence = t.fence
	if a.Terms != nil {
		turn.Ours = a.Terms.Ours
	}
	sent, err := a.Store.Commit(ctx, t.now, turn)
	if err != nil {
		if errors.Is(err, workflow.Refuse(workflow.CodeDuplicate, "")) {
			return workflow.Refuse(workflow.CodeConflict, "turn")
		}
		return fmt.Errorf("commit turn: %w", err)
	}
	a.Sender.Push(sent...)
	a.retract(ctx, t.in.Files, turn)
	if a.Spoke != nil {
		a.Spoke(t.in.Chat, t.lang())
	}
	return nil
}
