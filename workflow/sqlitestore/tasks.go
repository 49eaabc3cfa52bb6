package sqlitestore

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

const taskColumns = `t.id, t.sop_name, t.sop_version, t.step, t.stage, t.role, t.holder, t.due, t.label, t.outcome, t.submitted`

const (
	sqlTasks query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.role = ? AND t.role <> '' AND t.holder = ? AND (t.due, t.id) > (?, ?)
		ORDER BY t.due, t.id LIMIT ?`
	sqlByApplicant query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.applicant = ? ORDER BY t.submitted DESC, t.n DESC LIMIT ?`
	sqlFind query = `SELECT ` + taskColumns + ` FROM finder JOIN tasks t ON t.n = finder.rowid
		WHERE finder MATCH ? ORDER BY finder.rowid DESC LIMIT ?`
	sqlOverdue query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.due < ? AND t.role <> '' ORDER BY t.due, t.id LIMIT ?`
	// The plus keeps the index by role from being used, which would have to sort.
	sqlOverdueOf query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.due < ? AND t.role <> '' AND +t.role = ? ORDER BY t.due, t.id LIMIT ?`
)

func taskReads() []query {
	return []query{sqlTasks, sqlByApplicant, sqlFind, sqlOverdue, sqlOverdueOf}
}

// Tasks implements [store.Cases]. The list is merged from one range of the index
// for each role and holder, so that its cost does not grow with the table.
func (s *Store) Tasks(ctx context.Context, q store.TaskQuery) ([]store.TaskRow, error) {
	due, id := int64(math.MinInt64), workflow.CaseID("")
	if q.After != nil {
		due, id = dueNanos(q.After.Due), q.After.ID
	}
	var list []store.TaskRow
	for _, role := range q.Roles {
		for _, holder := range slices.Compact([]workflow.OfficerID{"", q.Holder}) {
			part, err := many(ctx, s, "tasks", sqlTasks, []any{role, holder, due, id, q.Limit}, scanTask)
			if err != nil {
				return nil, err
			}
			list = append(list, part...)
		}
	}
	slices.SortFunc(list, byUrgency)
	list = slices.CompactFunc(list, func(a, b store.TaskRow) bool { return a.ID == b.ID })
	return list[:min(q.Limit, len(list))], nil
}

func byUrgency(a, b store.TaskRow) int {
	return cmp.Or(cmp.Compare(dueNanos(a.Due), dueNanos(b.Due)), cmp.Compare(a.ID, b.ID))
}

// ByApplicant implements [store.Cases].
func (s *Store) ByApplicant(ctx context.Context, p workflow.PersonID, limit int) ([]store.TaskRow, error) {
	return many(ctx, s, "cases", sqlByApplicant, []any{p, limit}, scanTask)
}

// Find implements [store.Cases]. Each word must begin a word of the id or of the
// keywords.
func (s *Store) Find(ctx context.Context, words string, limit int) ([]store.TaskRow, error) {
	match := matchAll(words)
	if match == "" {
		return nil, nil
	}
	return many(ctx, s, "cases", sqlFind, []any{match, limit}, scanTask)
}

// matchAll gives the full-text expression for words as a person types them. Each
// is quoted, so that none is taken for an operator.
func matchAll(words string) string {
	parts := strings.FieldsFunc(words, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	for i, p := range parts {
		parts[i] = `"` + p + `"*`
	}
	return strings.Join(parts, " ")
}

// DueForCheck implements [store.Cases].
func (s *Store) DueForCheck(ctx context.Context, now time.Time, limit int) ([]workflow.CaseID, error) {
	return many(ctx, s, "cases", sqlDueCheck, []any{nanos(now), limit}, scanCaseID)
}

// Overdue implements [store.Cases].
func (s *Store) Overdue(ctx context.Context, role workflow.Role, now time.Time, limit int) ([]store.TaskRow, error) {
	if role == "" {
		return many(ctx, s, "tasks", sqlOverdue, []any{nanos(now), limit}, scanTask)
	}
	return many(ctx, s, "tasks", sqlOverdueOf, []any{nanos(now), role, limit}, scanTask)
}

func scanTask(row scanner) (store.TaskRow, error) {
	var t store.TaskRow
	var due, submitted int64
	err := row.Scan(&t.ID, &t.SOP.Name, &t.SOP.Version, &t.Step, &t.Stage, &t.Role, &t.Holder, &due, &t.Label, &t.End, &submitted)
	t.Due, t.Submitted = deadline(due), instant(submitted)
	return t, err
}
