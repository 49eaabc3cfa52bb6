package app

import (
	"image/png"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestWeeklyRecapHasItsPicture: on Monday at eight the head of the office has last
// week's figures, with a picture that the file store holds; on other days nobody has.
func TestWeeklyRecapHasItsPicture(t *testing.T) {
	t.Parallel()
	w := &wire{}
	cfg := config(t.TempDir(), w)
	now := time.Date(2026, 11, 30, 7, 59, 0, 0, workflow.WIB()) // Monday
	cfg.Now = func() time.Time { return now }
	p := open(t, cfg)
	if err := p.outbox.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	week(t, p, now.AddDate(0, 0, -4))
	look(t, p)
	if w.count("Rekap") != 0 {
		t.Errorf("before eight:\n%s", w.said())
	}
	now = now.Add(time.Minute)
	look(t, p)
	look(t, p)
	now = now.AddDate(0, 0, 1)
	look(t, p)
	if w.count("Rekap Senin 23 Nov sampai Minggu 29 Nov") != 1 || w.count("Menerima dan memeriksa kelengkapan berkas: 3 jam (2 Jam), 1 kali") != 1 {
		t.Fatalf("said\n%s", w.said())
	}
	picture := w.file("image/png")
	if picture.Name != "rekap 2026-11-23.png" {
		t.Fatalf("files %+v", picture)
	}
	content, err := p.Files.Open(t.Context(), picture.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := content.Close(); err != nil {
			t.Error(err)
		}
	}()
	if img, err := png.Decode(content); err != nil || img.Bounds().Dx() < 600 {
		t.Errorf("the picture: %v", err)
	}
}

// week makes an office with a head, and a step that was finished in it.
func week(t *testing.T, p *Program, at time.Time) {
	t.Helper()
	def := p.Desk.Library.Current()
	c := workflowtest.Case(workflow.MakeCaseID(def.Code, 2026, 1), at)
	c.SOP, c.End = def.Ref, workflow.EndGranted
	change, err := workflowtest.Change(c, at, "week")
	if err != nil {
		t.Fatal(err)
	}
	change.Task = store.Task{}
	change.Milestones = []store.Milestone{{Case: c.ID, SOP: def.Ref.Name, Kind: store.MilestoneRun, Step: 2, Outcome: "lengkap", At: at, Used: 3 * time.Hour}}
	unit := store.UnitOfWork{
		Cases:    []store.CaseChange{change},
		Persons:  []store.Person{{ID: "P-kadis", Lang: workflow.Indonesian, Addresses: []bot.Address{"test:kadis"}}},
		Officers: []workflow.Officer{{ID: "O-kadis", Person: "P-kadis", Name: "Kadis CONTOH", Roles: []workflow.Role{"kadis"}}},
	}
	if _, err := p.Store.Commit(t.Context(), at, unit); err != nil {
		t.Fatal(err)
	}
}

// file gives the last file of a type that was sent.
func (w *wire) file(kind string) (found bot.Attachment) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.sent {
		for _, f := range m.Files {
			if strings.EqualFold(f.Type, kind) {
				found = f
			}
		}
	}
	return found
}
