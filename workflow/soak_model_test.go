package workflow_test

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// soakDays is the office's time as the model sees it: for every minute whether the
// office is open, and how many open minutes came before. It knows no more of the
// calendar than whether the office is open at an instant.
type soakDays struct {
	from   time.Time
	open   []bool
	worked []int // open minutes before
	closed []bool
}

func newSoakDays(cal *calendar.Calendar, from, to time.Time) *soakDays {
	d := &soakDays{from: from}
	n := 0
	for t := from; t.Before(to); t = t.Add(time.Minute) {
		d.open, d.worked = append(d.open, cal.Open(t)), append(d.worked, n)
		if cal.Open(t) {
			n++
		}
	}
	d.closed = make([]bool, len(d.open))
	for i := range d.open {
		d.closed[i] = d.closing(i)
	}
	return d
}

func (d *soakDays) at(i int) time.Time { return d.from.Add(time.Duration(i) * time.Minute) }

const soakDay = 24 * 60

// works tells whether the office opens on the day of a minute.
func (d *soakDays) works(i int) bool {
	first := i - i%soakDay
	return d.worked[first+soakDay] > d.worked[first]
}

// closes tells whether a day's work ends at a minute.
func (d *soakDays) closes(i int) bool { return d.closed[i] }

func (d *soakDays) closing(i int) bool {
	return i > 0 && d.open[i-1] && !slices.Contains(d.open[i:i-i%soakDay+soakDay], true)
}

// next is the first open minute from i on.
func (d *soakDays) next(i int) int {
	for !d.open[i] {
		i++
	}
	return i
}

// days is the same time of day n working days later.
func (d *soakDays) days(i, n int) int {
	for n > 0 {
		i += soakDay
		if d.works(i) {
			n--
		}
	}
	return i
}

// minutes is when so many open minutes have passed since i.
func (d *soakDays) minutes(i, n int) int {
	return sort.Search(len(d.worked)-1, func(j int) bool { return j >= i && d.worked[j]-d.worked[i] >= n })
}

// soakClock counts one budget, a minute at a time.
type soakClock struct {
	name    workflow.ClockName
	n       int
	unit    workflow.Unit
	start   int
	day0    int // the day on which it starts, as minute of its midnight
	since   int // running without a break since
	paused  bool
	stopped bool
	used    int
	due     int // -1: not used up yet
	rungs   []*soakRung

	known [2]int // used and since when the due day was last worked out
	day   int
}

type soakRung struct {
	kind  string
	n     int
	to    string
	first int // the first open minute at which it is due; -1: not yet
	sent  bool
}

func (d *soakDays) clock(name workflow.ClockName, b workflow.Budget, at int, rungs ...*soakRung) *soakClock {
	opening := d.next(at)
	k := &soakClock{name: name, n: b.N, unit: b.Unit, start: at, since: at, day0: opening - opening%soakDay, due: -1, rungs: rungs}
	if b.Unit == workflow.Hour {
		k.n *= 60
	}
	for _, r := range rungs {
		r.first = -1
	}
	return k
}

// pass counts the minute before i, after what happened at i.
func (k *soakClock) pass(d *soakDays, i int, ran bool) {
	if k.stopped || k.due >= 0 {
		return
	}
	switch {
	case k.unit == workflow.Day && d.closes(i) && !k.paused && i-i%soakDay > k.day0 && i > k.start:
		k.used++
	case k.unit != workflow.Day && ran && i > k.start && d.open[i-1]:
		k.used++
	default:
		return
	}
	if k.used == k.n {
		k.due = i
	}
}

// soakCase is the model's knowledge of a case.
type soakCase struct {
	id       workflow.CaseID
	person   string
	def      *workflow.SOP
	step     workflow.Step
	role     workflow.Role
	holder   string
	promised [2]int // from, until; 0 for none
	clocks   []*soakClock
}

func soakStepRungs() []*soakRung {
	return []*soakRung{{kind: "persen", to: "holder"}, {kind: "batas", to: "holder"}, {kind: "lewat", n: 1, to: "1"}, {kind: "lewat", n: 2, to: "2"}}
}

func soakServiceRungs() []*soakRung {
	return []*soakRung{{kind: "tidak cukup", to: "heads"}, {kind: "sisa", n: 3, to: "heads"}, {kind: "sisa", n: 1, to: "heads"}, {kind: "lewat janji", to: "heads"}}
}

func soakReplyRungs() []*soakRung {
	return []*soakRung{{kind: "jawab", n: 7, to: "applicant"}, {kind: "jawab", n: 12, to: "applicant"}}
}

func (c *soakCase) clock(name workflow.ClockName) *soakClock {
	for _, k := range c.clocks {
		if k.name == name && !k.stopped {
			return k
		}
	}
	return nil
}

// reached tells whether a rung is due at the open minute i.
func (c *soakCase) reached(d *soakDays, k *soakClock, r *soakRung, i int) bool {
	today, left := i-i%soakDay, k.n-k.used
	switch r.kind {
	case "persen":
		if k.unit == workflow.Day {
			return k.due >= 0 || left == 1 && today > k.day0
		}
		return k.used >= max(1, k.n*75/100)
	case "batas", "lewat janji":
		return k.due >= 0
	case "lewat":
		return k.due >= 0 && i >= d.days(k.due, r.n)
	case "sisa":
		return k.due >= 0 || today > k.day0 && left-1 <= r.n
	case "jawab":
		return today > k.day0 && k.used >= r.n-1
	case "tidak cukup":
		return c.misfit(d, k, i)
	}
	panic(r.kind)
}

// misfit tells whether the steps that are left no longer fit before the charter's
// deadline at i: after the present step has its time, each needs its own.
func (c *soakCase) misfit(d *soakDays, service *soakClock, i int) bool {
	step := c.clock(workflow.ClockStep)
	due := service.due
	if due < 0 {
		due = c.dueDay(d, service, i)
	}
	minutes, days := 0, 0
	rest := c.def.Ahead(c.step.No)
	for _, s := range rest[1:] {
		if s.Kind == workflow.KindReceive {
			break
		}
		switch s.Time.Unit {
		case workflow.Day:
			days += s.Time.N
		case workflow.Hour:
			minutes += 60 * s.Time.N
		case workflow.Minute:
			minutes += s.Time.N
		}
	}
	if i >= due {
		return false
	}
	fits := func(x int) bool { return d.days(d.minutes(x, minutes), days) <= due }
	end := i + 1
	if step.due < 0 {
		switch {
		case step.unit == workflow.Day && step.since == step.start:
			end = d.days(d.next(step.start), step.n)
		case step.unit == workflow.Day:
			end = c.dueDay(d, step, i)
		default:
			end = d.minutes(i, step.n-step.used)
		}
	}
	return !fits(max(end, i+1))
}

// dueDay is the close of business at which a clock of days will be used up.
func (c *soakCase) dueDay(d *soakDays, k *soakClock, i int) int {
	if key := [2]int{k.used + 1, k.since}; k.known != key {
		k.known = key
		for used := k.used; used < k.n; {
			i++
			if d.closes(i) && i-i%soakDay > k.day0 {
				used++
			}
		}
		k.day = i
	}
	return k.day
}

// at is when a rung may be sent: one for the holder waits for the end of his promise.
func (c *soakCase) at(d *soakDays, k *soakClock, r *soakRung) int {
	if r.to == "holder" && k.name == workflow.ClockStep && c.promised[1] > 0 && r.first >= c.promised[0] && r.first < c.promised[1] {
		return d.next(c.promised[1])
	}
	return r.first
}

// due gives the rungs to be sent at the open minute i: of each running clock the
// latest, if it was not sent.
func (c *soakCase) due(d *soakDays, i int) []*soakRung {
	var out []*soakRung
	for _, k := range c.clocks {
		if k.stopped || k.paused {
			continue
		}
		var last *soakRung
		for _, r := range k.rungs {
			if r.first < 0 || r.sent || c.at(d, k, r) > i {
				continue
			}
			if last == nil || c.at(d, k, r) >= c.at(d, k, last) {
				last = r
			}
		}
		if last != nil {
			out = append(out, last)
		}
		for _, r := range k.rungs {
			if r.first >= 0 && c.at(d, k, r) <= i {
				r.sent = true
			}
		}
	}
	return out
}

// forget lets go of a misfit that nobody was told of: it was the step's that is over,
// or the stretch's before a pause.
func (c *soakCase) forget() {
	for _, k := range c.clocks {
		for _, r := range k.rungs {
			if r.kind == "tidak cukup" && !r.sent {
				r.first = -1
			}
		}
	}
}

// notice finds the rungs that have become due.
func (c *soakCase) notice(d *soakDays, i int) {
	for _, k := range c.clocks {
		if k.stopped || k.paused {
			continue
		}
		for _, r := range k.rungs {
			if r.first < 0 && c.reached(d, k, r, i) {
				r.first = i
			}
		}
	}
}

func (r *soakRung) String() string {
	if r.n == 0 || r.kind == "jawab" {
		return r.kind
	}
	return fmt.Sprintf("%s %d", r.kind, r.n)
}
