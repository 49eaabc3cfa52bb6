package workflow_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/sop"
)

// tb is the part that a walk needs of a *testing.T or a *rapid.T.
type tb interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// walk takes one case through a procedure as casework does, without a store: it
// gives the numbers that are asked for, derives the due instants and keeps the
// history. Every command is checked for what must hold of any.
type walk struct {
	t       tb
	def     *workflow.SOP
	cal     *calendar.Calendar
	now     time.Time
	c       workflow.Case
	entries []workflow.Entry
	last    workflow.Decision // of the last accepted command
	taken   map[string]int    // last number of each register
	numbers map[workflow.LetterID]workflow.Number
}

// The embedded procedure, the small one of six steps and the office's calendar,
// each parsed once.
var (
	lks     = sync.OnceValue(func() *workflow.SOP { return mustParse(sop.Default()) })
	reklame = sync.OnceValue(func() *workflow.SOP {
		src, err := os.ReadFile("sop/testdata/reklame.yaml")
		if err != nil {
			panic(err)
		}
		def, err := sop.Parse(src)
		return mustParse(def, src, err)
	})
	officeCalendar = sync.OnceValue(func() *calendar.Calendar {
		cal, err := calendar.Default()
		if err != nil {
			panic(err)
		}
		return cal
	})
)

func mustParse(def *workflow.SOP, _ []byte, err error) *workflow.SOP {
	if err != nil {
		panic(err)
	}
	return def
}

// monday is a working day at 08.00 WIB, two weeks without a day off.
func monday() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB()) }

func newWalk(t tb, def *workflow.SOP) *walk {
	return &walk{
		t: t, def: def, cal: officeCalendar(), now: monday(),
		taken: map[string]int{}, numbers: map[workflow.LetterID]workflow.Number{},
	}
}

// start is a walk whose application is submitted.
func start(t *testing.T, def *workflow.SOP) *walk {
	t.Helper()
	w := newWalk(t, def)
	w.do(applicant(), application(def, w.now))
	return w
}

// do carries an act that must be accepted.
func (w *walk) do(who workflow.Actor, act workflow.Act) workflow.Decision {
	w.t.Helper()
	d, err := w.try(w.command(who, act))
	if err != nil {
		w.t.Fatalf("step %d%s: %s by %s refused: %v", w.c.Step, w.c.Stage, workflow.ActName(act), who.Name, err)
	}
	return d
}

// refused carries an act that must be refused with a code.
func (w *walk) refused(code workflow.Code, who workflow.Actor, act workflow.Act) {
	w.t.Helper()
	_ = w.refusal(code, who, act)
}

// refusal is refused for those who want to see what it says.
func (w *walk) refusal(code workflow.Code, who workflow.Actor, act workflow.Act) *workflow.Error {
	w.t.Helper()
	_, err := w.try(w.command(who, act))
	if workflow.CodeOf(err) != code {
		w.t.Fatalf("step %d%s: %s by %s: got %v, want %s", w.c.Step, w.c.Stage, workflow.ActName(act), who.Name, err, code)
	}
	refusal, _ := errors.AsType[*workflow.Error](err)
	return refusal
}

// after lets working time pass: "2 Jam", "1 Hari".
func (w *walk) after(budget string) *walk {
	w.t.Helper()
	b, err := workflow.ParseBudget(budget)
	if err != nil {
		w.t.Fatalf("budget %q: %v", budget, err)
	}
	w.now = w.cal.Due(w.now, b, nil)
	return w
}

// command is an act with the proof that it needs.
func (w *walk) command(who workflow.Actor, act workflow.Act) workflow.Command {
	return workflow.Command{Key: fmt.Sprintf("in-%d", len(w.entries)+1), Actor: who, Act: act, Proof: workflow.ProofTOTP}
}

// try carries a command and appends it to the history, refused or not.
func (w *walk) try(cmd workflow.Command) (workflow.Decision, error) {
	w.t.Helper()
	before, image := w.c, w.image()
	cmd.Numbers = w.numbersFor(w.c, cmd)
	d, err := workflow.Decide(w.def, w.c, cmd, w.now)
	if w.image() != image {
		w.t.Fatalf("%s changed the case that it was given", workflow.ActName(cmd.Act))
	}
	refusal, ok := errors.AsType[*workflow.Error](err)
	switch {
	case err != nil && !ok:
		w.t.Fatalf("%s: %v is no refusal", workflow.ActName(cmd.Act), err)
	case err != nil && !reflect.DeepEqual(d, workflow.Decision{Case: before}):
		w.t.Fatalf("refused %s changed the case or told somebody", workflow.ActName(cmd.Act))
	case err == nil:
		w.accept(d)
	}
	if w.c.Version > 0 || err == nil {
		w.append(d, cmd, refusal)
	}
	return d, err
}

// numbersFor reserves the numbers that a command needs: one for each letter, however
// often it is asked for.
func (w *walk) numbersFor(c workflow.Case, cmd workflow.Command) map[workflow.LetterID]workflow.Number {
	numbers := maps.Clone(cmd.Numbers)
	for _, id := range workflow.NumbersNeeded(w.def, c, cmd, w.now) {
		n, known := w.numbers[id]
		if !known {
			kind, _, _ := workflow.ParseLetterID(id)
			def, _ := w.def.Letter(kind)
			w.taken[def.Register]++
			n = workflow.Number{Register: def.Register, Year: 2026, Seq: w.taken[def.Register]}
			n.Text = fmt.Sprintf("503/%d/CONTOH/2026", n.Seq)
			w.numbers[id] = n
		}
		if numbers == nil {
			numbers = map[workflow.LetterID]workflow.Number{}
		}
		numbers[id] = n
	}
	return numbers
}

func (w *walk) accept(d workflow.Decision) {
	w.t.Helper()
	w.last = d
	for _, n := range d.Notices {
		addressed := 0
		for _, set := range []bool{n.Person != "", n.Officer != "", n.Role != ""} {
			if set {
				addressed++
			}
		}
		if addressed != 1 || n.Key == "" || strings.HasSuffix(n.Key, ".") {
			w.t.Fatalf("notice %+v", n)
		}
	}
}

func (w *walk) append(d workflow.Decision, cmd workflow.Command, refusal *workflow.Error) {
	w.t.Helper()
	next, facts := w.c, workflow.Facts{}
	if refusal == nil {
		next = d.Case.Derive(w.cal)
		facts = workflow.Facts{Dues: next.Dues(), Files: drawn(next, d.Redraw)}
	}
	next, entry, err := workflow.Append(next, cmd, refusal, facts, w.now)
	if err != nil {
		w.t.Fatalf("append %s: %v", workflow.ActName(cmd.Act), err)
	}
	w.c, w.entries = next, append(w.entries, entry)
}

// drawn makes up the files of the letters that were drawn anew.
func drawn(c workflow.Case, ids []workflow.LetterID) map[workflow.LetterID]workflow.LetterFile {
	files := map[workflow.LetterID]workflow.LetterFile{}
	for _, id := range ids {
		l, _ := c.Letter(id)
		file := workflow.File{SHA256: fmt.Sprintf("%s-%d-%d", id, l.Revision, c.Version), Name: string(id) + ".pdf", Type: "application/pdf", Size: 1}
		files[id] = workflow.LetterFile{File: file}
	}
	return files
}

// image is the case as JSON, its own copy.
func (w *walk) image() string { return asJSON(w.t, w.c) }

func asJSON(t tb, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return string(b)
}

// at asserts where the case is.
func (w *walk) at(step int, stage workflow.Stage) *walk {
	w.t.Helper()
	if w.c.Step != step || w.c.Stage != stage || !w.c.Open() {
		w.t.Fatalf("case is at step %d %q (end %q), want %d %q", w.c.Step, w.c.Stage, w.c.End, step, stage)
	}
	return w
}

// ended asserts how the case ended, and where.
func (w *walk) ended(end string, step int) {
	w.t.Helper()
	if w.c.End != end || w.c.Step != step || !w.c.Ended.Equal(w.now) {
		w.t.Fatalf("case ended %q at step %d at %v, want %q at %d", w.c.End, w.c.Step, w.c.Ended, end, step)
	}
}

// route is the numbers of the finished steps.
func (w *walk) route() []int {
	var out []int
	for _, run := range w.c.Trail {
		out = append(out, run.Step)
	}
	return out
}

// letter gives a letter that must be there.
func (w *walk) letter(id workflow.LetterID) workflow.Letter {
	w.t.Helper()
	l, ok := w.c.Letter(id)
	if !ok {
		w.t.Fatalf("no letter %s", id)
	}
	return l
}
