package workflowtest

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// RunPortable checks a store whose records can be carried to another. open gives an
// empty one each time it is called. It tells whether the whole suite ran.
func RunPortable(t *testing.T, open func(t *testing.T) store.Portable) (whole bool) {
	t.Helper()
	ran := 0
	tests := map[string]func(p *pair){
		"everything is carried, in pages of any size": carryAll,
		"entries of a case follow each other":         carryInOrder,
		"a record that is there is left as it is":     carryTwice,
		"the mark tells how far a copy has come":      carryMark,
		"lists are those of the other store":          carryLists,
		"work goes on where it was":                   carryOn,
		"a message after purged ones is not handled":  carryPurged,
		"numbers of before get their texts":           carryBefore,
		"an unknown kind is refused":                  carryUnknown,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			ran++
			from, to := open(t), open(t)
			Fill(t, from)
			test(&pair{
				suite: &suite{T: t, store: to, reopen: func(_ *testing.T, s store.Store) store.Store { return s }},
				from:  from, to: to, fresh: func() store.Portable { return open(t) },
			})
		})
	}
	return ran == len(tests)
}

// pair is a store with records of all kinds, and an empty one. The suite's store is
// the empty one.
type pair struct {
	*suite
	from, to store.Portable
	fresh    func() store.Portable
}

// Carry carries all records, as a copy does, in pages of a size.
func Carry(t *testing.T, from, to store.Portable, size int) {
	t.Helper()
	for _, kind := range store.Kinds() {
		if err := eachPage(t.Context(), from, kind, size, func(p store.Page) error {
			return to.Put(t.Context(), kind, p.Records, string(kind)+" "+p.Next)
		}); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
	}
	if err := to.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func eachPage(ctx context.Context, s store.Portable, kind store.Kind, size int, do func(store.Page) error) error {
	for at := ""; ; {
		p, err := s.Records(ctx, kind, at, size)
		if err != nil || len(p.Records) == 0 && p.Next == "" {
			return err
		}
		if err := do(p); err != nil || p.Next == "" {
			return err
		}
		at = p.Next
	}
}

// Same fails the test unless two stores hold the same records. It gives how many
// there are of each kind.
func Same(t *testing.T, a, b store.Portable) map[store.Kind]int {
	t.Helper()
	counts := map[store.Kind]int{}
	for _, kind := range store.Kinds() {
		left, right := docs(t, a, kind), docs(t, b, kind)
		if !slices.Equal(left, right) {
			t.Errorf("%s: %d and %d records\n%.600s\n%.600s", kind, len(left), len(right), left, right)
		}
		counts[kind] = len(left)
	}
	return counts
}

// docs gives the records of a kind, sorted.
func docs(t *testing.T, s store.Portable, kind store.Kind) []string {
	t.Helper()
	var list []string
	if err := eachPage(t.Context(), s, kind, 3, func(p store.Page) error {
		for _, r := range p.Records {
			list = append(list, string(r.Doc))
		}
		return nil
	}); err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	slices.Sort(list)
	return list
}

func carryAll(p *pair) {
	p.Helper()
	Carry(p.T, p.from, p.to, 1)
	again := p.fresh()
	Carry(p.T, p.to, again, 1000)
	for _, to := range []store.Portable{p.to, again} {
		for kind, n := range Same(p.T, p.from, to) {
			if n < 2 {
				p.Errorf("%d records of the kind %s", n, kind)
			}
		}
	}
}

// carryInOrder: the order in which entries come is all that some stores keep of their
// numbers.
func carryInOrder(p *pair) {
	p.Helper()
	for _, size := range []int{1, 60, 1000} {
		last := map[workflow.CaseID]int{}
		var at workflow.CaseID
		p.ok(eachPage(p.Context(), p.from, store.KindEntry, size, func(page store.Page) error {
			for _, r := range page.Records {
				var e store.PortableEntry
				p.ok(json.Unmarshal(r.Doc, &e))
				if _, seen := last[e.Case]; seen && e.Case != at {
					p.Errorf("in pages of %d, %s comes again after %s", size, e.Case, at)
				}
				if e.Seq != last[e.Case]+1 {
					p.Errorf("in pages of %d, entry %d of %s comes after entry %d", size, e.Seq, e.Case, last[e.Case])
				}
				at, last[e.Case] = e.Case, e.Seq
			}
			return nil
		}))
		c, err := p.from.Case(p.Context(), "LKS-2026-00002-1")
		p.ok(err)
		p.equal(last[c.ID], c.Version)
	}
}

func carryTwice(p *pair) {
	p.Helper()
	for range 2 {
		Carry(p.T, p.from, p.to, 7)
		Same(p.T, p.from, p.to)
	}
}

func carryMark(p *pair) {
	p.Helper()
	mark := func() string {
		m, err := p.to.Mark(p.Context())
		p.ok(err)
		return m
	}
	p.equal(mark(), "")
	page, err := p.from.Records(p.Context(), store.KindSOP, "", 1)
	p.ok(err)
	p.equal(len(page.Records), 1)
	p.ok(p.to.Put(p.Context(), store.KindSOP, page.Records, "one"))
	p.equal(mark(), "one")
	p.ok(p.to.Put(p.Context(), store.KindSOP, nil, "two"))
	p.equal(mark(), "two")
	p.ok(p.to.Finish(p.Context()))
	p.equal(mark(), "")
	p.ok(p.to.Finish(p.Context()))
}

func carryUnknown(p *pair) {
	p.Helper()
	_, err := p.from.Records(p.Context(), "lease", "", 1)
	p.code(err, workflow.CodeInvalid)
	p.code(p.to.Put(p.Context(), "lease", nil, ""), workflow.CodeInvalid)
}

// carryLists asks both stores for the same.
func carryLists(p *pair) {
	p.Helper()
	Carry(p.T, p.from, p.to, 5)
	ctx, now := p.Context(), in(48*time.Hour)
	for what, ask := range map[string]func(s store.Store) (any, error){
		"officers":    func(s store.Store) (any, error) { return s.Officers(ctx) },
		"officer of":  func(s store.Store) (any, error) { return s.OfficerOf(ctx, "P-2") },
		"person at":   func(s store.Store) (any, error) { return s.PersonAt(ctx, "sim:moved") },
		"invitation":  func(s store.Store) (any, error) { return s.Invitation(ctx, "hash-1") },
		"delegations": func(s store.Store) (any, error) { return s.Delegations(ctx, start()) },
		"history":     func(s store.Store) (any, error) { return s.History(ctx, "LKS-2026-00002-1") },
		"case":        func(s store.Store) (any, error) { return s.Case(ctx, "LKS-2026-00002-1") },
		"tasks": func(s store.Store) (any, error) {
			return s.Tasks(ctx, store.TaskQuery{Roles: []workflow.Role{"front_office", "kabid"}, Limit: 10})
		},
		"by applicant": func(s store.Store) (any, error) { return s.ByApplicant(ctx, "P-0001", 10) },
		"find":         func(s store.Store) (any, error) { return s.Find(ctx, "yayas sidik", 10) },
		"due":          func(s store.Store) (any, error) { return s.DueForCheck(ctx, now, 10) },
		"numbers":      func(s store.Store) (any, error) { return s.Numbers(ctx, "agenda", 2026) },
		"claims":       func(s store.Store) (any, error) { return s.Claimed(ctx, "") },
		"calls":        func(s store.Store) (any, error) { return s.Calls(ctx) },
		"milestones":   func(s store.Store) (any, error) { return s.Milestones(ctx, start(), now, 10) },
		"step times":   func(s store.Store) (any, error) { return s.StepTimes(ctx, "lks-asing", 3, 10) },
		"source": func(s store.Store) (any, error) {
			return s.SOPSource(ctx, workflow.SOPRef{Name: "lks-asing", Version: "2"})
		},
		"unhandled":    func(s store.Store) (any, error) { return s.Unhandled(ctx) },
		"conversation": func(s store.Store) (any, error) { return s.Conversation(ctx, "sim:1") },
		"claim": func(s store.Store) (any, error) {
			return s.Claim(ctx, bot.Claim{Owner: "o", Now: now, Until: now.Add(lease), Limit: 10})
		},
	} {
		a, err := ask(p.from)
		p.ok(err)
		b, err := ask(p.to)
		p.ok(err)
		if left, right := shown(p, a), shown(p, b); left != right || right == "null" || right == "[]" {
			p.Errorf("%s:\n%.900s\n%.900s", what, left, right)
		}
	}
}

func shown(p *pair, v any) string {
	p.Helper()
	b, err := json.Marshal(v)
	p.ok(err)
	return string(b)
}

// carryOn goes on working in the copy.
func carryOn(p *pair) {
	p.Helper()
	before, err := p.from.Unhandled(p.Context())
	p.ok(err)
	Carry(p.T, p.from, p.to, 4)
	p.equal(len(p.accept(message("sim:1", "satu"), message("sim:1", "tiga"))), 0) // known, handled or not
	got := p.accept(message("sim:1", "baru"))
	p.equal(len(got), 1)
	if got[0].Seq <= before[len(before)-1].Seq {
		p.Errorf("a new message has the number %d", got[0].Seq)
	}
	p.equal(p.reserve("agenda", 2026, "LKS-2026-00001-3/surat_izin"), 1)
	p.equal(p.reserve("agenda", 2026, "x"), 3)
	p.refused(store.UnitOfWork{Claims: []string{"rung/a"}}, workflow.CodeDuplicate)
	p.refused(store.UnitOfWork{Calls: []store.Call{made(caseCall("LKS-2026-00001-3", "2026-11-23"), in(time.Hour))}}, workflow.CodeDuplicate)
	p.equal(len(p.post(delivery("sim:1", "terkirim"), delivery("sim:1", "menunggu"))), 0)
	c := p.load("LKS-2026-00001-3")
	p.refused(store.UnitOfWork{Cases: []store.CaseChange{p.change(c, "submit:LKS-2026-00001-3")}}, workflow.CodeDuplicate)
	p.save(p.change(c, "on"))
	p.save(p.submit("LKS-2026-00009-9"))
	rows, err := p.to.Find(p.Context(), "yayasan", 10)
	p.equal(p.ids(rows, err), p.ids([]store.TaskRow{{ID: "LKS-2026-00009-9"}, {ID: "LKS-2026-00002-1"}, {ID: "LKS-2026-00001-3"}}, nil))
	entries, err := p.to.History(p.Context(), c.ID)
	p.ok(err)
	if seq, why := p.load(c.ID).VerifyHistory(entries); seq != 0 {
		p.Errorf("entry %d %s", seq, why)
	}
	p.commit(store.UnitOfWork{Officers: []workflow.Officer{{ID: "O-9", Name: "CONTOH", Person: "P-2"}}})
	o, err := p.to.OfficerOf(p.Context(), "P-2")
	p.ok(err)
	p.equal(o.ID, workflow.OfficerID("O-9")) // the latest
	talk := p.conversation("sim:1")
	talk.Handled = got[0].Seq
	p.commit(store.UnitOfWork{Conversation: &talk})
	p.equal(p.unhandled(), "lain ")
}

// carryPurged carries chats whose handled messages were all purged.
func carryPurged(p *pair) {
	p.Helper()
	talk := bot.Conversation{Chat: "sim:purged"}
	for range 3 {
		talk.Handled += 1000
		p.commitIn(p.from, store.UnitOfWork{Conversation: &talk})
		talk.Version++
	}
	Carry(p.T, p.from, p.to, 100)
	got := p.accept(message("sim:purged", "sesudah"))
	p.equal(len(got), 1)
	list, err := p.to.UnhandledOf(p.Context(), "sim:purged", talk.Handled, 10)
	p.ok(err)
	p.equal(texts(list), "sesudah ")
	Same(p.T, p.to, p.to)
}

func (s *suite) commitIn(to store.Store, t store.UnitOfWork) []bot.Delivery {
	s.Helper()
	list, err := to.Commit(s.Context(), start(), t)
	s.ok(err)
	return list
}
