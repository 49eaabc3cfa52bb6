package audit_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/ledger"
	"izinbot/workflow/sop"
	"izinbot/workflow/store"
	"izinbot/workflow/translog"
)

// office is the records of an office, to be changed. id is its first case.
type office struct {
	*testing.T

	id      workflow.CaseID
	records map[store.Kind][]store.Record
	key     translog.Key
	against []byte // the checkpoint that the audit compares with
}

// kinds are the official records; what is under way in chats is left out.
func kinds() []store.Kind {
	return []store.Kind{
		store.KindSOP, store.KindPerson, store.KindOfficer, store.KindCase, store.KindEntry, store.KindMilestone, store.KindNumber,
		store.KindClaim,
	}
}

// played is an office that has granted one permit and refused another.
func played(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	if err := demo.Auto(t.Context(), demo.Config{Dir: dir}, "semua", t.TempDir(), io.Discard); err != nil {
		t.Fatal(err)
	}
	place := storage.Config{Dir: dir}
	s, err := storage.OpenRecords(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	o := &office{T: t, records: map[store.Kind][]store.Record{}}
	if o.key, err = place.LogKey(); err != nil {
		t.Fatal(err)
	}
	rest := &ledger.Ledger{Store: s, Key: o.key, Random: rand.Reader, Term: func() (int64, bool) { return 0, true }}
	if err := rest.Append(t.Context(), time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds() {
		for from, more := "", true; more; more = from != "" {
			page, err := portable(t, s).Records(t.Context(), kind, from, 500)
			if err != nil {
				t.Fatal(err)
			}
			o.records[kind], from = append(o.records[kind], page.Records...), page.Next
		}
	}
	ids, err := s.CaseIDs(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	o.id = ids[0]
	return o
}

func (o *office) clone(t *testing.T) *office {
	t.Helper()
	out := &office{T: t, id: o.id, key: o.key, records: map[store.Kind][]store.Record{}}
	for kind, list := range o.records {
		out.records[kind] = slices.Clone(list)
	}
	return out
}

func portable(t *testing.T, s store.Store) store.Portable {
	t.Helper()
	p, ok := s.(store.Portable)
	if !ok {
		t.Fatal("the store cannot be copied")
	}
	return p
}

// audited puts the records into an empty database and gives what the audit finds.
func audited(t *testing.T, o *office, uri string) []string {
	t.Helper()
	s, err := storage.OpenRecords(t.Context(), storage.Config{Dir: t.TempDir(), MongoURI: uri, Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for _, kind := range kinds() {
		if err := portable(t, s).Put(t.Context(), kind, o.records[kind], ""); err != nil {
			t.Fatal(err)
		}
	}
	report, _, err := audit.Verify(t.Context(), s, audit.Trust{Public: o.key.Public(), Against: o.against})
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	for _, f := range report.Faults {
		faults = append(faults, f.String())
	}
	return faults
}

func set[T any](at *T, v T) bool {
	*at = v
	return true
}

// edit changes the first record of a kind, of the first case if it belongs to a case, for
// which change gives true.
func edit[T any](o *office, kind store.Kind, change func(*T) bool) {
	o.Helper()
	for i, r := range o.records[kind] {
		var v T
		o.ok(json.Unmarshal(r.Doc, &v))
		if o.foreign(v) || !change(&v) {
			continue
		}
		o.records[kind][i].Doc = o.json(v)
		return
	}
	o.Fatalf("no record of the kind %s was changed", kind)
}

// drop takes records out, at most so many.
func drop[T any](o *office, kind store.Kind, most int, which func(T) bool) {
	o.Helper()
	n := 0
	o.records[kind] = slices.DeleteFunc(o.records[kind], func(r store.Record) bool {
		var v T
		o.ok(json.Unmarshal(r.Doc, &v))
		if n == most || o.foreign(v) || !which(v) {
			return false
		}
		n++
		return true
	})
	if n == 0 {
		o.Fatalf("no record of the kind %s was dropped", kind)
	}
}

func add(o *office, kind store.Kind, v any) {
	o.Helper()
	o.records[kind] = append(o.records[kind], store.Record{ID: fmt.Sprintf("%s/999999/%d", o.id, len(o.records[kind])), Order: 999, Doc: o.json(v)})
}

// foreign tells whether a record belongs to another case than the first.
func (o *office) foreign(v any) bool {
	switch v := v.(type) {
	case store.PortableCase:
		return !bytes.Contains(v.Case, []byte(o.id))
	case store.PortableEntry:
		return v.Case != o.id
	case store.PortableMilestone:
		return v.Case != o.id
	case store.PortableNumber:
		return !strings.HasPrefix(v.Key, string(o.id)+"/")
	}
	return false
}

func (o *office) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) json(v any) []byte {
	o.Helper()
	doc, err := json.Marshal(v)
	o.ok(err)
	return doc
}

// places gives where the entries of the first case are among all.
func (o *office) places() []int {
	var list []int
	for i, r := range o.records[store.KindEntry] {
		var e store.PortableEntry
		o.ok(json.Unmarshal(r.Doc, &e))
		if e.Case == o.id {
			list = append(list, i)
		}
	}
	return list
}

func (o *office) len() int { return len(o.places()) }

// rows changes stored entries of the first case; i counts from 0.
func (o *office) rows(change func(i int, e *store.PortableEntry) bool) {
	o.Helper()
	i := -1
	edit(o, store.KindEntry, func(e *store.PortableEntry) bool { i++; return change(i, e) })
}

// entry changes the entry with a sequence number, and leaves its hash.
func (o *office) entry(seq int, change func(*workflow.Entry)) {
	o.Helper()
	o.rows(func(i int, row *store.PortableEntry) bool {
		if i+1 != seq {
			return false
		}
		e := workflow.ReadEntry(row.Entry, row.Hash)
		change(&e)
		doc := o.json(e)
		if bytes.Equal(doc, row.Entry) {
			o.Fatalf("entry %d is as it was", seq)
		}
		return set(&row.Entry, doc)
	})
}

// cut takes entries out; the numbers of the rest stay.
func (o *office) cut(from, to int) {
	at := o.places()
	o.records[store.KindEntry] = slices.Delete(o.records[store.KindEntry], at[from], at[to-1]+1)
}

// swap has two entries stand in each other's place.
func (o *office) swap(i, j int) {
	o.Helper()
	at := o.places()
	var a, b store.PortableEntry
	o.ok(json.Unmarshal(o.records[store.KindEntry][at[i]].Doc, &a))
	o.ok(json.Unmarshal(o.records[store.KindEntry][at[j]].Doc, &b))
	a.Entry, b.Entry, a.Hash, b.Hash = b.Entry, a.Entry, b.Hash, a.Hash
	o.records[store.KindEntry][at[i]].Doc, o.records[store.KindEntry][at[j]].Doc = o.json(a), o.json(b)
}

// borrow puts an entry of another case in the place of the i-th.
func (o *office) borrow(i int) {
	o.Helper()
	for _, r := range o.records[store.KindEntry] {
		var e store.PortableEntry
		o.ok(json.Unmarshal(r.Doc, &e))
		if e.Case == o.id {
			continue
		}
		o.rows(func(n int, row *store.PortableEntry) bool {
			return n == i && set(&row.Entry, e.Entry) && set(&row.Hash, e.Hash)
		})
		return
	}
}

// rehash makes all hashes of the first case fit again, and the case's own.
func (o *office) rehash() {
	o.Helper()
	prev := ""
	for _, at := range o.places() {
		r := &o.records[store.KindEntry][at]
		var row store.PortableEntry
		o.ok(json.Unmarshal(r.Doc, &row))
		e := workflow.ReadEntry(row.Entry, row.Hash)
		e.Prev = prev
		row.Entry = o.json(e)
		sum := sha256.Sum256(row.Entry)
		row.Hash = hex.EncodeToString(sum[:])
		prev, r.Doc = row.Hash, o.json(row)
	}
	o.change(func(c *workflow.Case) { c.Head = prev })
}

// change changes the first case's document.
func (o *office) change(do func(*workflow.Case)) {
	o.Helper()
	edit(o, store.KindCase, func(row *store.PortableCase) bool {
		var c workflow.Case
		o.ok(json.Unmarshal(row.Case, &c))
		do(&c)
		return set(&row.Case, o.json(c))
	})
}

// forget deletes the first case with its history; its numbers stay.
func (o *office) forget() {
	o.Helper()
	drop(o, store.KindCase, 1, func(store.PortableCase) bool { return true })
	drop(o, store.KindEntry, -1, func(store.PortableEntry) bool { return true })
	drop(o, store.KindMilestone, -1, func(store.PortableMilestone) bool { return true })
}

func (o *office) lastNumber(register string) int {
	last := 0
	for _, r := range o.records[store.KindNumber] {
		var n store.PortableNumber
		o.ok(json.Unmarshal(r.Doc, &n))
		if n.Register == register {
			last = max(last, n.Seq)
		}
	}
	return last
}

// back takes the last entry of the first case away, and makes the case what the rest leads to.
func (o *office) back() {
	o.Helper()
	o.cut(o.len()-1, o.len())
	var entries []workflow.Entry
	for _, at := range o.places() {
		var row store.PortableEntry
		o.ok(json.Unmarshal(o.records[store.KindEntry][at].Doc, &row))
		entries = append(entries, workflow.ReadEntry(row.Entry, row.Hash))
	}
	def, _, err := sop.Default()
	o.ok(err)
	c, err := workflow.Replay(def, entries)
	o.ok(err)
	o.change(func(old *workflow.Case) { *old = c })
}

// claims gives where the claims with a prefix are among all; those of the log are ordered by
// case.
func (o *office) claims(prefix string) []int {
	var list []int
	for i, r := range o.records[store.KindClaim] {
		if strings.HasPrefix(r.ID, prefix) {
			list = append(list, i)
		}
	}
	return list
}

func (o *office) dropClaims(prefix string, from, to int) {
	at := o.claims(prefix)
	o.records[store.KindClaim] = slices.Delete(o.records[store.KindClaim], at[from], at[to-1]+1)
}

func (o *office) lastCheckpoint() []byte {
	at := o.claims("checkpoint/")
	signed, err := base64.RawURLEncoding.DecodeString(strings.Split(o.records[store.KindClaim][at[len(at)-1]].ID, "/")[2])
	o.ok(err)
	return signed
}

// fork gives a checkpoint of the office's own key, of another log of the same size.
func (o *office) fork() []byte {
	c, err := translog.Open(o.lastCheckpoint(), o.key.Public())
	o.ok(err)
	var other translog.Tree
	for other.Size() < c.Size {
		other.Append(translog.Entry{1})
	}
	_, signed, err := o.key.Checkpoint(&other)
	o.ok(err)
	return signed
}

func claim(prefix string, change func(*store.PortableClaim) bool) func(*office) {
	return func(o *office) {
		edit(o, store.KindClaim, func(c *store.PortableClaim) bool { return strings.HasPrefix(c.Name, prefix) && change(c) })
	}
}

// checkpointOf gives a claim of a checkpoint whose text was changed.
func checkpointOf(claim string, change func(string) string) string {
	parts := strings.Split(claim, "/")
	text, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return ""
	}
	parts[2] = base64.RawURLEncoding.EncodeToString([]byte(change(string(text))))
	return strings.Join(parts, "/")
}
