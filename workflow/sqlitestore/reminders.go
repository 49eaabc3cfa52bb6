package sqlitestore

import (
	"context"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const (
	sqlClaimed     query = `SELECT key FROM claims WHERE key >= ? AND key < ? ORDER BY key`
	sqlLastClaimed query = `SELECT key FROM claims WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 1`
	sqlHeld        query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.role = ? AND t.role <> '' AND t.holder = ? ORDER BY t.due, t.id LIMIT ?`
	sqlTaskCounts query = `SELECT role, count(*), sum(due < ?) FROM tasks WHERE role <> '' GROUP BY role`
	sqlMilestones query = `SELECT case_id, sop, kind, step, outcome, at, used FROM milestones
		WHERE at >= ? AND at < ? ORDER BY at, n LIMIT ?`
	sqlStepTimes query = `SELECT used FROM milestones WHERE sop = ? AND step = ? AND kind = 'run' ORDER BY at DESC LIMIT ?`

	sqlClaimOnce query = `INSERT INTO claims (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING`
	sqlLook      query = `UPDATE tasks SET check_at = ?1
		WHERE n = (SELECT n FROM cases WHERE id = ?2 AND (?3 = 0 OR version = ?3))`
	sqlMilestone query = `INSERT INTO milestones (case_id, sop, kind, step, outcome, at, used) VALUES (?, ?, ?, ?, ?, ?, ?)`
)

func reminderReads() []query {
	return []query{sqlClaimed, sqlLastClaimed, sqlCalls, sqlHeld, sqlTaskCounts, sqlMilestones, sqlStepTimes}
}

func reminderWrites() []query {
	return []query{sqlClaimOnce, sqlAskForCall, sqlCallWasMade, sqlLook, sqlMilestone}
}

// afterAll sorts after every text that begins with what it is added to.
const afterAll = "\U0010FFFF"

// Claimed implements [store.Reminders].
func (s *Store) Claimed(ctx context.Context, prefix string) ([]string, error) {
	return many(ctx, s, "claims", sqlClaimed, []any{prefix, prefix + afterAll}, scanText)
}

// LastClaimed implements [store.Reminders].
func (s *Store) LastClaimed(ctx context.Context, prefix string) (name string, err error) {
	return name, s.one(ctx, "claim", sqlLastClaimed, []any{prefix, prefix + afterAll}, &name)
}

// Held implements [store.Reminders].
func (s *Store) Held(ctx context.Context, role workflow.Role, holder workflow.OfficerID, limit int) ([]store.TaskRow, error) {
	return many(ctx, s, "tasks", sqlHeld, []any{role, holder, limit}, scanTask)
}

// TaskCounts implements [store.Reminders].
func (s *Store) TaskCounts(ctx context.Context, now time.Time) ([]store.TaskCount, error) {
	return many(ctx, s, "tasks", sqlTaskCounts, []any{kept.Nanos(now)}, func(row scanner) (store.TaskCount, error) {
		var c store.TaskCount
		return c, row.Scan(&c.Role, &c.Open, &c.Late)
	})
}

// Milestones implements [store.Reminders].
func (s *Store) Milestones(ctx context.Context, from, to time.Time, limit int) ([]store.Milestone, error) {
	return many(ctx, s, "milestones", sqlMilestones, []any{kept.Nanos(from), kept.Nanos(to), limit}, func(row scanner) (store.Milestone, error) {
		var m store.Milestone
		var at int64
		err := row.Scan(&m.Case, &m.SOP, &m.Kind, &m.Step, &m.Outcome, &at, &m.Used)
		m.At = kept.Instant(at)
		return m, err
	})
}

// StepTimes implements [store.Reminders].
func (s *Store) StepTimes(ctx context.Context, sop string, step, limit int) ([]time.Duration, error) {
	return many(ctx, s, "milestones", sqlStepTimes, []any{sop, step, limit}, func(row scanner) (d time.Duration, err error) {
		err = row.Scan(&d)
		return d, err
	})
}

func scanText(row scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

// remind takes the unit of work's claims and calls, and moves its looks.
func (w *writer) remind(t unit) error {
	for _, key := range t.Claims {
		changed, err := w.change(sqlClaimOnce, key, kept.Nanos(t.now))
		if err != nil {
			return translate("claim", err)
		}
		if changed == 0 {
			return workflow.Refuse(workflow.CodeDuplicate, "claim")
		}
	}
	if err := w.call(t.Calls); err != nil {
		return err
	}
	for _, l := range t.Looks {
		changed, err := w.change(sqlLook, orNull(kept.Nanos(l.At)), l.Case, l.Version)
		if err != nil {
			return translate("look", err)
		}
		if changed == 0 && l.Version > 0 {
			return workflow.Refuse(workflow.CodeConflict, "case")
		}
	}
	return nil
}

func (w *writer) mark(list []store.Milestone) error {
	for _, m := range list {
		if err := w.exec(sqlMilestone, m.Case, m.SOP, m.Kind, m.Step, m.Outcome, kept.Nanos(m.At), int64(m.Used)); err != nil {
			return translate("milestone", err)
		}
	}
	return nil
}
