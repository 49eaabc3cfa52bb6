package workflow_test

import (
	"slices"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/workflowtest"
)

// laws must hold of every case after every command. It keeps what it must
// remember of earlier moments.
type laws struct {
	w       *walk
	waits   []workflow.Span                           // times in which only the applicant was waited for
	step    int                                       // how many of them were over when the step began,
	service int                                       // and when the charter clock did
	due     map[string]time.Time                      // last due instant of the step's and the charter clock
	numbers map[workflow.Number]workflow.NumberStatus // what became of each number
}

func newLaws(w *walk) *laws {
	return &laws{w: w, due: map[string]time.Time{}, numbers: map[workflow.Number]workflow.NumberStatus{}}
}

// hold checks one accepted command, from the case before it.
func (l *laws) hold(before workflow.Case, cmd workflow.Command) {
	l.w.t.Helper()
	if before.Version > 0 {
		if why := workflowtest.MayNot(l.w.def, before, cmd, l.w.now); why != "" {
			l.w.t.Fatalf("step %d%s: %s by %s was accepted, but %s", before.Step, before.Stage, workflow.ActName(cmd.Act), cmd.Actor.Name, why)
		}
	}
	l.route(before)
	l.clocks(before)
	l.letters(before)
	l.register()
}

// route: the finished steps follow the table's branches from the first on, and the
// case stands where they lead. Each command ends one step at most.
func (l *laws) route(before workflow.Case) {
	l.w.t.Helper()
	c, def, first := l.w.c, l.w.def, l.w.def.First().No
	at := first
	for i, run := range c.Trail {
		step, _ := def.Step(at)
		if asked, ok := step.Branch(workflow.OutcomeIncomplete); i > 0 && ok && run.Step == asked.To {
			continue // the applicant's answer goes back to the step that asked
		}
		branch, ok := step.Branch(run.Outcome)
		if run.Step != at || !ok {
			l.w.t.Fatalf("route %v: step %d with %s does not follow, want %d", l.w.route(), run.Step, run.Outcome, at)
		}
		if branch.End != "" && (i+1 != len(c.Trail) || c.End != branch.End) {
			l.w.t.Fatalf("route %v goes on after the end %s (%s)", l.w.route(), branch.End, c.End)
		}
		if branch.End == "" {
			at = branch.To
		}
	}
	waiting := c.Step == first && c.Asker == at && (c.Stage == workflow.StageWaiting || !c.Open())
	if c.Step != at && !waiting {
		l.w.t.Fatalf("route %v leads to %d, but the case is at %d (asked by %d)", l.w.route(), at, c.Step, c.Asker)
	}
	n := len(before.Trail)
	if len(c.Trail) < n || len(c.Trail) > n+1 || n > 0 && asJSON(l.w.t, c.Trail[:n]) != asJSON(l.w.t, before.Trail) {
		l.w.t.Fatalf("the trail was rewritten or two steps ended at once: %v", l.w.route())
	}
}

// clocks: none is reset; they stand still exactly while the applicant is waited
// for; no due instant moves earlier.
func (l *laws) clocks(before workflow.Case) {
	l.w.t.Helper()
	c := l.w.c
	l.wait(c)
	if was, is := before.ServiceClock, c.ServiceClock; !was.Start.IsZero() && (!is.Start.Equal(was.Start) || is.Budget != was.Budget ||
		!was.Stop.IsZero() && !is.Stop.Equal(was.Stop)) {
		l.w.t.Fatalf("the charter clock was reset: %+v, was %+v", is, was)
	}
	if len(c.Trail) == len(before.Trail) && before.Version > 0 && !c.StepClock.Start.Equal(before.StepClock.Start) {
		l.w.t.Fatalf("the step's clock was reset within step %d", c.Step)
	}
	if len(c.Trail) > len(before.Trail) && before.Stage != workflow.StageWaiting {
		l.step = len(l.waits)
		delete(l.due, "step")
	}
	if before.ServiceClock.Start.IsZero() {
		l.service = len(l.waits)
	}
	if c.End == "" || c.End == workflow.EndUnanswered {
		l.clock("step", c.StepClock, l.waits[l.step:])
	}
	l.clock("service", c.ServiceClock, l.waits[l.service:])
}

// clock checks one clock against the times that it must have stood still.
func (l *laws) clock(name string, k workflow.Clock, waits []workflow.Span) {
	l.w.t.Helper()
	if k.Start.IsZero() {
		return
	}
	if !slices.EqualFunc(k.Pauses, waits, func(a, b workflow.Span) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }) {
		l.w.t.Fatalf("the %s clock paused %v, the applicant was waited for %v", name, k.Pauses, waits)
	}
	if k.Running() == k.Due.IsZero() {
		l.w.t.Fatalf("the %s clock: running %v, due %v", name, k.Running(), k.Due)
	}
	if k.Due.IsZero() {
		return // it will be due again after the pause, not earlier than before
	}
	if k.Due.Before(l.due[name]) {
		l.w.t.Fatalf("the %s deadline moved earlier, from %v to %v", name, l.due[name], k.Due)
	}
	l.due[name] = k.Due
}

// wait notes the times in which only the applicant is waited for. A file that was
// closed unanswered still waits; it can be reopened.
func (l *laws) wait(c workflow.Case) {
	now := l.w.now.UTC()
	waits := c.Stage == workflow.StageWaiting
	if v := c.Visit; c.Open() && c.Stage == workflow.StageApprove && v.Agreed == nil && v.Absent == nil {
		step, _ := l.w.def.Step(c.Step)
		spt, _ := c.Letter("perintah_tugas")
		named := len(slices.Collect(linesOf(spt.Fields[workflow.TeamNamesField])))
		waits = len(v.Approved) >= min(step.Approvals, max(named, 1))
	}
	open := len(l.waits) > 0 && l.waits[len(l.waits)-1].To.IsZero()
	switch {
	case waits && !open:
		l.waits = append(l.waits, workflow.Span{From: now})
	case !waits && open:
		l.waits[len(l.waits)-1].To = now
	}
}

// letters: nothing with a register is signed without its number; a number stays; at
// most three paraf go before the signature; what was signed stays as it is.
func (l *laws) letters(before workflow.Case) {
	l.w.t.Helper()
	for _, letter := range l.w.c.Letters {
		def, _ := l.w.def.Letter(letter.Kind)
		if own := letter.Fields[workflow.OwnNumberField] != ""; def.Register != "" && !own && letter.Signed != nil && letter.Number == nil {
			l.w.t.Fatalf("%s was signed without a number", letter.ID)
		}
		if len(letter.Initials) > 3 {
			l.w.t.Fatalf("%s has %d paraf", letter.ID, len(letter.Initials))
		}
		was, ok := before.Letter(letter.ID)
		if !ok {
			continue
		}
		if was.Number != nil && (letter.Number == nil || *letter.Number != *was.Number) {
			l.w.t.Fatalf("the number of %s changed from %v to %v", letter.ID, was.Number, letter.Number)
		}
		if was.Signed != nil && (letter.Revision != was.Revision || letter.Status == workflow.LetterVoid) {
			l.w.t.Fatalf("%s was changed after it was signed", letter.ID)
		}
	}
	if len(l.w.c.Letters) < len(before.Letters) {
		l.w.t.Fatalf("a letter is gone")
	}
}

// register: a number is reserved once, then issued or void; none stays reserved
// when the case has ended.
func (l *laws) register() {
	l.w.t.Helper()
	for _, n := range l.w.last.Numbers {
		was := l.numbers[n.Number]
		fits := was == "" && n.Status == workflow.NumberReserved || was == workflow.NumberReserved && n.Status != workflow.NumberReserved
		letter, _ := l.w.c.Letter(n.Letter)
		has := letter.Number
		if n.Letter == workflow.AgendaLetter {
			has = l.w.c.Agenda
		}
		if !fits || has == nil || *has != n.Number {
			l.w.t.Fatalf("number %v of %s goes from %q to %q", n.Number, n.Letter, was, n.Status)
		}
		l.numbers[n.Number] = n.Status
	}
	for n, status := range l.numbers {
		if !l.w.c.Open() && l.w.c.End != workflow.EndUnanswered && status == workflow.NumberReserved {
			l.w.t.Fatalf("the case ended %s with number %v reserved", l.w.c.End, n)
		}
	}
}
