package workflow

import "slices"

// Called records that the applicant, whom no message reaches, was called by
// telephone, and with what result. The case stays as it is.
type Called struct {
	Note string `json:"note"`
}

func (Called) act() string { return "called" }

func (m *move) called(a Called) error {
	_, err := required(a.Note)
	return err
}

// mayCall tells whether the actor deals with applicants: he is of the role that first
// checks files, or above it.
func (m *move) mayCall() bool {
	role := m.def.FirstCheck()
	return m.officerAs(role) || m.officerAs(m.cmd.Actor.Role) && slices.Contains(m.def.Above(role), m.cmd.Actor.Role)
}
