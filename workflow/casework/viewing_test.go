package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/casework"
)

// claimBook keeps claims.
type claimBook struct{ claims []string }

func (b *claimBook) Claimed(_ context.Context, prefix string) ([]string, error) {
	var out []string
	for _, c := range b.claims {
		if strings.HasPrefix(c, prefix) {
			out = append(out, c)
		}
	}
	return out, nil
}

// TestViewings: whatever is viewed by whoever, each officer, thing and day of a case is
// listed once, at its first instant, the newest first, and apart from other cases.
func TestViewings(t *testing.T) {
	t.Parallel()
	name := rapid.StringMatching(`[a-zA-Z0-9%/ :.-]{1,3}`)
	rapid.Check(t, func(t *rapid.T) {
		type key struct{ id, day, officer, thing string }
		ctx, book, first := context.Background(), &claimBook{}, map[key]time.Time{}
		at := time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB())
		ids, officers := rapid.SliceOfN(name, 1, 3).Draw(t, "cases"), rapid.SliceOfN(name, 1, 3).Draw(t, "officers")
		for range rapid.IntRange(0, 20).Draw(t, "n") {
			at = at.Add(time.Duration(rapid.IntRange(1, 12*3600).Draw(t, "later")) * time.Second)
			v := casework.Viewing{
				Case: workflow.CaseID(rapid.SampledFrom(ids).Draw(t, "case")), At: at,
				Officer: workflow.OfficerID(rapid.SampledFrom(officers).Draw(t, "officer")), Thing: name.Draw(t, "thing"),
			}
			claim, err := v.Claim(ctx, book)
			if err != nil {
				t.Fatal(err)
			}
			k := key{string(v.Case), at.Format(time.DateOnly), string(v.Officer), v.Thing}
			if _, seen := first[k]; seen != (claim == "") {
				t.Fatalf("%+v: recorded before: %v, claim %q", v, seen, claim)
			} else if !seen {
				first[k] = at
				book.claims = append(book.claims, claim)
				slices.Sort(book.claims) // as stores give them
			}
		}
		total := 0
		for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			list, err := casework.Viewings(ctx, book, workflow.CaseID(id))
			if err != nil || !slices.IsSortedFunc(list, func(a, b casework.Viewing) int { return b.At.Compare(a.At) }) {
				t.Fatalf("%+v, %v", list, err)
			}
			total += len(list)
			for _, v := range list {
				if was := first[key{id, v.At.Format(time.DateOnly), string(v.Officer), v.Thing}]; !was.Equal(v.At) || string(v.Case) != id {
					t.Fatalf("%+v was first seen at %s", v, was)
				}
			}
		}
		if total != len(first) {
			t.Fatalf("%d are listed of %d", total, len(first))
		}
	})
}

// TestDamagedViewings: a record that cannot be read hides no other.
func TestDamagedViewings(t *testing.T) {
	t.Parallel()
	book := &claimBook{claims: []string{"viewed/A-1/2026-11-23T08:00:00/o/%zz", "viewed/A-1/2026-11-23T09:00:00/o/A2", "viewed/A-1/2026-13-23T09:00:00/o/A2", "viewed/A-1/x"}}
	list, err := casework.Viewings(t.Context(), book, "A-1")
	if err != nil || len(list) != 1 || list[0].Thing != "A2" {
		t.Errorf("%+v, %v", list, err)
	}
}
