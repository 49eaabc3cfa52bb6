package bot

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
)

// ErrDeadly is the failure of a message at which the process died so often that it is
// not tried again.
var ErrDeadly = errors.New("the process died while the message was handled")

// mostDeaths is after how many deaths a message is not tried again.
const mostDeaths = 2

// Attempts is a file of the messages that are being handled. It outlives the process, so
// that the next one finds out at which message it died. A death counts against a message
// if no other was being handled. Otherwise all of them are suspects, which are tried one
// at a time from then on, beside ordinary messages: the next death counts against the
// one suspect that was being tried. A try that returns counts for nothing, even if it
// failed.
//
// A record is a slot of the file that is overwritten in place, without waiting for the
// disk. So it costs some microseconds, needs no room on a full disk, survives the
// process, and may be lost when the machine loses its power, which no message causes.
//
// It is safe for concurrent use. A nil *Attempts records nothing.
type Attempts struct {
	file *os.File
	log  *slog.Logger

	mu     sync.Mutex
	before []byte        // content of the file at the start; nil after recall
	slots  map[int64]int // of the messages that have a record
	free   []int         // slots without a record
	next   int           // the first slot that was never used
	deaths map[int64]int // of the suspects
	trial  int64         // the suspect that is being tried; 0: none
	failed bool          // to write; it was logged
}

// States of a record.
const (
	slotFree    = '-'
	slotTried   = 't' // is being handled
	slotTrial   = 's' // a suspect that is being handled
	slotSuspect = 'w' // a suspect that waits
)

const (
	slotForm = "%c %020d %03d\n"
	slotSize = 27
	// mostSlots limits how many of them are read back: many more than messages can be handled
	// at once. What lies behind is no record of ours.
	mostSlots = 10_000
)

// OpenAttempts opens the file, or makes it. One process at a time may have it open.
func OpenAttempts(path string, log *slog.Logger) (*Attempts, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open attempts: %s is no regular file", path) // opening a pipe would wait for ever
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the path is the program's own
	if err != nil {
		return nil, fmt.Errorf("open attempts: %w", err)
	}
	a := &Attempts{
		file: file, log: cmp.Or(log, slog.New(slog.DiscardHandler)), slots: map[int64]int{}, deaths: map[int64]int{},
	}
	a.before, err = io.ReadAll(io.LimitReader(file, mostSlots*slotSize))
	if err == nil {
		err = file.Truncate(int64(len(a.before)))
	}
	if err != nil {
		return nil, fmt.Errorf("read attempts: %w", errors.Join(err, file.Close()))
	}
	return a, nil
}

// recall counts the death of the process that wrote to the file last, before any try
// begins. Messages that are not among the unhandled ones are forgotten.
func (a *Attempts) recall(unhandled []Received) {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	left := make(map[int64]bool, len(unhandled))
	for _, r := range unhandled {
		left[r.Seq] = true
	}
	a.count(a.before, left)
	if err := a.rewrite(len(a.before)); err != nil {
		a.complain(err)
	}
	a.before = nil
}

// count makes suspects of the messages that were being handled, and counts the death.
func (a *Attempts) count(content []byte, left map[int64]bool) {
	var tried, trial []int64
	for line := range bytes.Lines(content) {
		var state rune
		var seq int64
		var deaths int
		if n, err := fmt.Sscanf(string(line), slotForm, &state, &seq, &deaths); n != 3 || err != nil || state == slotFree || !left[seq] {
			continue // free, handled, or torn by a loss of power
		}
		a.deaths[seq] = deaths
		switch state {
		case slotTried:
			tried = append(tried, seq)
		case slotTrial:
			trial = append(trial, seq)
		}
	}
	if len(trial) == 0 {
		trial = tried
	}
	if len(trial) == 1 {
		a.deaths[trial[0]]++
	}
}

// rewrite writes the suspects and frees the slots behind them, of size bytes together.
func (a *Attempts) rewrite(size int) error {
	var content []byte
	for seq, deaths := range a.deaths {
		a.slots[seq] = a.next
		a.next++
		content = fmt.Appendf(content, slotForm, slotSuspect, seq, deaths)
	}
	for len(content) < size {
		a.free = append(a.free, a.next)
		a.next++
		content = fmt.Appendf(content, slotForm, slotFree, 0, 0)
	}
	_, err := a.file.WriteAt(content, 0)
	return err
}

// Close closes the file. It may be called again.
func (a *Attempts) Close() error {
	if a == nil {
		return nil
	}
	if err := a.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("close attempts: %w", err)
	}
	return nil
}

// compare orders those first against which a death was counted: they are through, or
// known for deadly, before the process can be killed for another reason.
func (a *Attempts) compare(x, y Received) int {
	if a == nil {
		return 0
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return cmp.Compare(a.deaths[y.Seq], a.deaths[x.Seq])
}

// deadly tells whether a message is not to be tried again.
func (a *Attempts) deadly(seq int64) bool {
	if a == nil {
		return false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.deaths[seq] >= mostDeaths
}

// begin records that a try begins. It is false if the message is a suspect and another
// one is being tried.
func (a *Attempts) begin(seq int64) bool {
	if a == nil {
		return true
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, suspect := a.deaths[seq]; !suspect {
		a.write(seq, slotTried)
		return true
	}
	if a.trial != 0 {
		return false
	}
	a.trial = seq
	a.write(seq, slotTrial)
	return true
}

// end records that a try has returned.
func (a *Attempts) end(seq int64) {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, suspect := a.deaths[seq]; !suspect {
		a.forget(seq)
		return
	}
	a.trial = 0
	a.write(seq, slotSuspect)
}

// done forgets a message that was handled.
func (a *Attempts) done(seq int64) {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forget(seq)
}

func (a *Attempts) forget(seq int64) {
	slot, ok := a.slots[seq]
	if !ok {
		return
	}
	a.put(slot, slotFree, 0, 0)
	delete(a.slots, seq)
	delete(a.deaths, seq)
	a.free = append(a.free, slot)
}

func (a *Attempts) write(seq int64, state rune) {
	slot, ok := a.slots[seq]
	if !ok {
		slot = a.slot()
		a.slots[seq] = slot
	}
	a.put(slot, state, seq, a.deaths[seq])
}

// slot gives one without a record.
func (a *Attempts) slot() int {
	if last := len(a.free) - 1; last >= 0 {
		slot := a.free[last]
		a.free = a.free[:last]
		return slot
	}
	a.next++
	return a.next - 1
}

// put writes a slot. What cannot be recorded is handled all the same.
func (a *Attempts) put(slot int, state rune, seq int64, deaths int) {
	var line [slotSize]byte
	_, err := a.file.WriteAt(fmt.Appendf(line[:0], slotForm, state, seq, deaths), int64(slot)*slotSize)
	if err != nil {
		a.complain(err)
	}
}

// complain logs once that records cannot be written.
func (a *Attempts) complain(err error) {
	if !a.failed {
		a.failed = true
		a.log.Warn("attempts at messages cannot be recorded", slog.Any("error", err))
	}
}
