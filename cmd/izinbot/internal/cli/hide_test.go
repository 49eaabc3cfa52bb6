package cli

import (
	"io/fs"
	"strings"
	"testing"

	"izinbot/workflow/filestore"
)

// TestHidingFitsOwnerAndGroup: after the advice the program can still read its file.
func TestHidingFitsOwnerAndGroup(t *testing.T) {
	t.Parallel()
	me := holder{user: 990, groups: []int{990, 27}}
	for name, c := range map[string]struct {
		file, me holder
		byGroup  bool
		want     string
	}{
		"its own file":                {holder{990, []int{990}}, me, true, "chmod 600 f"},
		"its own, of another group":   {holder{990, []int{4}}, me, true, "chmod 600 f"},
		"root's, of its group":        {holder{0, []int{990}}, me, true, "chmod 640 f"},
		"root's, of a further group":  {holder{0, []int{27}}, me, true, "chmod 640 f"},
		"root's":                      {holder{0, []int{0}}, me, true, "chown izinbot f && chmod 600 f"},
		"another's":                   {holder{1000, []int{1000}}, me, true, "chown izinbot f && chmod 600 f"},
		"root reads it":               {holder{1000, []int{1000}}, holder{0, []int{0}}, true, "chmod 600 f"},
		"its own key":                 {holder{990, []int{27}}, me, false, "chmod 600 f"},
		"root's key, of its group":    {holder{0, []int{990}}, me, false, "chown izinbot f && chmod 600 f"},
		"another's key, read by root": {holder{990, []int{990}}, holder{0, []int{0}}, false, "chown izinbot f && chmod 600 f"},
	} {
		if got := hiding("f", c.file, c.me, "izinbot", c.byGroup); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestExposedKeyIsNamed: the advice names the file that it is about.
func TestExposedKeyIsNamed(t *testing.T) {
	t.Parallel()
	err := &fs.PathError{Op: "read keys", Path: "/tidak/ada/key.json", Err: filestore.ErrKeyExposed}
	if got := remedy(err); !strings.Contains(got, "chmod 600 /tidak/ada/key.json") {
		t.Errorf("%q", got)
	}
}
