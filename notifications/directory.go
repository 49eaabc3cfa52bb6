package notifications

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// directory lists the officers at an instant, and whether they can be reached.
type directory struct {
	people      store.People
	now         time.Time
	officers    []workflow.Officer
	delegations []workflow.Delegation
	known       map[workflow.PersonID]store.Person
}

func openDirectory(ctx context.Context, people store.People, now time.Time) (*directory, error) {
	d := &directory{people: people, now: now, known: map[workflow.PersonID]store.Person{}}
	var err error
	if d.officers, err = people.Officers(ctx); err != nil {
		return nil, fmt.Errorf("list officers: %w", err)
	}
	if d.delegations, err = people.Delegations(ctx, now); err != nil {
		return nil, fmt.Errorf("list delegations: %w", err)
	}
	return d, nil
}

// person gives somebody who can be written to.
func (d *directory) person(ctx context.Context, id workflow.PersonID) (store.Person, bool, error) {
	p, ok := d.known[id]
	if !ok {
		var err error
		p, err = store.PersonNow(ctx, d.people, id)
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			return p, false, fmt.Errorf("load person: %w", err)
		}
		d.known[id] = p
	}
	return p, len(p.Addresses) > 0, nil
}

// can tells whether an officer has a role now, in his own right or as a stand-in; he may be
// away.
func (d *directory) can(o workflow.Officer, role workflow.Role) bool {
	_, err := o.As(role, "", d.delegations, d.now)
	return err == nil || workflow.CodeOf(err) == workflow.CodeStoodIn
}

// away tells whether somebody stands in for an officer in a role now.
func (d *directory) away(id workflow.OfficerID, role workflow.Role) bool {
	return slices.ContainsFunc(d.delegations, func(g workflow.Delegation) bool {
		return g.Principal == id && g.Role == role && g.Active(d.now) && d.reachable(g.Deputy)
	})
}

func (d *directory) reachable(id workflow.OfficerID) bool {
	return slices.ContainsFunc(d.officers, func(o workflow.Officer) bool { return o.ID == id && o.Person != "" && !o.Disabled })
}

// inRole lists who should hear what concerns a role: those who may act in it, but
// for those who are away.
func (d *directory) inRole(role workflow.Role) []workflow.Officer {
	var out []workflow.Officer
	for _, o := range d.officers {
		if o.Person != "" && d.can(o, role) && !d.away(o.ID, role) {
			out = append(out, o)
		}
	}
	return out
}

// audience gives the officers for an addressee. Nobody in a role means that those
// above it hear it.
func (d *directory) audience(def *workflow.SOP, n workflow.Notice) []workflow.Officer {
	if n.Officer != "" && !d.away(n.Officer, n.Role) {
		for _, o := range d.officers {
			if o.ID == n.Officer && o.Person != "" && !o.Disabled {
				return []workflow.Officer{o}
			}
		}
	}
	if n.Role == "" {
		return nil // the case has ended: nobody has his part
	}
	for _, role := range append([]workflow.Role{n.Role}, def.Above(n.Role)...) {
		if list := d.inRole(role); len(list) > 0 {
			return list
		}
	}
	return d.inRole(workflow.RoleAdmin)
}

// nearest gives the first of some roles in which somebody works besides one person, or
// the nearest above them, or else the admins.
func (d *directory) nearest(def *workflow.SOP, roles []workflow.Role, besides workflow.PersonID) (workflow.Role, []workflow.Officer) {
	var all []workflow.Role
	for _, role := range roles {
		all = append(append(all, role), def.Above(role)...)
	}
	for _, role := range append(all, workflow.RoleAdmin) {
		list := slices.DeleteFunc(d.inRole(role), func(o workflow.Officer) bool { return o.Person == besides })
		if len(list) > 0 {
			return role, list
		}
	}
	return "", nil
}

// staff is another text whenever somebody comes or goes.
func (d *directory) staff() string {
	var b strings.Builder
	for _, o := range d.officers {
		fmt.Fprintf(&b, "%s %d\n", o.ID, o.Version)
	}
	for _, g := range d.delegations {
		if g.Active(d.now) {
			fmt.Fprintf(&b, "%s\n", g.ID)
		}
	}
	return b.String()
}

// empty lists the roles of a procedure in which nobody works.
func (d *directory) empty(def *workflow.SOP) []workflow.Role {
	var out []workflow.Role
	for _, r := range def.Roles {
		if r.Role != workflow.RoleApplicant && len(d.inRole(r.Role)) == 0 {
			out = append(out, r.Role)
		}
	}
	return out
}
