package handlers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// idNumber and maskedNumber are the identity number of the applicant of [applied], in full and
// as it is shown to those who do not need it.
const (
	idNumber     = "X0000000"
	maskedNumber = "X••••00"
)

func (o *office) views(id workflow.CaseID) []string {
	o.t.Helper()
	list, err := o.store.Claimed(o.t.Context(), "viewed/"+string(id)+"/")
	if err != nil {
		o.t.Fatal(err)
	}
	return list
}

// TestRolesSeeWhatTheirStepsNeed: who checks documents, visits, or is above those sees
// the number and opens the identity documents; others see neither.
func TestRolesSeeWhatTheirStepsNeed(t *testing.T) {
	g, id := applied(t)
	for _, role := range []workflow.Role{"front_office", "backoffice", "tim_teknis", "kabid", "sekretaris", "kadis"} {
		p := g.officer(string(role), role)
		before := len(g.views(id))
		g.lacks(p.expect("/isian "+string(id), idNumber, "Siapa yang melihatnya dicatat"), maskedNumber)
		g.wants(p.say("/berkas "+string(id)+" A2"), "A2 Identitas pimpinan", "Siapa yang melihatnya dicatat")
		if files := g.handed(p); files != 1 {
			t.Errorf("%s is handed %d files of A2", role, files)
		}
		if n := len(g.views(id)) - before; n != 2 {
			t.Errorf("%s: %d views are recorded, want 2: %v", role, n, g.views(id))
		}
	}
	seen := len(g.views(id))
	for _, role := range []workflow.Role{"ksb_umum", workflow.RoleAdmin} {
		p := g.officer(string(role), role)
		g.lacks(p.expect("/isian "+string(id), maskedNumber, "Nomor identitas disamarkan", "Front Office, "), idNumber)
		list := p.expect("/berkas "+string(id), "KITAS/KITAP (data pribadi)\n", "1 A1", "2 B1")
		g.lacks(list, "2 A2")
		g.wants(p.say("/berkas "+string(id)+" A2"), "A2 memuat data pribadi", "Tim Teknis")
		if files := g.handed(p); files != 0 {
			t.Errorf("%s is handed %d files of A2", role, files)
		}
		g.wants(p.say("/berkas "+string(id)+" B1"), "B1 ")
		if files := g.handed(p); files != 1 {
			t.Errorf("%s is handed %d files of B1", role, files)
		}
	}
	if n := len(g.views(id)); n != seen {
		t.Errorf("what nobody saw is recorded: %v", g.views(id))
	}
	for _, v := range g.views(id) {
		if strings.Contains(v, idNumber) {
			t.Errorf("a record holds the number: %s", v)
		}
	}
}

// handed counts the files that somebody was sent last.
func (o *office) handed(g *guest) int {
	n := 0
	for _, m := range o.sent[g.chat] {
		n += len(m.Files)
	}
	return n
}

// TestViewsAreRecordedOnceADay: once an officer, thing and day, whatever shows it.
func TestViewsAreRecordedOnceADay(t *testing.T) {
	g, id := applied(t)
	fo := g.officer("fo", "front_office")
	fo.expect("buka "+string(id), "14 dokumen")
	if n := len(g.views(id)); n != 0 {
		t.Fatalf("a list of names is no view: %v", g.views(id))
	}
	fo.expect("A2", "A2 Identitas pimpinan", "Siapa yang melihatnya dicatat")
	fo.expect("Kembali ke daftar", "14 dokumen")
	fo.expect("A2", "A2 Identitas pimpinan")
	fo.expect("Kembali ke daftar", "14 dokumen")
	fo.expect("A1", "A1 ")
	fo.expect("Kembali ke daftar", "14 dokumen")
	fo.expect("Isian permohonan", idNumber)
	fo.expect("Isian permohonan", idNumber)
	if n := len(g.views(id)); n != 2 {
		t.Errorf("%d views, want the number and A2 once each: %v", n, g.views(id))
	}
	g.now = g.now.Add(24 * time.Hour)
	fo.expect("Isian permohonan", idNumber)
	if n := len(g.views(id)); n != 3 {
		t.Errorf("%d views on the next day: %v", n, g.views(id))
	}
	other := g.officer("fo2", "front_office")
	other.expect("/isian "+string(id), idNumber)
	if n := len(g.views(id)); n != 4 {
		t.Errorf("%d views with a colleague's: %v", n, g.views(id))
	}
}

// TestWhoSaw: superiors of those who work with identities, and admins, are shown who saw
// what; nobody else is.
func TestWhoSaw(t *testing.T) {
	g, id := applied(t)
	kabid := g.officer("kabid", "kabid")
	kabid.expect("siapa melihat "+string(id), "belum pernah dilihat petugas")
	fo := g.officer("fo", "front_office")
	fo.say("/berkas " + string(id) + " A2")
	g.now = g.now.Add(time.Hour)
	fo.say("/isian " + string(id))
	want := []string{
		"Senin, 23 November 2026, 11.12 WIB · FO CONTOH · Nomor identitas pimpinan",
		"Senin, 23 November 2026, 10.12 WIB · FO CONTOH · A2 Identitas pimpinan",
	}
	for name, role := range map[string]workflow.Role{"kabid": "kabid", "sekretaris": "sekretaris", "kadis": "kadis", "admin": workflow.RoleAdmin} {
		p := kabid
		if name != "kabid" {
			p = g.officer(name, role)
		}
		for _, said := range []string{"siapa melihat " + string(id), "/siapa " + string(id), "/siapa melihat " + string(id)} {
			got := p.expect(said, want...)
			if strings.Index(got, want[0]) > strings.Index(got, want[1]) {
				t.Errorf("the newest is not the first:\n%s", got)
			}
			g.lacks(got, idNumber, maskedNumber)
		}
		p.expect("bantuan", "/siapa melihat <nomor permohonan> –")
	}
	for _, p := range []*guest{fo, g.guest("asing"), g, g.officer("umum", "ksb_umum"), g.officer("tim", "tim_teknis"), g.officer("bo", "backoffice")} {
		for _, said := range []string{"siapa melihat " + string(id), "/siapa " + string(id), "/siapa melihat " + string(id)} {
			g.lacks(p.expect(said, "hanya untuk petugas yang berwenang"), "FO CONTOH")
		}
		g.lacks(p.say("bantuan"), "siapa melihat")
	}
	g.disable("o-kadis")
	g.lacks((&guest{g.office, "test:kadis"}).expect("/siapa melihat "+string(id), "hanya untuk petugas"), "FO CONTOH")
}

// TestWhoSawInAnOpenCase: the case of the open dialogue needs no number, and the dialogue
// goes on.
func TestWhoSawInAnOpenCase(t *testing.T) {
	g, id := applied(t)
	both := g.officer("kabid", "kabid", "front_office")
	both.expect("siapa melihat", "Permohonan yang mana?")
	both.expect("buka "+string(id), "14 dokumen")
	both.expect("A2", "A2: sesuai?")
	both.expect("siapa melihat", "KABID CONTOH · A2 Identitas", "A2: sesuai?")
	both.expect("siapa", "KABID CONTOH · A2 Identitas", "A2: sesuai?")
	g.officer("kadis", "kadis").expect("buka "+string(id), "Yang melihat data pribadi")
	(&guest{g.office, "test:kadis"}).expect("Yang melihat data pribadi", "KABID CONTOH · A2 Identitas")
	g.lacks(g.officer("umum", "ksb_umum").say("buka "+string(id)), "Yang melihat data pribadi")
	both.expect("/siapa melihat XYZ", "bukan nomor permohonan")
	if ani := g.expect("siapa", "1 "); strings.Contains(ani, "hanya untuk petugas") {
		t.Errorf("an applicant's word is taken for a command:\n%s", ani)
	}
}

// TestWhoSawIsBounded: a long list says how much more there is.
func TestWhoSawIsBounded(t *testing.T) {
	g, id := applied(t)
	for i := range wording.Recent + 3 {
		g.officer(fmt.Sprint("fo", i), "front_office").say("/isian " + string(id))
	}
	got := g.officer("kabid", "kabid").expect("siapa melihat "+string(id), "… dan 3 lagi")
	if n := strings.Count(got, "Nomor identitas pimpinan"); n != wording.Recent {
		t.Errorf("%d lines, want %d", n, wording.Recent)
	}
	for _, m := range g.sent["test:kabid"] {
		if len(m.Text) > 4096 {
			t.Errorf("a message of %d bytes", len(m.Text))
		}
	}
}

// TestStandInSeesInHisRole: who stands in sees, for as long as he does.
func TestStandInSeesInHisRole(t *testing.T) {
	g, id := applied(t)
	kadis, umum := g.officer("kadis", "kadis"), g.officer("umum", "ksb_umum")
	kadis.say("halo")
	umum.expect("/isian "+string(id), maskedNumber)
	turn := turnOf(workflow.Officer{ID: "o-x", Name: "X CONTOH"})
	turn.Delegations = []workflow.Delegation{{ID: "d", Kind: "Plh.", Role: "kadis", Principal: "o-kadis", Deputy: "o-umum", From: g.now, To: g.now.Add(time.Hour)}}
	if _, err := g.store.Commit(t.Context(), g.now, turn); err != nil {
		t.Fatal(err)
	}
	umum.expect("/isian "+string(id), idNumber)
	umum.expect("siapa melihat "+string(id), "UMUM CONTOH · Nomor identitas pimpinan")
	g.now = g.now.Add(time.Hour)
	umum.expect("/isian "+string(id), maskedNumber)
	umum.expect("siapa melihat "+string(id), "hanya untuk petugas")
}

// TestPersonalDocumentsOfAnOlderProcedure: a case that began under a procedure without
// marks is protected by those of the present one.
func TestPersonalDocumentsOfAnOlderProcedure(t *testing.T) {
	_, source, err := sopSource()
	if err != nil {
		t.Fatal(err)
	}
	older := strings.ReplaceAll(string(source), "    pribadi: ya\n", "")
	if older == string(source) {
		t.Fatal("the procedure marks nothing")
	}
	o := newOffice(t, []byte(older))
	g := o.guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.expect("kirim", "Permohonan diterima")
	o.start(source)
	id := g.onlyCase().ID
	o.officer("umum", "ksb_umum").expect("/berkas "+string(id)+" A2", "A2 memuat data pribadi")
	o.officer("fo", "front_office").expect("/berkas "+string(id)+" A2", "Siapa yang melihatnya dicatat")
}
