package workflow

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// WIB is the office's zone, Asia/Jakarta: UTC+7 without daylight saving time
// since 1964.
func WIB() *time.Location { return time.FixedZone("WIB", 7*60*60) }

// Unit is the unit of a working-time budget.
type Unit string

// Minutes run in working time only; a Day is a working day and ends at its
// close of business, never after so many hours.
const (
	Minute Unit = "menit"
	Hour   Unit = "jam"
	Day    Unit = "hari"
)

// Budget is an amount of working time, as the SOP's column "Waktu" gives it.
type Budget struct {
	N    int  `json:"n"`
	Unit Unit `json:"unit"`
}

// IsZero tells whether the budget is missing.
func (b Budget) IsZero() bool { return b.N == 0 }

// Span is the half-open stretch of time [From, To). A zero To means that it has
// not ended yet.
type Span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
}

// Calendar knows the office's working time. Implementations are pure: the same
// question always has the same answer until the calendar itself is changed.
type Calendar interface {
	// Due is the instant at which budget is used up when it starts at start
	// and does not run during pauses (half-open, all ended).
	Due(start time.Time, budget Budget, pauses []Span) time.Time
}

// Clock is a budget that runs from Start and stands still while the office waits
// for the applicant. Due is derived by a [Calendar] and recorded with each
// history entry, so that a replay needs no calendar; it is zero while the clock
// is paused, stopped or was never started.
type Clock struct {
	Start  time.Time `json:"start,omitzero"`
	Budget Budget    `json:"budget,omitzero"`
	Pauses []Span    `json:"pauses,omitempty"`
	Stop   time.Time `json:"stop,omitzero"`
	Due    time.Time `json:"due,omitzero"`
}

// Running tells whether the clock has been started and is neither stopped nor
// paused.
func (k Clock) Running() bool { return !k.Start.IsZero() && k.Stop.IsZero() && !k.Paused() }

// Paused tells whether the clock stands still and will go on.
func (k Clock) Paused() bool {
	return len(k.Pauses) > 0 && k.Pauses[len(k.Pauses)-1].To.IsZero() && k.Stop.IsZero()
}

func (k Clock) pause(now time.Time) Clock {
	if k.Running() {
		k.Pauses = append(slices.Clip(k.Pauses), Span{From: now})
		k.Due = time.Time{}
	}
	return k
}

func (k Clock) resume(now time.Time) Clock {
	if k.Paused() {
		pauses := append([]Span(nil), k.Pauses...)
		pauses[len(pauses)-1].To = now
		k.Pauses = pauses
	}
	return k
}

// stop ends the clock; an open pause ends with it.
func (k Clock) stop(now time.Time) Clock {
	if k.Start.IsZero() || !k.Stop.IsZero() {
		return k
	}
	k = k.resume(now)
	k.Stop = now
	k.Due = time.Time{}
	return k
}

// derive fills Due from the calendar.
func (k Clock) derive(cal Calendar) Clock {
	k.Due = time.Time{}
	if k.Running() {
		k.Due = cal.Due(k.Start, k.Budget, k.Pauses)
	}
	return k
}

// Dues are the due instants of a case's clocks, recorded with each history entry.
type Dues struct {
	Step    time.Time `json:"step,omitzero"`
	Service time.Time `json:"service,omitzero"`
	Reply   time.Time `json:"reply,omitzero"`
}

// ParseBudget reads "15 Menit", "2 jam", "10 hari" or "10 Hari Kerja" in any
// case. It fails with [CodeInvalid].
func ParseBudget(s string) (Budget, error) {
	words := strings.Fields(strings.ToLower(s))
	if len(words) == 3 && words[1] == string(Day) && words[2] == "kerja" {
		words = words[:2]
	}
	if len(words) != 2 {
		return Budget{}, Refuse(CodeInvalid, "waktu")
	}
	n, err := strconv.Atoi(words[0])
	unit := Unit(words[1])
	if err != nil || n < 1 || n > 100_000 || (unit != Minute && unit != Hour && unit != Day) {
		return Budget{}, Refuse(CodeInvalid, "waktu")
	}
	return Budget{N: n, Unit: unit}, nil
}

// String writes the budget as the SOP's table does: "2 Jam".
func (b Budget) String() string {
	if b.IsZero() {
		return ""
	}
	unit := string(b.Unit)
	return strconv.Itoa(b.N) + " " + strings.ToUpper(unit[:1]) + unit[1:]
}
