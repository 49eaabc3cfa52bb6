package session

import (
	"context"
	"image"
	"io"
	"log/slog"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/inspect"
	"izinbot/workflow/parse"
	"izinbot/workflow/store"
)

// Store gives the conversations what they read; a [casework.Committer] writes what they change.
type Store interface {
	store.Cases
	store.People
	store.Reminders
	NumbersTaken(ctx context.Context, q store.NumberQuery) ([]store.NumberRow, error)
	NumberPrinted(ctx context.Context, text string) (store.NumberRow, error)
	Conversation(ctx context.Context, chat bot.Address) (bot.Conversation, error)
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

// Env holds the services that conversations use. It does not change once messages are
// handled.
type Env struct {
	Store    Store
	Desk     *casework.Desk
	Calendar workflow.WorkingTime
	Texts    *texts.Catalogue
	Files    Files
	// Inspect looks into an uploaded file. An error means that it may work later.
	// nil: [inspect.Inspect], which a hostile file can make exhaust the program.
	Inspect func(ctx context.Context, r io.Reader) (inspect.Report, error)
	// Copy unpacks a picture that not every device shows, small; nil: it cannot be shown.
	// An error means that it may work later. nil: [picture.Shrink], in this process.
	Copy   func(ctx context.Context, r io.Reader) (*image.RGBA, error)
	Sealer Sealer
	Log    *slog.Logger
	// Now is the office's clock.
	Now func() time.Time
	// SetupLink makes a one-time link to the page on which an officer sets up
	// his one-time codes.
	SetupLink func(ctx context.Context, o workflow.Officer) (string, error)
	// Link gives a link that opens another chat with the bot in which the word is
	// said; "" if there is none. nil: there never is.
	Link func(word string) string
	// StaffPause is the time in which nothing is answered in a chat after an officer wrote there
	// himself, on the office's own phone; 0: it is answered all the same.
	StaffPause time.Duration
	// Quotas bound what a chat may cause in a day.
	Quotas Quotas
	// Quiet is the time for which a chat has to be quiet before an answer that may come in several
	// messages is taken; 0: each message is an answer of its own.
	Quiet time.Duration
	// Random is the source of one-time codes; nil: the system's.
	Random io.Reader
	// RecapText words a recap with the texts that say gives.
	RecapText func(say func(key string, args ...any) string, r casework.Recap) string
	// RecapChart draws a recap; nothing if there is nothing to draw. May be nil.
	RecapChart func(ctx context.Context, r casework.Recap) []bot.Attachment
	// Points reads coordinates; [handlers.New] makes it for the office's area.
	Points *parse.Points
	// Phone is the office's own phone; nil if there is none.
	Phone *Phone

	Commands  []Command
	Dialogues map[string]Entry
	// Work gives the dialogue in which an officer does the step where a case is; nil if
	// there is none.
	Work    func(c workflow.Case, step workflow.Step) Work
	Guesses *Guesses
	// NotUnderstood answers what is no command while nothing is asked.
	NotUnderstood func(ctx context.Context, s *Session, in Input) error
}

// Entry is a registered dialogue.
type Entry struct {
	New          func() Dialogue
	OfficersOnly bool
}

// Dialogue asks several questions. It is a pointer to a value of its own type, whose fields
// hold what was answered so far: between two messages they are kept as JSON in the chat's
// state, so that a field keeps its JSON name for as long as chats may have it.
type Dialogue interface {
	// Name names the dialogue in a chat's state.
	Name() string
	// Ask puts the present question.
	Ask(ctx context.Context, s *Session) error
	// Answer takes what was said to the present question, and puts the next.
	Answer(ctx context.Context, s *Session, in Input) error
}

// Work is a dialogue in which an officer does a step of the procedure.
type Work interface {
	Dialogue
	// Begin begins the dialogue at the step where a case is.
	Begin(ctx context.Context, s *Session, c workflow.Case, step workflow.Step) error
}

// Backer is a dialogue in which one can go back a question.
type Backer interface {
	Back(ctx context.Context, s *Session) error
}

// Editor is a dialogue that takes the new text of a message which was no answer for one to the
// present question.
type Editor interface {
	// Edited gives false if it can be none; else it offers that.
	Edited(ctx context.Context, s *Session, text string) (bool, error)
}

// Picker is a dialogue with questions to which free words are no answer, so that the
// bare word of a command is one there.
type Picker interface {
	// Takes tells whether the text may be an answer to the present question.
	Takes(s *Session, text string) bool
}

// FileTaker is a dialogue with questions that files answer.
type FileTaker interface {
	// TakesFiles tells whether a file may be an answer to the present question.
	TakesFiles(ctx context.Context, s *Session) bool
}

// FileHolder is a dialogue that keeps files which were sent for it.
type FileHolder interface {
	// Holds tells whether it keeps a file of an earlier message, in the place of which a
	// better copy may be put.
	Holds(ctx context.Context, s *Session, message string) (bool, error)
	// Improve puts a better copy in the place of the file of an earlier message. Nobody is
	// told; a copy that cannot be used changes nothing.
	Improve(ctx context.Context, s *Session, message string, f bot.InboundFile) error
	// Withdraw takes out the files of a message that was deleted for everyone. It gives what
	// to tell of it; "" if it keeps none.
	Withdraw(ctx context.Context, s *Session, message string) (told string, err error)
}

// Phone is the office's own phone in a network in which the bot is its linked
// device.
type Phone struct {
	// State says how it is and what to do, in Indonesian, and whether a number is
	// linked.
	State func() (what, todo string, linked bool)
	// Link makes a one-time link to the page on which an admin links it.
	Link func(o workflow.Officer) (string, error)
}
