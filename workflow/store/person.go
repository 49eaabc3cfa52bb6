package store

import (
	"context"

	"izinbot/workflow"
)

// PersonNow gives the person that an id means now: himself, or who he turned out to
// be (workflow.Person.Into). CodeNotFound.
func PersonNow(ctx context.Context, people interface {
	Person(ctx context.Context, id workflow.PersonID) (workflow.Person, error)
}, id workflow.PersonID,
) (workflow.Person, error) {
	p, err := people.Person(ctx, id)
	for range workflow.MaxAddresses {
		if err != nil || p.Into == "" {
			break
		}
		p, err = people.Person(ctx, p.Into)
	}
	return p, err
}
