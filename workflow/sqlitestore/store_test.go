package sqlitestore_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

func openAt(t *testing.T, path string) *sqlitestore.Store {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), path, sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestConformance(t *testing.T) {
	paths := map[store.Store]string{}
	workflowtest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		path := filepath.Join(t.TempDir(), "izin.db")
		s := openAt(t, path)
		paths[s] = path
		return s
	}, workflowtest.Options{Reopen: func(t *testing.T, s store.Store) store.Store {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		path := paths[s]
		s = openAt(t, path)
		paths[s] = path
		return s
	}, Spoil: func(t *testing.T, s store.Store, id workflow.CaseID, doc []byte) {
		t.Helper()
		db, err := sql.Open("sqlite", paths[s])
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), "UPDATE cases SET doc = ? WHERE id = ?", append([]byte{}, doc...), id); err != nil {
			t.Fatal(err)
		}
	}, SpoilChat: func(t *testing.T, s store.Store, chat bot.Address, doc []byte) {
		t.Helper()
		db, err := sql.Open("sqlite", paths[s])
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, table := range []string{"inbox", "outbox"} {
			first := "UPDATE " + table + " SET message = ? WHERE seq = (SELECT min(seq) FROM " + table + " WHERE chat = ?)"
			if _, err := db.ExecContext(t.Context(), first, doc, chat); err != nil {
				t.Fatal(err)
			}
		}
	}})
}

func TestPortable(t *testing.T) {
	workflowtest.RunPortable(t, func(t *testing.T) store.Portable {
		t.Helper()
		return openAt(t, filepath.Join(t.TempDir(), "izin.db"))
	})
}
