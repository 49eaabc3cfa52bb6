package sqlitestore

import (
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

const (
	sqlInsertCase query = `INSERT INTO cases (id, version, doc) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	sqlUpdateCase query = `UPDATE cases SET version = ?, doc = ? WHERE id = ? AND version = ?`
	sqlInsertTask query = `INSERT INTO tasks (applicant, submitted, sop_name, sop_version,
		step, stage, role, holder, due, check_at, outcome, label, digest, id, keywords)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	// Asked first, because to change nothing costs five times as much.
	sqlTaskMoved  query = `SELECT digest <> ? FROM tasks WHERE id = ?`
	sqlUpdateTask query = `UPDATE tasks SET step = ?, stage = ?, role = ?, holder = ?, due = ?, check_at = ?,
		outcome = ?, label = ?, digest = ? WHERE id = ?`
	sqlUpdateWords query = `UPDATE tasks SET keywords = ?1 WHERE id = ?2 AND keywords <> ?1`
	sqlInsertEntry query = `INSERT INTO history (case_id, seq, key, hash, entry) VALUES (?, ?, ?, ?, ?)`
	sqlHasKey      query = `SELECT seq FROM history WHERE case_id = ? AND key = ?`
	sqlNumberMoves query = `UPDATE numbers SET status = ? WHERE register = ? AND year = ? AND seq = ? AND key = ?`
)

func caseWrites() []query {
	return []query{
		sqlInsertCase, sqlUpdateCase, sqlInsertTask, sqlTaskMoved, sqlUpdateTask, sqlUpdateWords, sqlInsertEntry, sqlHasKey, sqlNumberMoves,
	}
}

// caseDocs is a change of a case, encoded.
type caseDocs struct {
	store.CaseChange
	doc     []byte
	entries [][]byte
	digest  int64
}

func encodeCases(changes []store.CaseChange) ([]caseDocs, error) {
	list := make([]caseDocs, len(changes))
	for i, c := range changes {
		doc, err := encode("case", c.Case)
		if err != nil {
			return nil, err
		}
		list[i] = caseDocs{CaseChange: c, doc: pack(doc), entries: make([][]byte, len(c.Entries)), digest: digest(c)}
		for j, e := range c.Entries {
			if list[i].entries[j], err = encode("entry", e); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

func (w *writer) changeCase(c caseDocs) error {
	before := c.Case.Version - len(c.Entries)
	changed, err := int64(0), error(nil)
	if before == 0 {
		changed, err = w.change(sqlInsertCase, c.Case.ID, c.Case.Version, c.doc)
	} else {
		changed, err = w.change(sqlUpdateCase, c.Case.Version, c.doc, c.Case.ID, before)
	}
	if err != nil {
		return translate("case", err)
	}
	if changed == 0 {
		return w.whyNot(c)
	}
	if err := w.changeTask(c, before == 0); err != nil {
		return translate("task", err)
	}
	for i, e := range c.Entries {
		if err := w.exec(sqlInsertEntry, e.Case, e.Seq, e.Key, e.Hash, c.entries[i]); err != nil {
			return translate("entry", err)
		}
	}
	return w.moveNumbers(c.CaseChange)
}

// whyNot tells why a case could not be saved: because the same was done before,
// or because something else was.
func (w *writer) whyNot(c caseDocs) error {
	for _, e := range c.Entries {
		var seq int
		err := w.row(sqlHasKey, c.Case.ID, e.Key).Scan(&seq)
		if err == nil {
			return workflow.Refuse(workflow.CodeDuplicate, "entry")
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return translate("entry", err)
		}
	}
	return workflow.Refuse(workflow.CodeConflict, "case")
}

// changeTask saves what lists are made of, if it has moved.
func (w *writer) changeTask(c caseDocs, first bool) error {
	moving := []any{
		c.Case.Step, c.Case.Stage, c.Task.Role, c.Task.Holder, dueNanos(c.Task.Due), orNull(nanos(c.Task.Check)),
		c.Case.End, c.Task.Label, c.digest, c.Case.ID,
	}
	if first {
		fixed := []any{c.Case.Applicant, nanos(c.Case.Submitted), c.Case.SOP.Name, c.Case.SOP.Version}
		return w.exec(sqlInsertTask, append(append(fixed, moving...), c.Task.Keywords)...)
	}
	var moved bool
	if err := w.row(sqlTaskMoved, c.digest, c.Case.ID).Scan(&moved); err != nil || !moved {
		return err
	}
	if err := w.exec(sqlUpdateTask, moving...); err != nil {
		return err
	}
	return w.exec(sqlUpdateWords, c.Task.Keywords, c.Case.ID)
}

// digest is a number that differs when anything differs that the row of a case
// in the lists may change in.
func digest(c store.CaseChange) int64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d\x00%s\x00%s\x00%+v", c.Case.Step, c.Case.Stage, c.Case.End, c.Task)
	return int64(h.Sum64()) //nolint:gosec // only compared
}

func (w *writer) moveNumbers(c store.CaseChange) error {
	for _, n := range c.Numbers {
		key := fmt.Sprintf("%s/%s", c.Case.ID, n.Letter)
		changed, err := w.change(sqlNumberMoves, n.Status, n.Number.Register, n.Number.Year, n.Number.Seq, key)
		if err != nil {
			return translate("number", err)
		}
		if changed == 0 {
			return workflow.Refuse(workflow.CodeNotFound, "number")
		}
	}
	return nil
}
