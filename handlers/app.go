package handlers

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/inspect"
	"izinbot/workflow/store"
)

// Store is what the conversations read; what they change is committed as a turn.
type Store interface {
	store.Cases
	store.People
	store.Reminders
	Conversation(ctx context.Context, chat bot.Address) (bot.Conversation, error)
	Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error)
}

// WorkingTime is the office's calendar as the conversations need it.
type WorkingTime interface {
	workflow.WorkingTime
	WorkingDaysBetween(a, b time.Time) int
	DayClose(t time.Time) (closing time.Time, ok bool)
}

// Sealer keeps secrets unreadable at rest.
type Sealer interface {
	Seal(plain, context []byte) ([]byte, error)
	Unseal(sealed, context []byte) ([]byte, error)
}

// Files are the contents of documents and letters.
type Files interface {
	bot.Files
	// Retract removes a content that only the caller has put and nothing names.
	Retract(ctx context.Context, key string) error
}

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
	Store    Store
	Desk     *casework.Desk
	Calendar WorkingTime
	Texts    *texts.Catalogue
	Files    Files
	// Inspect looks into an uploaded file. An error means that it may work later.
	// nil: [inspect.Inspect], which a hostile file can make exhaust the program.
	Inspect func(ctx context.Context, r io.Reader) (inspect.Report, error)
	Sealer  Sealer
	Log     *slog.Logger
	Sender  Sender
	// Terms are the chats that are served here; nil: all.
	Terms store.Terms
	// Spoke is told in which language a chat is spoken to; nil: nobody is.
	Spoke func(chat bot.Address, lang workflow.Lang)
	// Now is the office's clock.
	Now func() time.Time
	// SetupLink makes a one-time link to the page on which an officer sets up
	// his one-time codes.
	SetupLink func(ctx context.Context, o workflow.Officer) (string, error)
	// Link gives a link that opens another chat with the bot in which the word is
	// said; "" if there is none. nil: there never is.
	Link func(word string) string
	// Quotas bound what a chat may cause in a day.
	Quotas Quotas
	// Random is where one-time codes come from; nil: the system's.
	Random io.Reader
	// RecapText words a recap with the texts that say gives.
	RecapText func(say func(key string, args ...any) string, r casework.Recap) string
	// RecapChart draws a recap; nothing if there is nothing to draw. May be nil.
	RecapChart func(ctx context.Context, r casework.Recap) []bot.Attachment

	// Phone is the office's own phone; nil if there is none.
	Phone *Phone

	guesses   *guesses
	commands  []command
	dialogues map[string]dialogue
	// officersOnly names the dialogues that only officers have.
	officersOnly map[string]bool
}

// attempts bounds how often a turn is run again after a conflict: each conflict
// means that somebody else got a write through.
const attempts = 50

// dialogue is a conversation of several questions. Its own state is the turn's
// Data.
type dialogue interface {
	// ask puts the present question.
	ask(ctx context.Context, t *turn) error
	// answer takes what was said to the present question, and puts the next.
	answer(ctx context.Context, t *turn, in input) error
}

// New prepares an App whose exported fields are set.
func New(a App) *App {
	if a.Random == nil {
		a.Random = rand.Reader
	}
	if a.Inspect == nil {
		a.Inspect = inspect.Inspect
	}
	if a.Link == nil {
		a.Link = func(string) string { return "" }
	}
	a.guesses = &guesses{}
	a.Quotas = a.Quotas.withDefaults()
	a.commands = commandTable()
	a.dialogues = dialogueTable()
	a.officersOnly = map[string]bool{}
	for _, group := range []map[string]dialogue{officerDialogues(), visitDialogues()} {
		for name := range group {
			a.officersOnly[name] = true
		}
	}
	return &a
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
	t := &turn{app: a, in: r, now: now, work: work, fence: fence}
	if err := t.load(ctx, conv); err != nil {
		return err
	}
	if t.spend() {
		if err := t.run(ctx); err != nil {
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
	t := &turn{app: a, in: r, now: now, work: a.Desk.Begin(r.ID, now), fence: fence}
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
