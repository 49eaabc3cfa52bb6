package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
	"izinbot/workflow"
)

func somebody(n int) Person {
	return Person{
		ID: workflow.PersonID(fmt.Sprintf("p-%d", n)), Addresses: []bot.Address{bot.Address(fmt.Sprintf("sim:%d", n))},
		Linking: Linking{Code: fmt.Sprintf("code %d", n)},
	}
}

func TestMergedPersonIsKnownByBothIDs(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, workflow.WIB())
	a, b := somebody(1).Merge(somebody(2), now)
	if !a.Is("p-1") || !a.Is("p-2") || a.Is("") || a.Is("p-3") || b.Into != "p-1" || len(b.Addresses) > 0 {
		t.Errorf("merged into %+v from %+v", a, b)
	}
	if a.Linking.Code != "" || b.Linking.Code != "" {
		t.Error("a code that was given out before is still good")
	}
	if !a.Latest("sim:2") || !slices.Equal(a.Addresses, []bot.Address{"sim:2", "sim:1"}) || a.Latest("sim:2") || a.Latest("sim:9") {
		t.Errorf("addresses %q", a.Addresses)
	}
	if _, _, ok := a.Part(somebody(3)); ok {
		t.Error("somebody else was parted")
	}
	_, half, _ := a.Part(b)
	if rest, again, ok := a.Part(half); !ok || len(rest.Addresses) != 1 || !reflect.DeepEqual(again, half) {
		t.Errorf("a parting that broke off ends with %+v and %+v", rest, again)
	}
}

// TestVoidDraftsStayVoid: a copy that was void does not come to life again when its
// chats are linked once more, or parted.
func TestVoidDraftsStayVoid(t *testing.T) {
	one, two := somebody(1), somebody(2)
	one.Drafts, two.Drafts = map[string]bot.Address{"a": "sim:1", "b": "sim:1"}, map[string]bot.Address{"c": "sim:2"}
	both, gone := one.Merge(two, time.Time{})
	if len(both.Drafts) != 3 || both.Drafts["c"] != "sim:2" || len(one.Drafts) != 2 {
		t.Fatalf("merged %v from %v", both.Drafts, one.Drafts)
	}
	both.Drafts["b"] = "sim:2"
	if _, parted, _ := both.Part(gone); parted.Drafts["a"] != "sim:1" || parted.Drafts["b"] != "sim:2" {
		t.Errorf("parted %v", parted.Drafts)
	}
}

// TestPartingGivesBack merges persons in any order and undoes it in any order that
// is possible: no address is ever lost or had twice, whoever was merged is known to
// the one that goes on, and in the end everybody is who he was.
func TestPartingGivesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(2, 6).Draw(t, "count")
		all, first := map[workflow.PersonID]Person{}, map[workflow.PersonID]Person{}
		for n := range count {
			p := somebody(n)
			all[p.ID] = p
			p.Linking.Code = ""
			first[p.ID] = p
		}
		roots := func() (ids []workflow.PersonID) {
			for id, p := range all {
				if p.Into == "" {
					ids = append(ids, id)
				}
			}
			slices.Sort(ids)
			return ids
		}
		merge := func() {
			pair := rapid.Permutation(roots()).Draw(t, "pair")
			a, b := all[pair[0]].Merge(all[pair[1]], time.Time{})
			all[a.ID], all[b.ID] = a, b
		}
		part := func() bool {
			var from []workflow.PersonID
			for _, id := range roots() {
				if len(all[id].Links) > 0 {
					from = append(from, id)
				}
			}
			if len(from) == 0 {
				return false
			}
			p := all[rapid.SampledFrom(from).Draw(t, "from")]
			link := rapid.SampledFrom(p.Links).Draw(t, "link")
			a, b, ok := p.Part(all[link.Persons[0]])
			if !ok {
				t.Fatalf("%s does not part from %s", p.ID, link.Persons[0])
			}
			all[a.ID], all[b.ID] = a, b
			return true
		}
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			if len(roots()) > 1 && rapid.Bool().Draw(t, "merge") {
				merge()
			} else {
				part()
			}
			everybodyHasHisOwn(t, all, count)
		}
		for part() {
			everybodyHasHisOwn(t, all, count)
		}
		for id, p := range all {
			p.Linking.Code, p.Links = "", nil
			if !reflect.DeepEqual(p, first[id]) {
				t.Errorf("%s became %+v", id, p)
			}
		}
	})
}

func everybodyHasHisOwn(t *rapid.T, all map[workflow.PersonID]Person, count int) {
	addresses := 0
	for id, p := range all {
		if p.Into != "" {
			if len(p.Addresses) > 0 {
				t.Fatalf("%s is %s and has addresses", id, p.Into)
			}
			continue
		}
		addresses += len(p.Addresses)
		if len(p.Known()) != len(p.Addresses) {
			t.Fatalf("%s is known as %v at %q", id, p.Known(), p.Addresses)
		}
		for _, known := range p.Known() {
			if !slices.Contains(p.Addresses, somebody(0).Addresses[0][:4]+bot.Address(known[2:])) {
				t.Fatalf("%s lacks the address of %s", id, known)
			}
		}
	}
	if addresses != count {
		t.Fatalf("%d addresses", addresses)
	}
}
