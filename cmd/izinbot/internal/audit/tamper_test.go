package audit_test

import (
	"bytes"
	"crypto/sha256"
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
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// tampering is a change behind the program's back, and what the audit must say of it.
type tampering struct {
	name string
	do   func(o *office)
	want string
}

// TestTamperings plays two cases, and then changes in a copy of the database what somebody
// who writes to it could change. Each change is found and named, on both databases.
func TestTamperings(t *testing.T) {
	t.Parallel()
	source := played(t)
	for name, uri := range map[string]func(testing.TB) string{
		"SQLite": func(testing.TB) string { return "" }, "MongoDB": mongotest.URI,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if faults := audited(t, source.clone(t), uri(t)); len(faults) > 0 {
				t.Fatalf("an office that nobody touched: %q", faults)
			}
			for _, c := range tamperings() {
				t.Run(c.name, func(t *testing.T) {
					o := source.clone(t)
					c.do(o)
					if faults := audited(t, o, uri(t)); !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, c.want) }) {
						t.Errorf("%q is not among %q", c.want, faults)
					}
				})
			}
		})
	}
}

func tamperings() []tampering {
	return slices.Concat(entryTamperings(), caseTamperings(), besideTamperings())
}

func entryTamperings() []tampering {
	return []tampering{
		{"an entry's words changed", func(o *office) {
			o.entry(2, func(e *workflow.Entry) { e.Command = bytes.ReplaceAll(e.Command, []byte("CONTOH"), []byte("CONTOJ")) })
		}, "catatan 2 diubah setelah ditulis"},
		{"an entry's time changed", func(o *office) {
			o.entry(5, func(e *workflow.Entry) { e.At = e.At.Add(-time.Hour) })
		}, "catatan 5 diubah setelah ditulis"},
		{"an entry's actor changed", func(o *office) {
			o.entry(3, func(e *workflow.Entry) { e.Command = bytes.Replace(e.Command, []byte(`"name":"`), []byte(`"name":"X`), 1) })
		}, "catatan 3 diubah setelah ditulis"},
		{"an entry's hash changed", func(o *office) {
			o.rows(func(i int, e *store.PortableEntry) bool { return i == 6 && set(&e.Hash, strings.Repeat("0", 64)) })
		}, "catatan 7 diubah setelah ditulis"},
		{"an entry in other bytes", func(o *office) {
			o.rows(func(i int, e *store.PortableEntry) bool { return i == 3 && set(&e.Entry, append(e.Entry, ' ')) })
		}, "catatan 4 diubah setelah ditulis"},
		{"an entry unreadable", func(o *office) {
			o.rows(func(i int, e *store.PortableEntry) bool { return i == 3 && set(&e.Entry, []byte("{")) })
		}, "catatan 4 tidak terbaca"},
		{"an entry taken out", func(o *office) { o.cut(8, 9) }, "catatan 9 hilang"},
		{"the tail cut off", func(o *office) { o.cut(o.len()-2, o.len()) }, " hilang"},
		{"two entries in the other order", func(o *office) { o.swap(4, 5) }, "catatan 5 hilang"},
		{"another case's entry put in", func(o *office) { o.borrow(1) }, "catatan 2 milik permohonan lain"},
		{"an entry that could not happen, with all hashes made anew", func(o *office) {
			o.entry(4, func(e *workflow.Entry) { e.Command = bytes.Replace(e.Command, []byte(`"role":"`), []byte(`"role":"x`), 1) })
			o.rehash()
		}, "catatan 4 tidak mungkin terjadi menurut prosedurnya"},
		{"an answer of the form changed, with all hashes made anew", func(o *office) {
			o.entry(1, func(e *workflow.Entry) { e.Command = bytes.Replace(e.Command, []byte(`"lang":"`), []byte(`"lang":"x`), 1) })
			o.rehash()
		}, "permohonan yang tersimpan tidak sama dengan riwayatnya"},
	}
}

func caseTamperings() []tampering {
	return []tampering{
		{"the step changed", func(o *office) { o.change(func(c *workflow.Case) { c.Step-- }) }, "tidak sama dengan riwayatnya: langkah"},
		{"the end changed", func(o *office) { o.change(func(c *workflow.Case) { c.End = "lain" }) }, "riwayatnya: akhir permohonan"},
		{"an answer changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Form["negara_asal"] = "Lain" })
		}, "riwayatnya: isian formulir"},
		{"who applies changed", func(o *office) { o.change(func(c *workflow.Case) { c.Applicant = "p-lain" }) }, "riwayatnya: pemohon"},
		{"a letter's hash changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Letters[0].File.SHA256 = strings.Repeat("0", 64) })
		}, "riwayatnya: surat resi (SHA-256 berkas)"},
		{"an archive's hash changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Letters[0].Archive.SHA256 = strings.Repeat("0", 64) })
		}, "riwayatnya: surat resi (SHA-256 arsip)"},
		{"a letter's number changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Letters[len(c.Letters)-1].Number.Text = "503/1/CONTOH" })
		}, " (nomor)"},
		{"a letter taken out", func(o *office) { o.change(func(c *workflow.Case) { c.Letters = c.Letters[1:] }) }, "surat resi (hilang)"},
		{"a letter put in", func(o *office) {
			o.change(func(c *workflow.Case) {
				c.Letters = append(c.Letters, workflow.Letter{ID: "surat_izin-9", Kind: "surat_izin", Status: workflow.LetterFinal})
			})
		}, "surat surat_izin-9 (ditambahkan)"},
		{"a document's hash changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Documents[0].Files[0].SHA256 = strings.Repeat("0", 64) })
		}, " (berkas)"},
		{"the whole case deleted", func(o *office) { o.forget() }, "permohonan tidak ada, padahal"},
		{"the procedure changed", func(o *office) {
			edit(o, store.KindSOP, func(s *store.PortableSOP) bool {
				return set(&s.Source, bytes.Replace(s.Source, []byte("versi:"), []byte("# x\nversi:"), 1))
			})
		}, "prosedur lks-asing versi"},
	}
}

func besideTamperings() []tampering {
	task := func(change func(*store.PortableCase)) func(*office) {
		return func(o *office) { edit(o, store.KindCase, func(c *store.PortableCase) bool { change(c); return true }) }
	}
	number := func(change func(*store.PortableNumber) bool) func(*office) {
		return func(o *office) {
			edit(o, store.KindNumber, func(n *store.PortableNumber) bool { return n.Status == workflow.NumberIssued && change(n) })
		}
	}
	return []tampering{
		{"a task's role changed", task(func(c *store.PortableCase) { c.Role = "kadis" }), "tugas di daftar tidak sama dengan permohonannya: jabatan"},
		{"a task's holder changed", task(func(c *store.PortableCase) { c.Holder = "o-lain" }), "permohonannya: pemegang"},
		{"a task's deadline changed", task(func(c *store.PortableCase) { c.Due = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) }), "permohonannya: tenggat"},
		{"a case made hard to find", task(func(c *store.PortableCase) { c.Keywords = "lain" }), "permohonannya: kata pencarian"},
		{"a number's text changed", number(func(n *store.PortableNumber) bool { return set(&n.Printed, "503/lain") }), "tercetak lain menurut riwayat"},
		{"a number's letter changed", number(func(n *store.PortableNumber) bool { return set(&n.Key, n.Key+"-9") }), "milik surat lain menurut riwayat"},
		{"a number made void", number(func(n *store.PortableNumber) bool { return set(&n.Status, workflow.NumberVoid) }), "bukan yang menurut riwayat"},
		{"a register's row taken out", func(o *office) {
			drop(o, store.KindNumber, 1, func(n store.PortableNumber) bool { return n.Status == workflow.NumberIssued })
		}, "hilang"},
		{"a register's row put in", func(o *office) {
			add(o, store.KindNumber, store.PortableNumber{
				Register: "surat_keluar", Year: 2026, Seq: o.lastNumber("surat_keluar") + 1, Key: string(o.id) + "/surat_izin-7",
				Status: workflow.NumberIssued, Taken: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Printed: "503/99/CONTOH",
			})
		}, "tidak berasal dari riwayat permohonan mana pun"},
		{"a register with a gap", func(o *office) {
			add(o, store.KindNumber, store.PortableNumber{
				Register: "surat_keluar", Year: 2026, Seq: o.lastNumber("surat_keluar") + 3, Key: string(o.id) + "/surat_izin-7",
				Status: workflow.NumberVoid, Taken: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Printed: "503/99/CONTOH",
			})
		}, "nomor urut "},
		{"a milestone taken out", func(o *office) {
			drop(o, store.KindMilestone, 1, func(m store.PortableMilestone) bool { return m.Kind == store.MilestoneRun })
		}, "1 capaian untuk buku register hilang"},
		{"a milestone put in", func(o *office) {
			add(o, store.KindMilestone, store.PortableMilestone{
				Case: o.id, SOP: "lks-asing", Kind: store.MilestoneRun, Step: 3, Outcome: "ya", At: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC),
			})
		}, "1 capaian untuk buku register ditambahkan"},
		{"a milestone changed", func(o *office) {
			edit(o, store.KindMilestone, func(m *store.PortableMilestone) bool { return m.Kind == store.MilestoneEnd && set(&m.Outcome, "lain") })
		}, "capaian untuk buku register diubah"},
	}
}

// office is the records of an office, to be changed. id is its first case.
type office struct {
	*testing.T

	id      workflow.CaseID
	records map[store.Kind][]store.Record
}

// kinds are the official records; what is under way in chats is left out.
func kinds() []store.Kind {
	return []store.Kind{
		store.KindSOP, store.KindPerson, store.KindOfficer, store.KindCase, store.KindEntry, store.KindMilestone, store.KindNumber,
	}
}

// played is an office that has granted one permit and refused another.
func played(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	if err := demo.Auto(t.Context(), demo.Config{Dir: dir}, "semua", t.TempDir(), io.Discard); err != nil {
		t.Fatal(err)
	}
	s, err := storage.OpenRecords(t.Context(), storage.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // only read
	o := &office{T: t, records: map[store.Kind][]store.Record{}}
	for _, kind := range kinds() {
		for from, more := "", true; more; more = from != "" {
			page, err := s.(store.Portable).Records(t.Context(), kind, from, 500)
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
	out := &office{T: t, id: o.id, records: map[store.Kind][]store.Record{}}
	for kind, list := range o.records {
		out.records[kind] = slices.Clone(list)
	}
	return out
}

// audited puts the records into an empty database and gives what the audit finds.
func audited(t *testing.T, o *office, uri string) []string {
	t.Helper()
	s, err := storage.OpenRecords(t.Context(), storage.Config{Dir: t.TempDir(), MongoURI: uri, Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // of no matter any more
	for _, kind := range kinds() {
		if err := s.(store.Portable).Put(t.Context(), kind, o.records[kind], ""); err != nil {
			t.Fatal(err)
		}
	}
	report, _, err := audit.Verify(t.Context(), s)
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
		o.rows(func(n int, row *store.PortableEntry) bool { return n == i && set(&row.Entry, e.Entry) && set(&row.Hash, e.Hash) })
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
