package workflow

import "time"

// Claim takes the open task, so that no colleague does it twice.
type Claim struct{}

func (Claim) name() string { return "claim" }

func (Claim) rule() rule { return rule{at: withOffice(), actor: byPerformer} }

func (Claim) apply(t *transition) error {
	t.hold()
	return nil
}

// withOffice gives the positions in which the case waits for an officer.
func withOffice() []position {
	return []position{{stage: StageWork}, {stage: StageSign}, {stage: StageApprove}}
}

// hold gives the task to the actor, unless somebody holds it.
func (t *transition) hold() {
	if t.c.Holder == nil {
		t.c.Holder = t.held(t.cmd.Actor)
	}
}

// HandOver gives the task to a colleague of the same role, or back to the role if To is
// nil.
type HandOver struct {
	To   *Actor `json:"to,omitempty"`
	Note string `json:"note,omitempty"`
}

func (HandOver) name() string { return "hand_over" }

func (HandOver) rule() rule { return rule{actor: byHolder, shared: true} }

func (a HandOver) apply(t *transition) error {
	if t.c.Stage == StageWaiting || t.performer() == RoleApplicant {
		return Refuse(CodeWaiting, "")
	}
	note, err := optional(a.Note, "note")
	if err != nil {
		return err
	}
	if a.To == nil {
		t.c.Holder = nil
		t.tell(Notice{Role: t.performer(), Key: "task.given_back", Note: note})
		return nil
	}
	if a.To.Officer == "" || a.To.Role != t.performer() {
		return Refuse(CodeForbidden, string(t.performer()))
	}
	t.c.Holder = t.held(*a.To)
	t.tell(Notice{Officer: a.To.Officer, Key: "task.handed_over", Note: note})
	return nil
}

// mayHandOver tells whether the actor holds the task, or may take it.
func (t *transition) mayHandOver() bool {
	if !t.officerAs(t.performer()) {
		return false
	}
	return t.c.Holder == nil || t.c.Holder.By.Officer == t.cmd.Actor.Officer
}

// Release gives the task back to the role, because its holder can no longer do it: he
// is disabled, is away with a stand-in, or stands in no longer. The role and its
// superior are told.
type Release struct {
	Reason string `json:"reason"`
}

func (Release) name() string { return "release" }

func (Release) rule() rule { return rule{at: withOffice(), actor: bySystem, shared: true} }

func (a Release) apply(t *transition) error {
	if t.c.Holder == nil {
		return Refuse(CodeAlreadyDone, "")
	}
	reason, err := required(a.Reason)
	if err != nil {
		return err
	}
	t.c.Holder = nil
	t.tell(Notice{Role: t.performer(), Key: "task.given_back", Note: reason})
	if above := t.superior(); above != "" {
		t.tell(Notice{Role: above, Key: "task.left", Note: reason})
	}
	return nil
}

// superior is the role above the performer's; "" if there is none.
func (t *transition) superior() Role {
	def, _ := t.def.RoleDef(t.performer())
	return def.Superior
}

// Promise is the answer "saya kerjakan hari ini" to a reminder. It takes the task,
// and reminders of the officer's own wait until Until, the day's close of business;
// his superiors still hear everything, and the promise too.
type Promise struct {
	Until time.Time `json:"until"`
}

func (Promise) name() string { return "promise" }

func (Promise) rule() rule { return rule{at: withOffice(), actor: byPerformer} }

func (a Promise) apply(t *transition) error {
	if !a.Until.After(t.now) {
		return Refuse(CodeInvalid, "until")
	}
	t.hold()
	t.c.Promise = &Promised{Until: a.Until.UTC(), Mark: t.mark()}
	return nil
}

// Promised is a promise with its giver and its instant.
type Promised struct {
	Until time.Time `json:"until"`
	Mark
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
