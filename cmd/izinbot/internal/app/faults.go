package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
)

// faults logs when the store, or the file store, begins to fail and when it has ceased to,
// as one ERROR each, however many messages fail in between. What others log of the same
// cause passes through a [hush].
type faults struct {
	episodes bot.Episodes
	now      func() time.Time
	log      *slog.Logger
}

// Names of the parts in the log.
const (
	partStore = "store"
	partFiles = "files"
)

// calm is the time without a fault after which an episode counts as ended: longer than the
// dispatcher's longest wait between two tries, for small writes may succeed on a disk
// that larger ones find full.
const calm = time.Minute

func newFaults(log *slog.Logger, now func() time.Time) *faults {
	return &faults{episodes: bot.Episodes{Calm: calm}, now: now, log: log}
}

// failed notes a failure of a part.
func (f *faults) failed(ctx context.Context, part string, err error) {
	if f.episodes.Begin(part, "", f.now()) {
		f.log.ErrorContext(ctx, "storage fails; what needs it waits and is tried again", slog.String("part", part), slog.Any("error", err))
	}
}

// worked notes that a part has stored something.
func (f *faults) worked(ctx context.Context, part string) {
	f.tellEnd(ctx, part, f.episodes.End)
}

// look logs the end of the failures that have been absent for calm.
func (f *faults) look(ctx context.Context) {
	for _, part := range []string{partStore, partFiles} {
		f.tellEnd(ctx, part, f.episodes.Over)
	}
}

func (f *faults) tellEnd(ctx context.Context, part string, end func(string, time.Time) (time.Duration, bool)) {
	if lasted, news := end(part, f.now()); news {
		f.log.ErrorContext(ctx, "storage works again", slog.String("part", part), slog.Duration("lasted", lasted))
	}
}

// partOf gives the part that an error is a failure of, or "".
func partOf(err error) string {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, bot.ErrFull): // neither a stop nor a full chat is a fault
		return ""
	case errors.Is(err, bot.ErrUnkept):
		return partFiles
	case errors.Is(err, bot.ErrUnavailable), workflow.CodeOf(err) == workflow.CodeUnavailable:
		return partStore
	}
	return ""
}

// hush passes log records on. One of a failure that [faults] tell of is passed on at level
// DEBUG: one whose attribute "error" is such a failure. What has given up because of one
// names its cause "reason" and is passed on as it is.
type hush struct {
	slog.Handler
	faults *faults
}

// Handle implements [slog.Handler].
func (h hush) Handle(ctx context.Context, r slog.Record) error {
	if r.Level < slog.LevelWarn || !h.known(ctx, r) {
		return h.Handler.Handle(ctx, r)
	}
	if !h.Enabled(ctx, slog.LevelDebug) {
		return nil
	}
	r.Level = slog.LevelDebug
	return h.Handler.Handle(ctx, r)
}

// known reports whether a record is of a failure that the faults log. One that only the
// record shows, such as a failed read, begins an episode.
func (h hush) known(ctx context.Context, r slog.Record) (known bool) {
	r.Attrs(func(a slog.Attr) bool {
		err, ok := a.Value.Any().(error)
		if part := partOf(err); ok && a.Key == "error" && part != "" {
			h.faults.failed(ctx, part, err)
			known = true
		}
		return !known
	})
	return known
}

// WithAttrs implements [slog.Handler].
func (h hush) WithAttrs(attrs []slog.Attr) slog.Handler {
	return hush{h.Handler.WithAttrs(attrs), h.faults}
}

// WithGroup implements [slog.Handler].
func (h hush) WithGroup(name string) slog.Handler { return hush{h.Handler.WithGroup(name), h.faults} }
