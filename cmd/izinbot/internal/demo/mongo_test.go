package demo

import (
	"bytes"
	"os"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/mongostore/mongotest"
)

// TestSameTranscriptOnMongoDB plays the longest story (in a soak all of them) on both
// databases: nobody who chats can tell which it is.
func TestSameTranscriptOnMongoDB(t *testing.T) {
	t.Parallel()
	sqlite, mongo := transcriptOn(t, ""), transcriptOn(t, mongotest.URI(t))
	if len(sqlite) < 30_000 {
		t.Errorf("a transcript of %d bytes", len(sqlite))
	}
	want, got := bytes.Split(sqlite, []byte("\n")), bytes.Split(mongo, []byte("\n"))
	for i := range min(len(want), len(got)) {
		if !bytes.Equal(want[i], got[i]) {
			t.Fatalf("line %d:\n%s\n%s", i+1, want[i], got[i])
		}
	}
	if len(want) != len(got) {
		t.Errorf("%d and %d lines", len(want), len(got))
	}
}

// transcriptOn plays the stories as "demo --auto semua" does, with small pictures.
func transcriptOn(t *testing.T, uri string) []byte {
	t.Helper()
	var out bytes.Buffer
	d := opened(t, Config{Dir: t.TempDir(), MongoURI: uri}, stillClock(time.Date(2026, 11, 23, 7, 0, 0, 0, workflow.WIB())))
	defer shutDown(t, d)
	stories := []string{"klarifikasi"}
	if os.Getenv("IZINBOT_SOAK") != "" {
		stories = Stories()
	}
	if err := d.playAll(t.Context(), stories, testSamples(t, mustDefault(t)), t.TempDir(), &out); err != nil {
		t.Fatal(err, tail(out.String(), 2000))
	}
	return out.Bytes()
}
