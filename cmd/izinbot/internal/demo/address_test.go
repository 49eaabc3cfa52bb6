package demo

import (
	"context"
	"io"
	"strings"
	"testing"

	"izinbot/handlers/web"
)

// TestNoPrintedAddressIsDead plays a case to its end on a port of its own and opens
// every address that its letters print.
func TestNoPrintedAddressIsDead(t *testing.T) {
	ln, err := web.ListenLoopback(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + ln.Addr().String()
	d, err := open(t.Context(), Config{Dir: t.TempDir()}, stillClock(monday()), base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	server, err := d.server(ln)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	story, err := loadStory("klarifikasi")
	if err != nil {
		t.Fatal(err)
	}
	p := newPlayer(d, testSamples(t, d.Program.Desk.Library.Current()), io.Discard)
	if err := p.play(t.Context(), story); err != nil {
		t.Fatal(err)
	}
	c, err := d.Program.Store.Case(t.Context(), p.theCase(1))
	if err != nil || len(c.Letters) < 8 {
		t.Fatalf("%d letters, %v", len(c.Letters), err)
	}
	office := d.Program.Office
	if body := at(t, base, office.StatusURL(c.ID)); !strings.Contains(body, "Selesai: izin terbit") {
		t.Errorf("the status page says %s", body)
	}
	for _, l := range c.Letters {
		body := at(t, base, office.VerifyURL(c.ID, l.ID))
		internal := strings.Contains(body, "Surat ini tercatat")
		if internal == strings.Contains(body, l.File.SHA256) || strings.Contains(body, l.Archive.SHA256) {
			t.Errorf("%s: internal %v, shown as %s", l.ID, internal, body)
		}
		if l.Number != nil && !strings.Contains(body, l.Number.Text) {
			t.Errorf("%s: no number in %s", l.ID, body)
		}
	}
}

// at gives the page at a printed address, which must be one of this program's.
func at(t *testing.T, base, url string) string {
	t.Helper()
	if !strings.HasPrefix(url, base+"/") {
		t.Errorf("%s is not at %s", url, base)
	}
	return string(get(t, url))
}
