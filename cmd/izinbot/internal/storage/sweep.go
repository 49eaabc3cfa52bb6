package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"izinbot/bot"
	"izinbot/workflow/filestore"
	"izinbot/workflow/store"
)

// Swept counts the removed files.
type Swept struct {
	Files int
	Bytes int64
	// Next is the key after which the next sweep goes on; empty: from the beginning.
	Next string
}

// mostCandidates bounds how many files one sweep looks for, about 30 MB of memory.
const mostCandidates = 500_000

// Sweep removes the files after a key that were put before an instant, and that no
// record names. Others may use records and files meanwhile: whoever puts a content again
// has it, and before must be so long ago that what was put then is named by now, if it
// ever is. If any record cannot be read, nothing is removed.
func Sweep(ctx context.Context, d *Data, after string, before time.Time) (Swept, error) {
	records, err := d.portable()
	if err != nil {
		return Swept{}, err
	}
	s := sweeping{ctx: ctx, records: records, files: d.Files, before: before, unnamed: map[fileKey]int64{}}
	next, err := s.candidates(after)
	if err != nil {
		return Swept{}, fmt.Errorf("list files: %w", err)
	}
	// A key may go from one record to another while these are read, and so be missed
	// once.
	for range 2 {
		if err := s.strike(); err != nil {
			return Swept{}, fmt.Errorf("read what names files, so that nothing is removed: %w", err)
		}
	}
	swept, err := s.remove()
	swept.Next = next
	return swept, err
}

type fileKey [sha256.Size]byte

func (k fileKey) String() string { return hex.EncodeToString(k[:]) }

type sweeping struct {
	ctx     context.Context //nolint:containedctx // of this one sweep
	records store.Portable
	files   Files
	before  time.Time
	unnamed map[fileKey]int64 // bytes of the candidates that were not found in any record
}

// candidates lists the files that are old enough, and tells after which to go on.
func (s *sweeping) candidates(after string) (next string, err error) {
	for len(s.unnamed) < mostCandidates {
		page, err := s.files.List(s.ctx, after, pageSize)
		if err != nil || len(page) == 0 {
			return "", err
		}
		for _, c := range page {
			s.consider(c)
		}
		after = page[len(page)-1].Name
	}
	return after, nil
}

func (s *sweeping) consider(c filestore.Content) {
	var key fileKey
	if n, err := hex.Decode(key[:], []byte(c.Name)); err == nil && n == len(key) && c.Put.Before(s.before) {
		s.unnamed[key] = c.Size
	}
}

// strike takes the candidates off the list that a record names.
func (s *sweeping) strike() error {
	if len(s.unnamed) == 0 {
		return nil
	}
	handled, err := s.handled()
	if err != nil {
		return err
	}
	for _, kind := range kindsToSweep() {
		err := walk(s.ctx, s.records, kind, "", func(p store.Page) error {
			for _, r := range p.Records {
				if err := s.strikeRecord(kind, r, handled); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	return nil
}

// kindsToSweep are the kinds whose records can name files, in the order in which keys go
// from one to another.
func kindsToSweep() []store.Kind {
	kinds := []store.Kind{store.KindMessage, store.KindConversation}
	for _, kind := range store.Kinds() {
		if namesFiles(kind) && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// handled tells how far each chat's messages are handled, before any message is read:
// what is handled later counts as waiting.
func (s *sweeping) handled() (map[bot.Address]int64, error) {
	upTo := map[bot.Address]int64{}
	err := walk(s.ctx, s.records, store.KindConversation, "", func(p store.Page) error {
		for _, r := range p.Records {
			var c store.PortableConversation
			if err := json.Unmarshal(r.Doc, &c); err != nil {
				return err
			}
			upTo[c.Chat] = c.Handled
		}
		return nil
	})
	return upTo, err
}

var errUnreadable = errors.New("a record is damaged")

func (s *sweeping) strikeRecord(kind store.Kind, r store.Record, handled map[bot.Address]int64) error {
	doc, err := documentOf(kind, r.Doc, handled)
	if err != nil {
		return err
	}
	if len(doc) > 0 && !json.Valid(doc) {
		return errUnreadable // its references are not known
	}
	eachKey(doc, func(k fileKey) { delete(s.unnamed, k) })
	return nil
}

// namesFiles tells whether records of a kind can name files.
func namesFiles(kind store.Kind) bool {
	switch kind {
	case store.KindSOP, store.KindAddress, store.KindMilestone, store.KindNumber, store.KindClaim, store.KindCall:
		return false
	case store.KindPerson, store.KindOfficer, store.KindInvitation, store.KindDelegation, store.KindCase, store.KindEntry,
		store.KindConversation, store.KindMessage, store.KindDelivery:
	}
	return true
}

// documentOf gives the part of a record in which files are named: nothing of a message
// that was handled, or of a delivery that is over.
func documentOf(kind store.Kind, doc []byte, handled map[bot.Address]int64) (inner []byte, err error) {
	switch kind {
	case store.KindSOP, store.KindAddress, store.KindMilestone, store.KindNumber, store.KindClaim, store.KindCall:
	case store.KindPerson, store.KindOfficer, store.KindInvitation, store.KindDelegation:
		return read(doc, func(d store.PortableDoc) []byte { return d.Doc })
	case store.KindCase:
		return read(doc, func(c store.PortableCase) []byte { return c.Case })
	case store.KindEntry:
		return read(doc, func(e store.PortableEntry) []byte { return e.Entry })
	case store.KindConversation:
		return read(doc, func(c store.PortableConversation) []byte { return c.State })
	case store.KindMessage:
		return read(doc, func(m store.PortableMessage) []byte {
			if m.Seq <= handled[m.Chat] {
				return nil
			}
			return m.Message
		})
	case store.KindDelivery:
		return read(doc, func(d store.PortableDelivery) []byte {
			if !d.Settled.IsZero() {
				return nil
			}
			return d.Message
		})
	}
	return nil, nil
}

func read[T any](doc []byte, inner func(T) []byte) ([]byte, error) {
	var v T
	if err := json.Unmarshal(doc, &v); err != nil {
		return nil, err
	}
	return inner(v), nil
}

// eachKey finds all that could be the key of a file, whatever it is called there.
func eachKey(text []byte, do func(fileKey)) {
	const digits = 2 * sha256.Size
	run := 0
	for i, c := range text {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			run = 0
			continue
		}
		if run++; run < digits {
			continue
		}
		var key fileKey
		if _, err := hex.Decode(key[:], text[i+1-digits:i+1]); err == nil {
			do(key)
		}
	}
}

// remove removes the files that are left on the list, unless they were put again.
func (s *sweeping) remove() (swept Swept, err error) {
	for key, size := range s.unnamed {
		gone, err := s.files.Remove(s.ctx, key.String(), s.before)
		if err != nil {
			return swept, fmt.Errorf("remove files: %w", err)
		}
		if gone {
			swept.Files++
			swept.Bytes += size
		}
	}
	return swept, nil
}
