package session_test

import (
	"testing"

	"izinbot/handlers/session"
)

func FuzzChoiceID(f *testing.F) {
	f.Add("d", "A1", 7)
	f.Add("o", "lks.asing", 0)
	f.Add("", "", -1)
	f.Fuzz(func(t *testing.T, kind, key string, n int) {
		keyed, numbered := session.Keyed[string](kind), session.Numbered(kind)
		if got, ok := keyed.Parse(keyed.ID(key)); got != key || ok != (key != "") {
			t.Errorf("%q of kind %q is read as %q, %v", key, kind, got, ok)
		}
		if got, ok := numbered.Parse(numbered.ID(n)); got != n || ok != (n >= 0) {
			t.Errorf("%d of kind %q is read as %d, %v", n, kind, got, ok)
		}
		if n, ok := numbered.Parse(key); ok && numbered.ID(n) != key {
			t.Errorf("%q is read as %d", key, n)
		}
		if _, ok := session.Keyed[string](kind + "x").Parse(keyed.ID(key)); ok {
			t.Errorf("%q is read as one of another kind", keyed.ID(key))
		}
	})
}

func TestMalformedNumbers(t *testing.T) {
	for _, id := range []string{"", "s", "s.", "s.x", "s.-1", "s.+1", "s.01", "s.1.2", "t.1", "s.99999999999999999999"} {
		if n, ok := session.Numbered("s").Parse(id); ok {
			t.Errorf("%q is read as %d", id, n)
		}
	}
}
