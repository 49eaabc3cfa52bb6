//go:build nowhatsapp

package whatsapp

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"izinbot/bot"
)

// Built says whether this program can speak with WhatsApp.
const Built = false

// Channel is never opened in a program without WhatsApp.
type Channel struct{ bot.Channel }

// Open fails with [ErrLeftOut].
func Open(context.Context, Config) (*Channel, error) { return nil, ErrLeftOut }

// ReadStatus fails with [ErrLeftOut] where there is a session: its number is not served.
func ReadStatus(_ context.Context, path string, _ time.Time) (Status, error) {
	none := Status{States: []State{{Code: StateUnlinked}}}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	return none, ErrLeftOut
}

// Start fails with [ErrLeftOut].
func (*Channel) Start(context.Context) error { return ErrLeftOut }

// Stop has nothing to stop.
func (*Channel) Stop(context.Context) error { return nil }

// States gives the one state of a program without WhatsApp.
func (*Channel) States() []State { return []State{{Code: StateStopped}} }

// Linked says that no device is linked.
func (*Channel) Linked() bool { return false }

// Pair fails with [ErrLeftOut].
func (*Channel) Pair(context.Context, string) (<-chan PairStep, error) { return nil, ErrLeftOut }

// Logout fails with [ErrLeftOut].
func (*Channel) Logout(context.Context) error { return ErrLeftOut }
