package sqlitestore_test

import (
	"path/filepath"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

func TestLeasesOfAnEarlierRunAreFree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "izinbot.db")
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	s, err := sqlitestore.Open(t.Context(), path, sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	born := store.UnitOfWork{
		Deliveries: []bot.Delivery{{ID: "1", Chat: "sim:a", Created: now}},
		Owner:      "earlier run", Lease: now.Add(time.Hour),
	}
	if _, err := s.Commit(t.Context(), now, born); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Claim(t.Context(), bot.Claim{Owner: "me", Now: now, Until: now.Add(time.Minute), Limit: 10}); err != nil || len(got) != 0 {
		t.Fatalf("claimed %v, %v under the lease of another", got, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = sqlitestore.Open(t.Context(), path, sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got, err := s.Claim(t.Context(), bot.Claim{Owner: "me", Now: now, Until: now.Add(time.Minute), Limit: 10}); err != nil || len(got) != 1 {
		t.Fatalf("claimed %v, %v after the earlier run ended", got, err)
	}
}
