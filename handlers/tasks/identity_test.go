package tasks_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// TestRolesSeeWhatTheirStepsNeed: who checks documents, visits, or is above those sees
// the number and opens the identity documents; others see neither.
func TestRolesSeeWhatTheirStepsNeed(t *testing.T) {
	g, id := handlerstest.Applied(t)
	for _, role := range []workflow.Role{"front_office", "backoffice", "tim_teknis", "kabid", "sekretaris", "kadis"} {
		p := g.Officer(string(role), role)
		before := len(g.Views(id))
		g.Lacks(p.Expect("/isian "+string(id), handlerstest.IDNumber, "Siapa yang melihatnya dicatat"), handlerstest.MaskedNumber)
		g.Wants(p.Say("/berkas "+string(id)+" A2"), "A2 Identitas pimpinan", "Siapa yang melihatnya dicatat")
		if files := g.Handed(p); files != 1 {
			t.Errorf("%s is handed %d files of A2", role, files)
		}
		if n := len(g.Views(id)) - before; n != 2 {
			t.Errorf("%s: %d views are recorded, want 2: %v", role, n, g.Views(id))
		}
	}
	seen := len(g.Views(id))
	for _, role := range []workflow.Role{"ksb_umum", workflow.RoleAdmin} {
		p := g.Officer(string(role), role)
		g.Lacks(p.Expect("/isian "+string(id), handlerstest.MaskedNumber, "Nomor identitas disamarkan", "Front Office, "), handlerstest.IDNumber)
		list := p.Expect("/berkas "+string(id), "KITAS/KITAP (data pribadi)\n", "1 A1", "2 B1")
		g.Lacks(list, "2 A2")
		g.Wants(p.Say("/berkas "+string(id)+" A2"), "A2 memuat data pribadi", "Tim Teknis")
		if files := g.Handed(p); files != 0 {
			t.Errorf("%s is handed %d files of A2", role, files)
		}
		g.Wants(p.Say("/berkas "+string(id)+" B1"), "B1 ")
		if files := g.Handed(p); files != 1 {
			t.Errorf("%s is handed %d files of B1", role, files)
		}
	}
	if n := len(g.Views(id)); n != seen {
		t.Errorf("what nobody saw is recorded: %v", g.Views(id))
	}
	for _, v := range g.Views(id) {
		if strings.Contains(v, handlerstest.IDNumber) {
			t.Errorf("a record holds the number: %s", v)
		}
	}
}

// TestViewsAreRecordedOnceADay: once an officer, thing and day, whatever shows it.
func TestViewsAreRecordedOnceADay(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fo", "front_office")
	fo.Expect("buka "+string(id), "14 dokumen")
	if n := len(g.Views(id)); n != 0 {
		t.Fatalf("a list of names is no view: %v", g.Views(id))
	}
	fo.Expect("A2", "A2 Identitas pimpinan", "Siapa yang melihatnya dicatat")
	fo.Expect("Kembali ke daftar", "14 dokumen")
	fo.Expect("A2", "A2 Identitas pimpinan")
	fo.Expect("Kembali ke daftar", "14 dokumen")
	fo.Expect("A1", "A1 ")
	fo.Expect("Kembali ke daftar", "14 dokumen")
	fo.Expect("Isian permohonan", handlerstest.IDNumber)
	fo.Expect("Isian permohonan", handlerstest.IDNumber)
	if n := len(g.Views(id)); n != 2 {
		t.Errorf("%d views, want the number and A2 once each: %v", n, g.Views(id))
	}
	g.Now = g.Now.Add(24 * time.Hour)
	fo.Expect("Isian permohonan", handlerstest.IDNumber)
	if n := len(g.Views(id)); n != 3 {
		t.Errorf("%d views on the next day: %v", n, g.Views(id))
	}
	other := g.Officer("fo2", "front_office")
	other.Expect("/isian "+string(id), handlerstest.IDNumber)
	if n := len(g.Views(id)); n != 4 {
		t.Errorf("%d views with a colleague's: %v", n, g.Views(id))
	}
}

// TestWhoSaw: superiors of those who work with identities, and admins, are shown who saw
// what; nobody else is.
func TestWhoSaw(t *testing.T) {
	g, id := handlerstest.Applied(t)
	kabid := g.Officer("kabid", "kabid")
	kabid.Expect("siapa melihat "+string(id), "belum pernah dilihat petugas")
	fo := g.Officer("fo", "front_office")
	fo.Say("/berkas " + string(id) + " A2")
	g.Now = g.Now.Add(time.Hour)
	fo.Say("/isian " + string(id))
	want := []string{
		"Senin, 23 November 2026, 11.12 WIB · FO CONTOH · Nomor identitas pimpinan",
		"Senin, 23 November 2026, 10.12 WIB · FO CONTOH · A2 Identitas pimpinan",
	}
	for name, role := range map[string]workflow.Role{"kabid": "kabid", "sekretaris": "sekretaris", "kadis": "kadis", "admin": workflow.RoleAdmin} {
		p := kabid
		if name != "kabid" {
			p = g.Officer(name, role)
		}
		for _, said := range []string{"siapa melihat " + string(id), "/siapa " + string(id), "/siapa melihat " + string(id)} {
			got := p.Expect(said, want...)
			if strings.Index(got, want[0]) > strings.Index(got, want[1]) {
				t.Errorf("the newest is not the first:\n%s", got)
			}
			g.Lacks(got, handlerstest.IDNumber, handlerstest.MaskedNumber)
		}
		p.Expect("bantuan", "/siapa melihat <nomor permohonan> –")
	}
	for _, p := range []*handlerstest.Guest{fo, g.Guest("asing"), g, g.Officer("umum", "ksb_umum"), g.Officer("tim", "tim_teknis"), g.Officer("bo", "backoffice")} {
		for _, said := range []string{"siapa melihat " + string(id), "/siapa " + string(id), "/siapa melihat " + string(id)} {
			g.Lacks(p.Expect(said, "hanya untuk petugas yang berwenang"), "FO CONTOH")
		}
		g.Lacks(p.Say("bantuan"), "siapa melihat")
	}
	g.Disable("o-kadis")
	g.Lacks((&handlerstest.Guest{Office: g.Office, Chat: "test:kadis"}).Expect("/siapa melihat "+string(id), "hanya untuk petugas"), "FO CONTOH")
}

// TestWhoSawInAnOpenCase: the case of the open dialogue needs no number, and the dialogue
// goes on.
func TestWhoSawInAnOpenCase(t *testing.T) {
	g, id := handlerstest.Applied(t)
	both := g.Officer("kabid", "kabid", "front_office")
	both.Expect("siapa melihat", "Permohonan yang mana?")
	both.Expect("buka "+string(id), "14 dokumen")
	both.Expect("A2", "A2: sesuai?")
	both.Expect("siapa melihat", "KABID CONTOH · A2 Identitas", "A2: sesuai?")
	both.Expect("siapa", "KABID CONTOH · A2 Identitas", "A2: sesuai?")
	g.Officer("kadis", "kadis").Expect("buka "+string(id), "Yang melihat data pribadi")
	(&handlerstest.Guest{Office: g.Office, Chat: "test:kadis"}).Expect("Yang melihat data pribadi", "KABID CONTOH · A2 Identitas")
	g.Lacks(g.Officer("umum", "ksb_umum").Say("buka "+string(id)), "Yang melihat data pribadi")
	both.Expect("/siapa melihat XYZ", "bukan nomor permohonan")
	if ani := g.Expect("siapa", "1 "); strings.Contains(ani, "hanya untuk petugas") {
		t.Errorf("an applicant's word is taken for a command:\n%s", ani)
	}
}

// TestWhoSawIsBounded: a long list says how much more there is.
func TestWhoSawIsBounded(t *testing.T) {
	g, id := handlerstest.Applied(t)
	for i := range wording.Recent + 3 {
		g.Officer(fmt.Sprint("fo", i), "front_office").Say("/isian " + string(id))
	}
	got := g.Officer("kabid", "kabid").Expect("siapa melihat "+string(id), "… dan 3 lagi")
	if n := strings.Count(got, "Nomor identitas pimpinan"); n != wording.Recent {
		t.Errorf("%d lines, want %d", n, wording.Recent)
	}
	for _, m := range g.Sent["test:kabid"] {
		if len(m.Text) > 4096 {
			t.Errorf("a message of %d bytes", len(m.Text))
		}
	}
}

// TestStandInSeesInHisRole: who stands in sees, for as long as he does.
func TestStandInSeesInHisRole(t *testing.T) {
	g, id := handlerstest.Applied(t)
	kadis, umum := g.Officer("kadis", "kadis"), g.Officer("umum", "ksb_umum")
	kadis.Say("halo")
	umum.Expect("/isian "+string(id), handlerstest.MaskedNumber)
	unit := handlerstest.UnitOf(workflow.Officer{ID: "o-x", Name: "X CONTOH"})
	unit.Delegations = []workflow.Delegation{{ID: "d", Kind: "Plh.", Role: "kadis", Principal: "o-kadis", Deputy: "o-umum", From: g.Now, To: g.Now.Add(time.Hour)}}
	if _, err := g.Store.Commit(t.Context(), g.Now, unit); err != nil {
		t.Fatal(err)
	}
	umum.Expect("/isian "+string(id), handlerstest.IDNumber)
	umum.Expect("siapa melihat "+string(id), "UMUM CONTOH · Nomor identitas pimpinan")
	g.Now = g.Now.Add(time.Hour)
	umum.Expect("/isian "+string(id), handlerstest.MaskedNumber)
	umum.Expect("siapa melihat "+string(id), "hanya untuk petugas")
}

// TestPersonalDocumentsOfAnOlderProcedure: a case that began under a procedure without
// marks is protected by those of the present one.
func TestPersonalDocumentsOfAnOlderProcedure(t *testing.T) {
	_, source, err := handlerstest.SOPSource()
	if err != nil {
		t.Fatal(err)
	}
	older := strings.ReplaceAll(string(source), "    pribadi: ya\n", "")
	if older == string(source) {
		t.Fatal("the procedure marks nothing")
	}
	o := handlerstest.NewOffice(t, []byte(older))
	g := o.Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.SendDocuments()
	g.Expect("kirim", "Permohonan diterima")
	o.Start(source)
	id := g.OnlyCase().ID
	o.Officer("umum", "ksb_umum").Expect("/berkas "+string(id)+" A2", "A2 memuat data pribadi")
	o.Officer("fo", "front_office").Expect("/berkas "+string(id)+" A2", "Siapa yang melihatnya dicatat")
}
