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
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const taskColumns = `t.id, t.sop_name, t.sop_version, t.step, t.stage, t.role, t.holder, t.due, t.label, t.outcome, t.submitted`

const (
	sqlTasks query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.role = ? AND t.role <> '' AND t.holder IN ('', ?) AND (t.due, t.id) > (?, ?)
		ORDER BY t.due, t.id LIMIT ?`
	sqlOverdue query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.role = ? AND t.role <> '' AND t.due < ? ORDER BY t.due, t.id LIMIT ?`
	// From role to role by the index.
	sqlRoles query = `WITH RECURSIVE roles (role) AS (
			SELECT (SELECT min(role) FROM tasks WHERE role <> '')
			UNION ALL
			SELECT (SELECT min(t.role) FROM tasks t WHERE t.role > roles.role AND t.role <> '') FROM roles WHERE roles.role IS NOT NULL
		)
		SELECT role FROM roles WHERE role IS NOT NULL`
	sqlByApplicant query = `SELECT ` + taskColumns + ` FROM tasks t
		WHERE t.applicant = ? ORDER BY t.submitted DESC, t.n DESC LIMIT ?`
	sqlFind query = `SELECT ` + taskColumns + ` FROM finder JOIN tasks t ON t.n = finder.rowid
		WHERE finder MATCH ? ORDER BY finder.rowid DESC LIMIT ?`
)

func taskReads() []query {
	return []query{sqlTasks, sqlOverdue, sqlRoles, sqlByApplicant, sqlFind}
}

// Tasks implements [store.Cases].
func (s *Store) Tasks(ctx context.Context, q store.TaskQuery) ([]store.TaskRow, error) {
	due, id := int64(math.MinInt64), workflow.CaseID("")
	if q.After != nil {
		due, id = kept.Due(q.After.Due), q.After.ID
	}
	return s.urgent(ctx, q.Roles, q.Limit, sqlTasks, q.Holder, due, id, q.Limit)
}

// urgent merges a list of tasks from one range of the index for each role, so that
// its cost does not grow with the table.
func (s *Store) urgent(ctx context.Context, roles []workflow.Role, limit int, q query, args ...any) ([]store.TaskRow, error) {
	var list []store.TaskRow
	for _, role := range roles {
		part, err := many(ctx, s, "tasks", q, append([]any{role}, args...), scanTask)
		if err != nil {
			return nil, err
		}
		list = append(list, part...)
	}
	slices.SortFunc(list, byUrgency)
	list = slices.CompactFunc(list, func(a, b store.TaskRow) bool { return a.ID == b.ID })
	return list[:min(limit, len(list))], nil
}

func byUrgency(a, b store.TaskRow) int {
	return cmp.Or(cmp.Compare(kept.Due(a.Due), kept.Due(b.Due)), cmp.Compare(a.ID, b.ID))
}

// ByApplicant implements [store.Cases].
func (s *Store) ByApplicant(ctx context.Context, p workflow.PersonID, limit int) ([]store.TaskRow, error) {
	if limit > mostOwn {
		return many(ctx, s, "cases", sqlByApplicant, []any{p, limit}, scanTask)
	}
	rows, err := s.memory.own.get(ctx, p, s.readOwn)
	return slices.Clone(rows[:min(limit, len(rows))]), err
}

func (s *Store) readOwn(ctx context.Context, p workflow.PersonID) ([]store.TaskRow, error) {
	return many(ctx, s, "cases", sqlByApplicant, []any{p, mostOwn}, scanTask)
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
	return many(ctx, s, "cases", sqlDueCheck, []any{kept.Nanos(now), limit}, scanCaseID)
}

// Overdue implements [store.Cases].
func (s *Store) Overdue(ctx context.Context, role workflow.Role, now time.Time, limit int) ([]store.TaskRow, error) {
	roles := []workflow.Role{role}
	if role == "" {
		var err error
		if roles, err = many(ctx, s, "tasks", sqlRoles, nil, scanRole); err != nil {
			return nil, err
		}
	}
	return s.urgent(ctx, roles, limit, sqlOverdue, kept.Nanos(now), limit)
}

func scanRole(row scanner) (role workflow.Role, err error) {
	err = row.Scan(&role)
	return role, err
}

func scanTask(row scanner) (store.TaskRow, error) {
	var t store.TaskRow
	var due, submitted int64
	err := row.Scan(&t.ID, &t.SOP.Name, &t.SOP.Version, &t.Step, &t.Stage, &t.Role, &t.Holder, &due, &t.Label, &t.End, &submitted)
	t.Due, t.Submitted = kept.Deadline(due), kept.Instant(submitted)
	return t, err
}
