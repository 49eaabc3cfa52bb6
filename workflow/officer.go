package workflow

import (
	"slices"
	"time"
)

// Actor is a snapshot of a person or officer at the time of an act, as it is printed and
// kept: a letter does not change when the officer's data do.
type Actor struct {
	Person  PersonID  `json:"person,omitempty"`
	Officer OfficerID `json:"officer,omitempty"` // empty for applicants and the system
	Role    Role      `json:"role"`              // the role acted in
	Name    string    `json:"name"`
	NIP     string    `json:"nip,omitempty"`
	Rank    string    `json:"rank,omitempty"`   // pangkat/golongan
	Title   string    `json:"title,omitempty"`  // jabatan as printed
	Acting  string    `json:"acting,omitempty"` // "Plh." or "Plt." for a stand-in
}

// Shown gives the actor's name as people read it: "Plh. Kepala Dinas (Nama CONTOH)".
func (a Actor) Shown() string {
	title := a.Title
	if title == "" {
		return a.Name
	}
	if a.Acting != "" {
		title = a.Acting + " " + title
	}
	return title + " (" + a.Name + ")"
}

// System is the actor of the program's own acts.
func System() Actor { return Actor{Role: RoleSystem, Name: "Sistem"} }

// Officer is an employee of the office.
type Officer struct {
	ID       OfficerID `json:"id"`
	Version  int       `json:"version"`          // guards every save; 0 for a new one
	Person   PersonID  `json:"person,omitempty"` // empty until the invitation was accepted
	Name     string    `json:"name"`
	NIP      string    `json:"nip,omitempty"`
	Rank     string    `json:"rank,omitempty"`
	Title    string    `json:"title,omitempty"`
	Roles    []Role    `json:"roles"`
	Disabled bool      `json:"disabled,omitempty"`
	OTP      OTP       `json:"otp,omitzero"`
	// Invited is the hash of the only invitation code that is good for him; empty: none.
	Invited string    `json:"invited,omitempty"`
	Joined  time.Time `json:"joined,omitzero"` // when Person accepted the invitation
	// Barred is when he was disabled last. Dialogues, links and buttons from before
	// stay void after he was enabled again.
	Barred time.Time `json:"barred,omitzero"`
}

// Disable takes all rights from the officer at now. His invitation is void, and every
// dialogue that he has open.
func (o Officer) Disable(now time.Time) Officer {
	o.Disabled, o.Barred, o.Invited = true, now, ""
	return o
}

// Enable gives the officer's rights back, in the chat that he joined with.
func (o Officer) Enable() Officer {
	o.Disabled = false
	return o
}

// Expel disables an officer whose invitation was accepted by somebody else: that
// person is an officer no more, even if the officer is enabled again, and the one-time
// codes that he may have set up prove nothing.
func (o Officer) Expel(now time.Time) Officer {
	o = o.Disable(now)
	o.Person, o.Joined, o.OTP = "", time.Time{}, OTP{}
	return o
}

// Since tells whether something that was begun at an instant was begun with the rights
// that the officer has now.
func (o Officer) Since(begun time.Time) bool { return o.Barred.IsZero() || begun.After(o.Barred) }

// HasRole tells whether the officer holds a role in his own right.
func (o Officer) HasRole(role Role) bool {
	return slices.Contains(o.Roles, role)
}

// OTP is the state of an officer's one-time codes (TOTP, RFC 6238).
type OTP struct {
	Secret    []byte    `json:"secret,omitempty"`    // encrypted; empty until set up
	Confirmed bool      `json:"confirmed,omitempty"` // a first code was entered
	Last      int64     `json:"last,omitempty"`      // time step of the last accepted code: none at or before it is taken again
	LastKey   string    `json:"last_key,omitempty"`  // inbound that it was accepted for, so that a repeat of it stays accepted
	Tries     int       `json:"tries,omitempty"`     // wrong codes in a row
	Locked    time.Time `json:"locked,omitzero"`     // no code is taken before
	Locks     int       `json:"locks,omitempty"`     // locks since the last right code; each next one is longer
}

// Delegation makes Deputy a stand-in for Principal in one role (rule 11).
type Delegation struct {
	ID        string    `json:"id"`
	Version   int       `json:"version"`
	Kind      string    `json:"kind"` // "Plh." or "Plt."
	Role      Role      `json:"role"`
	Principal OfficerID `json:"principal"`
	Deputy    OfficerID `json:"deputy"`
	From      time.Time `json:"from"`
	To        time.Time `json:"to"` // exclusive
	Cancelled time.Time `json:"cancelled,omitzero"`
}

// Active tells whether the delegation holds at now.
func (d Delegation) Active(now time.Time) bool {
	return d.Cancelled.IsZero() && !now.Before(d.From) && now.Before(d.To)
}

// As gives the officer as the actor of a role at now: in his own right, or as a
// stand-in by one of the delegations. It fails with [CodeForbidden] if he holds
// the role in neither way, or is disabled, and with [CodeStoodIn] while somebody stands in
// for him: there is one who may sign.
func (o Officer) As(role Role, title string, delegations []Delegation, now time.Time) (Actor, error) {
	if o.Disabled {
		return Actor{}, Refuse(CodeForbidden, string(role))
	}
	actor := Actor{Person: o.Person, Officer: o.ID, Role: role, Name: o.Name, NIP: o.NIP, Rank: o.Rank, Title: title}
	if o.HasRole(role) {
		for _, d := range delegations {
			if d.Principal == o.ID && d.Role == role && d.Active(now) {
				return Actor{}, &Error{Code: CodeStoodIn, Field: d.Kind, By: string(d.Deputy), At: d.To.Add(-time.Minute).Format(time.RFC3339)}
			}
		}
		if o.Title != "" {
			actor.Title = o.Title
		}
		return actor, nil
	}
	for _, d := range delegations {
		if d.Deputy == o.ID && d.Role == role && d.Active(now) {
			actor.Acting = d.Kind
			return actor, nil
		}
	}
	return Actor{}, Refuse(CodeForbidden, string(role))
}
