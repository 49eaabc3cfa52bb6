package app

import (
	"os"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestNumbersOfOlderProcedures starts with formats that are alike under an older version of the
// procedure alone: refused as long as an open case uses it.
func TestNumbersOfOlderProcedures(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("../../../../workflow/sop/testdata/reklame.yaml")
	if err != nil {
		t.Fatal(err)
	}
	version := func(number, class string) []byte {
		s := strings.Replace(string(src), "hal: Izin Reklame}", "hal: Izin Reklame, register: izin, klasifikasi: \""+class+"\"}", 1)
		s = strings.Replace(s, "  - {jenis: resi,", "  - {jenis: perintah_tugas, judul: SURAT PERINTAH, hal: Perintah, register: surat_keluar, klasifikasi: \"503\"}\n  - {jenis: resi,", 1)
		return []byte(strings.Replace(s, `versi: "1"`, `versi: "`+number+`"`, 1))
	}
	office, err := os.ReadFile("../../../../workflow/letters/office.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cfg := config(t.TempDir(), &wire{})
	cfg.SOP = version("1", "503")
	p, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	old := p.Desk.Library.Current().Ref
	change, err := workflowtest.Change(workflowtest.Case("RKL-2026-00001-1", cfg.Now()), cfg.Now(), "k")
	if err != nil {
		t.Fatal(err)
	}
	change.Case.SOP = old
	if _, err := p.Store.Commit(t.Context(), cfg.Now(), store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
		t.Fatal(err)
	}
	shut(t, p)
	cfg.Office = []byte(strings.Replace(string(office), "/IZIN/", "/", 1))
	cfg.SOP = version("2", "504")
	_, err = Open(t.Context(), cfg)
	if err == nil || !strings.Contains(err.Error(), old.Version) || !strings.Contains(err.Error(), "503/001/DPMPTSPK/XI/2026") {
		t.Fatalf("with an open case of the older version: %v", err)
	}
	cfg.Office = office
	p, err = Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.Store.Case(t.Context(), change.Case.ID)
	if err != nil {
		t.Fatal(err)
	}
	end, err := workflowtest.Change(c, cfg.Now(), "end")
	if err != nil {
		t.Fatal(err)
	}
	end.Case.End = workflow.EndWithdrawn
	if _, err := p.Store.Commit(t.Context(), cfg.Now(), store.UnitOfWork{Cases: []store.CaseChange{end}}); err != nil {
		t.Fatal(err)
	}
	shut(t, p)
	cfg.Office = []byte(strings.Replace(string(office), "/IZIN/", "/", 1))
	open(t, cfg)
	cfg.Dir, cfg.SOP = t.TempDir(), version("1", "503")
	if _, err := Open(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), "dua jenis surat dapat bernomor sama") {
		t.Errorf("with the procedure for new cases: %v", err)
	}
}
