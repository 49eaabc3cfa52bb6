package sqlitestore

import (
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const (
	sqlCaseAt     query = `SELECT n, version, digest FROM cases WHERE id = ?`
	sqlInsertCase query = `INSERT INTO cases (id, version, digest, doc) VALUES (?, ?, ?, ?)`
	sqlUpdateCase query = `UPDATE cases SET version = ?, digest = ?, doc = ? WHERE n = ?`
	sqlInsertTask query = `INSERT INTO tasks (id, applicant, submitted, sop_name, sop_version, keywords,
		step, stage, role, holder, due, check_at, outcome, label, n)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlUpdateTask query = `UPDATE tasks SET step = ?, stage = ?, role = ?, holder = ?, due = ?, check_at = ?,
		outcome = ?, label = ? WHERE n = ?`
	sqlUpdateWords query = `UPDATE tasks SET keywords = ?1 WHERE n = ?2 AND keywords <> ?1`
	sqlInsertEntry query = `INSERT INTO history (case_n, key, hash, entry) VALUES (?, ?, ?, ?)`
	sqlHasKey      query = `SELECT n FROM history WHERE case_n = ? AND key = ?`
	sqlNumberMoves query = `UPDATE numbers SET status = ? WHERE register = ? AND year = ? AND seq = ? AND key = ?`
)

func caseWrites() []query {
	return []query{
		sqlCaseAt, sqlInsertCase, sqlUpdateCase, sqlInsertTask, sqlUpdateTask, sqlUpdateWords, sqlInsertEntry, sqlHasKey,
		sqlNumberMoves,
	}
}

// caseRow is a row of cases without its document; n is 0 if there is none.
type caseRow struct {
	n       int64
	version int
	digest  int64
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
		doc, err := kept.Encode("case", c.Case)
		if err != nil {
			return nil, err
		}
		list[i] = caseDocs{CaseChange: c, doc: kept.Pack(doc), digest: digest(c)}
		if list[i].entries, err = encodeEntries(c); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// encodeEntries also sees to it that the entries are those that lead to the
// case's version.
func encodeEntries(c store.CaseChange) ([][]byte, error) {
	docs := make([][]byte, len(c.Entries))
	for i, e := range c.Entries {
		if e.Case != c.Case.ID || e.Seq != c.Case.Version-len(c.Entries)+1+i {
			return nil, workflow.Refuse(workflow.CodeInvalid, "entry")
		}
		var err error
		if docs[i], err = kept.Encode("entry", e); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

func (w *writer) changeCase(c caseDocs) error {
	var have caseRow
	err := w.row(sqlCaseAt, c.Case.ID).Scan(&have.n, &have.version, &have.digest)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return translate("case", err)
	}
	if have.version != c.Case.Version-len(c.Entries) {
		return w.whyNot(c, have.n)
	}
	if have.n, err = w.saveCase(c, have); err != nil {
		return translate("case", err)
	}
	// A case never changes its applicant, so no other has it in his list.
	w.moved(changes(w.memory.cases, c.Case.ID, nil), changes(w.memory.own, c.Case.Applicant, nil))
	for i, e := range c.Entries {
		if err := w.exec(sqlInsertEntry, have.n, e.Key, e.Hash, c.entries[i]); err != nil {
			return translate("entry", err)
		}
	}
	if err := w.mark(c.Milestones); err != nil {
		return err
	}
	return w.moveNumbers(c.CaseChange)
}

// whyNot tells why a case could not be saved: because the same was done before,
// or because something else was.
func (w *writer) whyNot(c caseDocs, n int64) error {
	for _, e := range c.Entries {
		var at int64
		err := w.row(sqlHasKey, n, e.Key).Scan(&at)
		if err == nil {
			return workflow.Refuse(workflow.CodeDuplicate, "entry")
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return translate("entry", err)
		}
	}
	return workflow.Refuse(workflow.CodeConflict, "case")
}

// saveCase writes the document and, if it has moved, what lists are made of. It
// gives the number of the case's row.
func (w *writer) saveCase(c caseDocs, have caseRow) (int64, error) {
	moving := []any{
		c.Case.Step, c.Case.Stage, c.Task.Role, c.Task.Holder, kept.Due(c.Task.Due), orNull(kept.Nanos(c.Task.Check)),
		c.Case.End, c.Task.Label, have.n,
	}
	if have.n == 0 {
		n, err := w.insert(sqlInsertCase, c.Case.ID, c.Case.Version, c.digest, c.doc)
		if err != nil {
			return 0, err
		}
		moving[len(moving)-1] = n
		fixed := []any{c.Case.ID, c.Case.Applicant, kept.Nanos(c.Case.Submitted), c.Case.SOP.Name, c.Case.SOP.Version, c.Task.Keywords}
		return n, w.exec(sqlInsertTask, append(fixed, moving...)...)
	}
	if err := w.exec(sqlUpdateCase, c.Case.Version, c.digest, c.doc, have.n); err != nil || c.digest == have.digest {
		return have.n, err
	}
	if err := w.exec(sqlUpdateTask, moving...); err != nil {
		return have.n, err
	}
	return have.n, w.exec(sqlUpdateWords, c.Task.Keywords, have.n)
}

// digest is a number that differs when anything differs that the row of a case
// in the lists may change in.
func digest(c store.CaseChange) int64 {
	h := fnv.New64a()
	for _, s := range []string{
		strconv.Itoa(c.Case.Step), string(c.Case.Stage), c.Case.End, string(c.Task.Role), string(c.Task.Holder),
		strconv.FormatInt(kept.Nanos(c.Task.Due), 10), strconv.FormatInt(kept.Nanos(c.Task.Check), 10), c.Task.Label, c.Task.Keywords,
	} {
		_, _ = h.Write(append([]byte(s), 0)) // never fails
	}
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
