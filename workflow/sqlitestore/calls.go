package sqlitestore

import (
	"context"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const (
	callColumns          = `case_id, officer, day, role, why, made`
	sqlCalls       query = `SELECT ` + callColumns + ` FROM calls WHERE made = 0 ORDER BY day, id`
	sqlPageCalls   query = `SELECT ` + callColumns + ` FROM calls WHERE id > ? ORDER BY id LIMIT ?`
	sqlAskForCall  query = `INSERT INTO calls (` + callColumns + `, id) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlCallWasMade query = `UPDATE calls SET made = ? WHERE id = ? AND made = 0`
)

// Calls implements [store.Reminders].
func (s *Store) Calls(ctx context.Context) ([]store.Call, error) {
	return many(ctx, s, "calls", sqlCalls, nil, scanCall)
}

func scanCall(row scanner) (c store.Call, err error) {
	var made int64
	err = row.Scan(&c.Case, &c.Officer, &c.Day, &c.Role, &c.Why, &made)
	c.Made = kept.Instant(made)
	return c, err
}

func callValues(c store.Call) []any {
	return []any{c.Case, c.Officer, c.Day, c.Role, c.Why, kept.Nanos(c.Made), c.ID()}
}

// call writes the calls that a unit of work asks for or says to be made.
func (w *writer) call(list []store.Call) error {
	for _, c := range list {
		statement, values := sqlAskForCall, callValues(c)
		if !c.Made.IsZero() {
			statement, values = sqlCallWasMade, []any{kept.Nanos(c.Made), c.ID()}
		}
		changed, err := w.change(statement, values...)
		if err != nil {
			return translate("call", err)
		}
		if changed == 0 {
			return workflow.Refuse(workflow.CodeDuplicate, "call")
		}
	}
	return nil
}

func foundCall(row scanner) (found, error) {
	c, err := scanCall(row)
	if err != nil {
		return found{}, err
	}
	return foundBy(c.ID(), c)
}

func putCall(w *writer, _ store.Record, c store.Call) error {
	return w.once(sqlAskForCall, callValues(c)...)
}
