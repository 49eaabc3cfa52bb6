package workflow

import "time"

// Rung is one reminder of a procedure's ladder: its instant on a clock, and its
// audience.
type Rung struct {
	Clock ClockName
	When  When
	To    []Audience
}

// ClockName names one of a case's clocks, with the YAML word as value.
type ClockName string

// The clocks that have rungs: the step's own deadline, the charter's promise, and
// the time in which a clarification must be answered.
const (
	ClockStep    ClockName = "langkah"
	ClockService ClockName = "layanan"
	ClockReply   ClockName = "jawaban"
)

// When is an instant in the life of a clock. N is the percentage or the number of
// working days that Kind speaks of, else 0.
type When struct {
	Kind WhenKind
	N    int
}

// WhenKind is the reference point of a When, with the YAML wording as value.
type WhenKind string

// The kinds of instants.
const (
	// WhenUsed: N percent of the budget are used up. A budget of days has no such
	// instant worth a message; there it is the opening of the day on which it ends.
	WhenUsed WhenKind = "persen"
	// WhenDue: the budget is used up.
	WhenDue WhenKind = "batas"
	// WhenLate: N working days after that, at the same time of day.
	WhenLate WhenKind = "hari setelah batas"
	// WhenLeft: the opening of the day after which N working days are left.
	WhenLeft WhenKind = "hari sebelum batas"
	// WhenRun: the opening of the Nth working day of the clock.
	WhenRun WhenKind = "hari berjalan"
	// WhenMisfit: the times of the steps that are left no longer fit before the
	// deadline (ClockService).
	WhenMisfit WhenKind = "sisa langkah tidak cukup"
)

// Audience is the addressee of a rung: one of the words below, or a role.
type Audience string

// The audiences that depend on the case, with the YAML word as value.
const (
	ToHolder       Audience = "pelaksana"    // the task's holder; if nobody holds it, the role that the case waits for
	ToSuperior     Audience = "atasan"       // of the role that the case waits for
	ToNextSuperior Audience = "atasan kedua" // the superior's superior
	ToApplicant    Audience = "pemohon"
)

// DefaultLadder is the ladder of a procedure that names none. The charter's rungs
// go to the roles of chain, from the lower to the higher.
func DefaultLadder(chain []Role) []Rung {
	var heads []Audience
	for _, r := range chain {
		heads = append(heads, Audience(r))
	}
	return []Rung{
		{ClockStep, When{WhenUsed, 75}, []Audience{ToHolder}},
		{ClockStep, When{Kind: WhenDue}, []Audience{ToHolder}},
		{ClockStep, When{WhenLate, 1}, []Audience{ToSuperior}},
		{ClockStep, When{WhenLate, 2}, []Audience{ToNextSuperior}},
		{ClockService, When{Kind: WhenMisfit}, heads},
		{ClockService, When{WhenLeft, 3}, heads},
		{ClockService, When{WhenLeft, 1}, heads},
		{ClockService, When{Kind: WhenDue}, heads},
		{ClockReply, When{WhenRun, 7}, []Audience{ToApplicant}},
		{ClockReply, When{WhenRun, 12}, []Audience{ToApplicant}},
	}
}

// WorkingTime is the office's calendar.
type WorkingTime interface {
	Calendar
	// NextOpen is t itself if the office is open then, else its next opening.
	NextOpen(t time.Time) time.Time
	// IsWorkingDay tells whether the office opens at all on t's date.
	IsWorkingDay(t time.Time) bool
	// DayClose is the time at which the office closes on t's date; not ok if it does not open.
	DayClose(t time.Time) (closing time.Time, ok bool)
	// WorkingDaysBetween counts the closes of business in (a, b].
	WorkingDaysBetween(a, b time.Time) int
	// Used is the working time between two instants without the pauses.
	Used(from, to time.Time, pauses []Span) time.Duration
}

// Head is the role without a superior, the head of the office; "" if none is.
func (s *SOP) Head() Role {
	for _, r := range s.Roles {
		if r.Superior == "" && r.Role != RoleApplicant {
			return r.Role
		}
	}
	return ""
}

// Heads lists the head of the office and the roles directly below it.
func (s *SOP) Heads() []Role {
	head := s.Head()
	out := []Role{head}
	for _, r := range s.Roles {
		if r.Superior == head && head != "" {
			out = append(out, r.Role)
		}
	}
	return out
}

// Above lists the superiors of a role, the nearest first.
func (s *SOP) Above(role Role) []Role {
	var out []Role
	for range s.Roles {
		def, ok := s.RoleDef(role)
		if !ok || def.Superior == "" {
			break
		}
		role = def.Superior
		out = append(out, role)
	}
	return out
}

// FirstCheck is the role that first checks a file, and so deals with applicants; "" if
// no step checks one.
func (s *SOP) FirstCheck() Role {
	for _, step := range s.Steps {
		if step.Kind == KindCheck {
			return step.Role
		}
	}
	return ""
}

// Chain lists the role that first checks a file's superiors, from the nearest to
// the head: those who answer for the charter's promise.
func (s *SOP) Chain() []Role {
	if role := s.FirstCheck(); role != "" {
		return s.Above(role)
	}
	if head := s.Head(); head != "" {
		return []Role{head}
	}
	return nil
}

// Ahead lists the steps from one on, along the way that leads to the permit, or
// from a refused case's step to its end.
func (s *SOP) Ahead(from int) []Step {
	var out []Step
	seen := map[int]bool{}
	for no := from; no != 0 && !seen[no]; {
		step, ok := s.Step(no)
		if !ok {
			break
		}
		seen[no] = true
		out = append(out, step)
		no = step.hoped().To
	}
	return out
}

// hoped is the branch that leads on.
func (st Step) hoped() Branch {
	for _, o := range []Outcome{OutcomeNext, OutcomeComplete, OutcomeRecommended} {
		if b, ok := st.Branch(o); ok {
			return b
		}
	}
	return Branch{}
}
