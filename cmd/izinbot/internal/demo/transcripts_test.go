package demo

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestTranscripts plays every transcript of testdata, each on a program of its own,
// and then looks at what the words do not tell.
func TestTranscripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			o.begun()
			o.play(name)
			if testing.Verbose() {
				t.Log(o.log.String())
			}
		})
	}
}
