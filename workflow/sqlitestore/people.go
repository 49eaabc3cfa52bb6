package sqlitestore

import (
	"context"
	"errors"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const (
	sqlPerson   query = `SELECT doc FROM persons WHERE id = ?`
	sqlPersonAt query = `SELECT p.doc FROM addresses a JOIN persons p ON p.id = a.person WHERE a.address = ?`
	sqlOfficer  query = `SELECT doc FROM officers WHERE id = ?`
	// The latest, should a person have been made an officer anew.
	sqlOfficerOf   query = `SELECT doc FROM officers WHERE person = ? ORDER BY rowid DESC LIMIT 1`
	sqlOfficers    query = `SELECT doc FROM officers ORDER BY id`
	sqlInvitation  query = `SELECT doc FROM invitations WHERE hash = ?`
	sqlDelegations query = `SELECT doc FROM delegations WHERE ends > ? ORDER BY ends, id`
)

func peopleReads() []query {
	return []query{sqlPerson, sqlPersonAt, sqlOfficer, sqlOfficerOf, sqlOfficers, sqlInvitation, sqlDelegations}
}

// Person implements [store.People].
func (s *Store) Person(ctx context.Context, id workflow.PersonID) (store.Person, error) {
	doc, err := s.memory.persons.get(ctx, id, s.readPerson)
	var p store.Person
	if err != nil {
		return p, err
	}
	return p, kept.Decode("person", doc, &p)
}

func (s *Store) readPerson(ctx context.Context, id workflow.PersonID) (doc []byte, err error) {
	return doc, s.one(ctx, "person", sqlPerson, []any{id}, &doc)
}

// PersonAt implements [store.People].
func (s *Store) PersonAt(ctx context.Context, address bot.Address) (store.Person, error) {
	return document[store.Person](ctx, s, "person", sqlPersonAt, address)
}

// Officer implements [store.People].
func (s *Store) Officer(ctx context.Context, id workflow.OfficerID) (workflow.Officer, error) {
	return document[workflow.Officer](ctx, s, "officer", sqlOfficer, id)
}

// OfficerOf implements [store.People].
func (s *Store) OfficerOf(ctx context.Context, p workflow.PersonID) (workflow.Officer, error) {
	doc, err := s.memory.officers.get(ctx, p, s.readOfficerOf)
	var o workflow.Officer
	if err == nil && doc == nil {
		err = workflow.Refuse(workflow.CodeNotFound, "officer")
	}
	if err != nil {
		return o, err
	}
	return o, kept.Decode("officer", doc, &o)
}

// readOfficerOf gives nil for a person who is no officer, as most are.
func (s *Store) readOfficerOf(ctx context.Context, p workflow.PersonID) (doc []byte, err error) {
	err = s.one(ctx, "officer", sqlOfficerOf, []any{p}, &doc)
	if errors.Is(err, &workflow.Error{Code: workflow.CodeNotFound}) {
		return nil, nil
	}
	return doc, err
}

// Officers implements [store.People].
func (s *Store) Officers(ctx context.Context) ([]workflow.Officer, error) {
	return many(ctx, s, "officers", sqlOfficers, nil, scanDocument[workflow.Officer])
}

// Invitation implements [store.People].
func (s *Store) Invitation(ctx context.Context, hash string) (workflow.Invitation, error) {
	return document[workflow.Invitation](ctx, s, "invitation", sqlInvitation, hash)
}

// Delegations implements [store.People].
func (s *Store) Delegations(ctx context.Context, now time.Time) ([]workflow.Delegation, error) {
	return many(ctx, s, "delegations", sqlDelegations, []any{kept.Nanos(now)}, scanDocument[workflow.Delegation])
}
