package mongostore

import (
	"context"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

// claimDoc is a name that a unit of work took.
type claimDoc struct {
	Head `bson:",inline"`
	At   int64 `bson:"at"`
}

// remind takes the unit of work's claims and calls, and moves its looks.
func (st *stage) remind(ctx context.Context, t store.UnitOfWork) error {
	for _, name := range t.Claims {
		at := place{claims, name}
		doc, err := staged[claimDoc](ctx, st, at)
		if err != nil {
			return err
		}
		if doc.V > 0 {
			return workflow.Refuse(workflow.CodeDuplicate, "claim")
		}
		doc.V, doc.At = 1, st.now
		st.touch(at)
	}
	for _, c := range t.Calls {
		if err := st.call(ctx, c); err != nil {
			return err
		}
	}
	for _, l := range t.Looks {
		if err := st.look(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (st *stage) look(ctx context.Context, l store.Look) error {
	at := place{cases, string(l.Case)}
	doc, err := staged[caseDoc](ctx, st, at)
	if err != nil {
		return err
	}
	switch {
	case l.Version > 0 && doc.Version != int64(l.Version):
		return workflow.Refuse(workflow.CodeConflict, "case")
	case doc.Version == 0: // there is no such case
		return nil
	}
	doc.Check = kept.Nanos(l.At)
	st.touch(at)
	return nil
}
