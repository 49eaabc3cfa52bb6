package workflow

import "time"

// Promise is the answer "saya kerjakan hari ini" to a reminder. It takes the task,
// and reminders of the officer's own wait until Until, the day's close of business;
// his superiors still hear everything, and the promise too.
type Promise struct {
	Until time.Time `json:"until"`
}

func (Promise) act() string { return "promise" }

// Promised is a promise with who gave it and when.
type Promised struct {
	Until time.Time `json:"until"`
	Mark
}

func (m *move) promise(a Promise) error {
	if !a.Until.After(m.now) {
		return Refuse(CodeInvalid, "until")
	}
	m.hold()
	m.c.Promise = &Promised{Until: a.Until.UTC(), Mark: m.mark()}
	return nil
}

// Promised gives the promise that holds: that of the officer who has the task,
// given since he took it.
func (c Case) Promised() (Promised, bool) {
	p, h := c.Promise, c.Holder
	if p == nil || h == nil || p.By.Officer != h.By.Officer || p.At.Before(h.At) || p.At.Before(c.StepClock.Start) {
		return Promised{}, false
	}
	return *p, true
}

// Expect records when the office's own history lets the letter be expected, and
// tells the applicant if he was given another estimate before.
type Expect struct {
	At   time.Time `json:"at"`   // by the median of each step
	Late time.Time `json:"late"` // four out of five are done by then
}

func (Expect) act() string { return "expect" }

// Expected is the last estimate.
type Expected struct {
	At    time.Time `json:"at"`
	Late  time.Time `json:"late"`
	Since time.Time `json:"since"` // when it was made
}

func (m *move) expect(a Expect) error {
	if a.At.IsZero() || a.Late.Before(a.At) {
		return Refuse(CodeInvalid, "at")
	}
	if m.c.Expected != nil {
		m.tell(Notice{Person: m.c.Applicant, Key: "told.estimate"})
	}
	m.c.Expected = &Expected{At: a.At.UTC(), Late: a.Late.UTC(), Since: m.now}
	return nil
}

// reschedule records why deadlines moved, and tells who has the task if its own did.
func (m *move) reschedule(a Reschedule) error {
	reason, err := required(a.Reason)
	if err != nil || !a.Moved || m.performer() == RoleApplicant || m.c.Stage == StageWaiting {
		return err
	}
	n := Notice{Role: m.performer(), Key: "task.rescheduled", Note: reason}
	if h := m.c.Holder; h != nil {
		n.Role, n.Officer = "", h.By.Officer
	}
	m.tell(n)
	return nil
}

// Release gives the task back to the role, because who had it can no longer do it:
// he is disabled, is away with a stand-in, or stands in no longer. The role and its
// superior are told.
type Release struct {
	Reason string `json:"reason"`
}

func (Release) act() string { return "release" }

func (m *move) releaseTask(a Release) error {
	if m.c.Holder == nil {
		return Refuse(CodeAlreadyDone, "")
	}
	reason, err := required(a.Reason)
	if err != nil {
		return err
	}
	m.c.Holder = nil
	m.tell(Notice{Role: m.performer(), Key: "task.given_back", Note: reason})
	if above := m.superior(); above != "" {
		m.tell(Notice{Role: above, Key: "task.left", Note: reason})
	}
	return nil
}
