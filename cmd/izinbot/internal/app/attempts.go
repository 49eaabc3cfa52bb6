package app

import (
	"context"
	"log/slog"
	"path/filepath"

	"izinbot/bot"
)

// AttemptsFile records, in Dir, which messages are being handled.
const AttemptsFile = "attempts"

// openAttempts opens the record of attempts. Without one the program works all the same,
// but does not find out at which message it dies.
func (p *Program) openAttempts(ctx context.Context) {
	attempts, err := bot.OpenAttempts(filepath.Join(p.cfg.Dir, AttemptsFile), p.cfg.Log)
	if err != nil {
		p.cfg.Log.ErrorContext(ctx, "messages that end the program cannot be found", slog.Any("error", err))
		return
	}
	p.attempts = attempts
}
