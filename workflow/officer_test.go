package workflow_test

import (
	"testing"
	"time"

	"izinbot/workflow"
)

// TestStoodIn: while somebody stands in for an officer he acts in that role no more, in others
// he does; before, after, and once it is cancelled he does again.
func TestStoodIn(t *testing.T) {
	from := time.Date(2026, 11, 24, 0, 0, 0, 0, workflow.WIB())
	d := workflow.Delegation{ID: "d", Kind: "Plh.", Role: "kadis", Principal: "o-1", Deputy: "o-2", From: from, To: from.AddDate(0, 0, 1)}
	cancelled := d
	cancelled.Cancelled = from
	official := workflow.Officer{ID: "o-1", Name: "Petugas CONTOH", Roles: []workflow.Role{"kadis", "kabid"}}
	for _, c := range []struct {
		d    workflow.Delegation
		role workflow.Role
		at   time.Time
		want workflow.Code
	}{
		{d, "kadis", from.Add(-time.Second), ""},
		{d, "kadis", from, workflow.CodeStoodIn},
		{d, "kadis", from.AddDate(0, 0, 1), ""},
		{d, "kabid", from, ""},
		{cancelled, "kadis", from, ""},
	} {
		_, err := official.As(c.role, "", []workflow.Delegation{c.d}, c.at)
		if got := workflow.CodeOf(err); got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.role, c.at, got, c.want)
		}
	}
}
