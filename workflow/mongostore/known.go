package mongostore

import (
	"slices"
	"sync"
)

const (
	mostKnown = 1000     // chats
	knownSize = 64 << 10 // bytes of the texts of one
)

// knownChats holds chats as this process wrote or read them last, so that its next write
// of one needs no read. Other processes may have changed a chat since: a document from
// here only serves a write that its version guards, or the reads of the active process.
// Documents are shared and never changed in place.
type knownChats struct {
	mu     sync.Mutex
	docs   map[string]*chatDoc
	active func() bool // nil: never
}

// ActiveIf says whether this process is the active one. Then conversations and unhandled
// messages are given as it knows them: other processes only add messages to a chat, of
// which [Store.Unhandled] tells.
func (s *Store) ActiveIf(active func() bool) {
	s.known.mu.Lock()
	defer s.known.mu.Unlock()
	s.known.active = active
}

func (k *knownChats) get(id string) *chatDoc {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.docs[id]
}

// served gives a chat as the active process knows it; nil: this one is not active, or the
// chat is not here.
func (k *knownChats) served(id string) *chatDoc {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.active == nil || !k.active() {
		return nil
	}
	return k.docs[id]
}

// keep remembers a chat, unless a later version of it is remembered. Above mostKnown chats an
// arbitrary one is dropped; a chat larger than knownSize is not kept.
func (k *knownChats) keep(c *chatDoc) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if old := k.docs[c.ID]; old != nil && old.V > c.V {
		return // this was read before the write that is remembered
	}
	if c.V == 0 || c.size() > knownSize {
		delete(k.docs, c.ID)
		return
	}
	k.docs[c.ID] = c
	for id := range k.docs {
		if len(k.docs) <= mostKnown {
			return
		}
		delete(k.docs, id)
	}
}

// finish drops the record of a finished unit of work from a chat that is here; ok is false
// if the chat or the record is not.
func (k *knownChats) finish(id, unit string) (ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.docs[id]
	if c == nil || c.Unit == nil || c.Unit.ID != unit {
		return false
	}
	next := *c
	next.Unit = nil
	k.docs[id] = &next
	return true
}

func (k *knownChats) drop(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.docs, id)
}

// outdate drops a chat of which a later version than the one here was seen.
func (k *knownChats) outdate(id string, version int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c := k.docs[id]; c != nil && c.V < version {
		delete(k.docs, id)
	}
}

// clone gives a copy that may be changed.
func (c *chatDoc) clone() *chatDoc {
	next := *c
	next.In, next.Out = slices.Clone(c.In), slices.Clone(c.Out)
	next.Past, next.Gone, next.IDs = slices.Clone(c.Past), slices.Clone(c.Gone), slices.Clone(c.IDs)
	return &next
}
