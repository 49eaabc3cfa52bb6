package demo

import (
	"bytes"
	"testing"

	"izinbot/workflow/mongostore/mongotest"
)

// TestSameTranscriptOnMongoDB plays the stories on both databases: nobody who chats
// can tell which it is.
func TestSameTranscriptOnMongoDB(t *testing.T) {
	if racing {
		t.Parallel()
	}
	var sqlite, mongo bytes.Buffer
	if err := Auto(t.Context(), Config{}, "semua", t.TempDir(), &sqlite); err != nil {
		t.Fatal(err)
	}
	if err := Auto(t.Context(), Config{MongoURI: mongotest.URI(t)}, "semua", t.TempDir(), &mongo); err != nil {
		t.Fatal(err, tail(mongo.String(), 2000))
	}
	if sqlite.Len() < 100_000 {
		t.Errorf("a transcript of %d bytes", sqlite.Len())
	}
	want, got := bytes.Split(sqlite.Bytes(), []byte("\n")), bytes.Split(mongo.Bytes(), []byte("\n"))
	for i := range min(len(want), len(got)) {
		if !bytes.Equal(want[i], got[i]) {
			t.Fatalf("line %d:\n%s\n%s", i+1, want[i], got[i])
		}
	}
	if len(want) != len(got) {
		t.Errorf("%d and %d lines", len(want), len(got))
	}
}
