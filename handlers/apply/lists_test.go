package apply

import (
	"testing"
)

func TestListPosition(t *testing.T) {
	for s, want := range map[string][2]int{"": {-1, 0}, ",8": {-1, 8}, "2,0": {2, 0}, "2,8": {2, 8}, "x,-3": {-1, 0}} {
		if group, from := listAt(s); group != want[0] || from != want[1] {
			t.Errorf("%q: %d, %d", s, group, from)
		}
	}
}
