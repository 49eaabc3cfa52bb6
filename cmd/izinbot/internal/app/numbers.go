package app

import (
	"context"
	"fmt"

	"izinbot/workflow"
)

// pageOfCases is the number of cases that are listed at once.
const pageOfCases = 500

// checkNumbers refuses formats under which two letters could get the same number: letters of
// the procedure for new cases, and of each older version that an open case still uses.
func (p *Program) checkNumbers(ctx context.Context) error {
	all, err := p.Desk.Library.All(ctx)
	if err != nil {
		return err
	}
	var checked []*workflow.SOP
	for _, def := range all {
		alike := p.Office.CheckNumbers(append(checked, def)...)
		if alike == nil {
			checked = append(checked, def)
			continue
		}
		used := def == p.Desk.Library.Current()
		if !used { // whether cases use it is asked only now, for they are all read for it
			if used, err = p.hasOpenCase(ctx, def.Ref); err != nil {
				return err
			}
		}
		if used {
			return fmt.Errorf("SOP %s versi %s: %w", def.Ref.Name, def.Ref.Version, alike)
		}
	}
	return nil
}

// hasOpenCase tells whether an open case began with a version of a procedure.
func (p *Program) hasOpenCase(ctx context.Context, ref workflow.SOPRef) (bool, error) {
	for after := workflow.CaseID(""); ; {
		ids, err := p.Store.CaseIDs(ctx, after, pageOfCases)
		if err != nil {
			return false, fmt.Errorf("list cases: %w", err)
		}
		for _, id := range ids {
			c, err := p.Store.Case(ctx, id)
			if workflow.CodeOf(err) == workflow.CodeDamaged {
				continue
			}
			if err != nil {
				return false, fmt.Errorf("case %s: %w", id, err)
			}
			if c.SOP == ref && c.Open() {
				return true, nil
			}
		}
		if len(ids) < pageOfCases {
			return false, nil
		}
		after = ids[len(ids)-1]
	}
}
