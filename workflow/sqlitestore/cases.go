package sqlitestore

import (
	"context"
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

const (
	sqlCase    query = `SELECT doc FROM cases WHERE id = ?`
	sqlCaseIDs query = `SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?`
	sqlHistory query = `SELECT h.entry, h.hash FROM cases c CROSS JOIN history h
		WHERE c.id = ? AND h.case_n = c.n ORDER BY h.n`
	sqlEntry query = `SELECT h.entry, h.hash FROM cases c CROSS JOIN history h
		WHERE c.id = ? AND h.case_n = c.n AND h.key = ?`
	sqlDueCheck query = `SELECT id FROM tasks WHERE check_at <= ? ORDER BY check_at, id LIMIT ?`
)

func caseReads() []query {
	return []query{sqlCase, sqlCaseIDs, sqlHistory, sqlEntry, sqlDueCheck}
}

// Case implements [store.Cases].
func (s *Store) Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	return s.memory.cases.get(ctx, id, s.readCase)
}

func (s *Store) readCase(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	var c workflow.Case
	var packed []byte
	if err := s.one(ctx, "case", sqlCase, []any{id}, &packed); err != nil {
		return c, err
	}
	doc, err := kept.Unpack(packed)
	if err != nil {
		return c, translate("case", err)
	}
	return c, kept.Decode("case", doc, &c)
}

// History implements [store.Cases].
func (s *Store) History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error) {
	return many(ctx, s, "history", sqlHistory, []any{id}, scanEntry)
}

// EntryByKey implements [store.Cases].
func (s *Store) EntryByKey(ctx context.Context, id workflow.CaseID, key string) (workflow.Entry, error) {
	var doc []byte
	var hash string
	if err := s.one(ctx, "entry", sqlEntry, []any{id, key}, &doc, &hash); err != nil {
		return workflow.Entry{}, err
	}
	return workflow.ReadEntry(doc, hash), nil
}

// CaseIDs implements [store.Cases].
func (s *Store) CaseIDs(ctx context.Context, after workflow.CaseID, limit int) ([]workflow.CaseID, error) {
	return many(ctx, s, "cases", sqlCaseIDs, []any{after, limit}, scanCaseID)
}

func scanEntry(row scanner) (workflow.Entry, error) {
	var doc []byte
	var hash string
	if err := row.Scan(&doc, &hash); err != nil {
		return workflow.Entry{}, fmt.Errorf("scan entry: %w", err)
	}
	return workflow.ReadEntry(doc, hash), nil
}

func scanCaseID(row scanner) (id workflow.CaseID, err error) {
	err = row.Scan(&id)
	return id, err
}
