//go:build !nowhatsapp

package liblog

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"

	waLog "go.mau.fi/whatsmeow/util/log"
)

// libraryLog makes the library's messages fit for the log: addresses and ids are taken
// out, and what only a developer wants to know is left out. Errors of a connection that
// breaks, or is down and sought over and over, are INFO; the channel logs the loss itself.
type libraryLog struct {
	log    *slog.Logger
	down   func() bool // nil: never
	module string
	hidden *regexp.Regexp
}

// New gives a log for the WhatsApp library. While down tells that the connection is lost,
// errors are INFO.
func New(log *slog.Logger, down func() bool) waLog.Logger {
	return &libraryLog{log: log, down: down, module: "client", hidden: regexp.MustCompile(`[0-9A-Za-z_.:+/=-]*[0-9]{5,}[0-9A-Za-z_.:+/=@-]*|[0-9A-F]{12,}`)}
}

func (q *libraryLog) Errorf(format string, args ...any) {
	level := slog.LevelWarn
	if q.module == "Socket" || q.down != nil && q.down() {
		level = slog.LevelInfo
	}
	q.tell(level, format, args)
}

func (q *libraryLog) Warnf(format string, args ...any) { q.tell(slog.LevelInfo, format, args) }
func (*libraryLog) Infof(string, ...any)               {}
func (*libraryLog) Debugf(string, ...any)              {}

func (q *libraryLog) Sub(module string) waLog.Logger {
	return &libraryLog{log: q.log, down: q.down, module: module, hidden: q.hidden}
}

func (q *libraryLog) tell(level slog.Level, format string, args []any) {
	ctx := context.Background()
	if !q.log.Enabled(ctx, level) {
		return
	}
	said := q.hidden.ReplaceAllString(fmt.Sprintf(format, args...), "…")
	q.log.Log(ctx, level, "whatsapp library", slog.String("module", q.module), slog.String("said", said))
}
