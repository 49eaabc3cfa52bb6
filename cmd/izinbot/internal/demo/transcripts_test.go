package demo

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"izinbot/workflow"
)

// after looks, once a transcript was played, at what its words do not tell.
func after() map[string]func(t *testing.T, o *office) {
	return map[string]func(t *testing.T, o *office){
		"inggris":          afterEnglish,
		"formulir":         afterForm,
		"petugas":          afterOfficers,
		"kode":             afterCodes,
		"klarifikasi-lama": afterClarification,
		"lapangan":         afterVisit,
	}
}

// TestTranscripts plays every transcript of testdata, each on a program of its own.
func TestTranscripts(t *testing.T) { //nolint:tparallel // the gallery shows what comes first
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) != len(after()) {
		t.Fatalf("%d transcripts, %v", len(paths), err)
	}
	names := slices.Sorted(maps.Keys(after()))
	shown := make([]*recording, len(names))
	t.Run("play", func(t *testing.T) {
		for i, name := range names {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, nil)
				o.begun()
				shown[i] = o.record(name)
				o.play(name)
				after()[name](t, o)
				o.sound()
				shown[i].end(o)
			})
		}
	})
	if !t.Failed() {
		checkGallery(t, shown)
	}
}

// sound verifies the history of every case, and that it leads to the case again.
func (o *office) sound() {
	o.t.Helper()
	for _, id := range o.cases {
		c, err := o.d.Program.Store.Case(o.t.Context(), id)
		if err != nil {
			o.t.Fatal(err)
		}
		entries, err := o.d.Program.Store.History(o.t.Context(), id)
		if err != nil {
			o.t.Fatal(err)
		}
		if seq, reason := workflow.VerifyHistory(id, entries); seq > 0 {
			o.t.Errorf("%s: entry %d %s", id, seq, reason)
		}
		again, err := workflow.Replay(o.d.Program.Desk.Library.Current(), entries)
		if err != nil {
			o.t.Errorf("replay %s: %v", id, err)
		}
		if stored(o.t, again) != stored(o.t, c) {
			was, is := difference(stored(o.t, again), stored(o.t, c))
			o.t.Errorf("the history of %s leads to\n…%s…\nnot to\n…%s…", id, was, is)
		}
	}
}

func afterEnglish(t *testing.T, o *office) {
	t.Helper()
	c := o.workflowCase(1)
	if c.Lang != workflow.English || c.End != workflow.EndWithdrawn {
		t.Errorf("language %q, end %q", c.Lang, c.End)
	}
	if got := c.Form["negara_asal"] + "/" + c.Form["jenis_identitas"] + "/" + c.Form["bidang"]; got != "the Netherlands/paspor/lanjut_usia" {
		t.Errorf("the form holds %s", got)
	}
	o.says(1, "resi", "RESI PENERIMAAN BERKAS", string(c.ID), "Sample Relief Foundation", "7 Desember 2026", "Tarif Rp 0")
}

func afterForm(t *testing.T, o *office) {
	t.Helper()
	c := o.workflowCase(1)
	if c.Form["nama_kuasa"] != "" || c.Form["email"] != "kantor@contoh.example" || c.Form["telepon"] != "+6280000000000" || c.Form["desa"] != "Desa Contoh" {
		t.Errorf("the form holds %v", c.Form)
	}
	if d, sent := c.Document("A3"); sent {
		t.Errorf("without a proxy his papers were sent: %+v", d)
	}
	files := map[workflow.DocCode]int{}
	for _, d := range c.Documents {
		files[d.Code] = len(d.Files)
	}
	if len(files) != 15 || files["A1"] != 1 || files["B2"] != 2 || files["F1"] != 1 {
		t.Errorf("documents %v", files)
	}
	if d, _ := c.Document("C1"); d.Expiry != "2028-01-01" {
		t.Errorf("C1 is valid until %q", d.Expiry)
	}
}

func afterOfficers(t *testing.T, o *office) {
	t.Helper()
	c := o.workflowCase(1)
	if c.Step != 2 || c.Round != 1 || c.Holder != nil || c.Recommendation != nil {
		t.Errorf("step %d, round %d, holder %v", c.Step, c.Round, c.Holder)
	}
	o.says(1, "klarifikasi", "F1", "Mohon dilampirkan bila ada tenaga asing", "11 Desember 2026", "Ferdi CONTOH")
}

// numberedApart wants the letters of cases to have different numbers, and there to be some in
// all registers.
func (o *office) numberedApart(cases ...int) {
	o.t.Helper()
	bearer, registers := map[string]string{}, map[string]bool{}
	for _, n := range cases {
		c := o.workflowCase(n)
		for _, l := range c.Letters {
			if l.Number == nil {
				continue
			}
			registers[l.Number.Register] = true
			name := string(c.ID) + " " + string(l.ID)
			if other := bearer[l.Number.Text]; other != "" {
				o.t.Errorf("%s and %s both bear %s", other, name, l.Number.Text)
			}
			bearer[l.Number.Text] = name
		}
	}
	if len(registers) != 4 || len(bearer) < 6 {
		o.t.Errorf("only %v have numbers", bearer)
	}
}

func afterCodes(t *testing.T, o *office) {
	t.Helper()
	c := o.workflowCase(1)
	permit, _ := c.Letter("surat_izin")
	if permit.Revision != 3 || len(permit.Initials) != 3 || permit.Signed == nil || c.Step != 21 || c.End != "" {
		t.Errorf("step %d, end %q, permit %+v", c.Step, c.End, permit)
	}
	o.says(1, "surat_izin", "30 November 2027", permit.Number.Text)
	o.numberedApart(1, 2)
	second := o.workflowCase(2)
	if second.Step != 7 || len(second.Trail) != 6 {
		t.Errorf("the second case is at step %d", second.Step)
	}
}

func afterClarification(t *testing.T, o *office) {
	t.Helper()
	c := o.workflowCase(1)
	if c.End != workflow.EndWithdrawn || c.Round != 2 {
		t.Errorf("end %q, round %d", c.End, c.Round)
	}
	rows, err := o.d.Program.Store.Numbers(t.Context(), workflow.RegisterOutgoing, 2026)
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows in the register, %v", len(rows), err)
	}
	for i, row := range rows {
		if row.Seq != i+1 || row.Status != workflow.NumberVoid || !strings.HasPrefix(row.Key, string(c.ID)+"/") {
			t.Errorf("row %+v", row)
		}
	}
	o.says(1, "klarifikasi", "C2", "11 Desember 2026")
	o.says(1, "klarifikasi-2", "D1", "Jadwal tahun kedua belum ada")
}

func afterVisit(t *testing.T, o *office) {
	t.Helper()
	c := o.workflowCase(1)
	v := c.Visit
	if len(v.Photos) != 3 || len(v.CheckIns) != 2 || len(v.Findings) != 8 || v.Agreed != nil || v.Absent == nil {
		t.Errorf("visit: %d photos, %d places, %d findings, agreed %v, absent %v", len(v.Photos), len(v.CheckIns), len(v.Findings), v.Agreed, v.Absent)
	}
	if far, near := v.CheckIns[0].Distance, v.CheckIns[1].Distance; far < 11_000 || near > 50 {
		t.Errorf("distances %.0f m and %.0f m", far, near)
	}
	o.says(1, "berita_acara", "Kegiatan berbeda dengan proposal", "Pemohon tidak dapat dihubungi dua hari", "Tigor CONTOH", "Tiur CONTOH")
	o.says(1, "surat_penolakan", "Plh. Kepala Dinas", "Saut CONTOH", "CONTOH-0006", "Sumber dana belum jelas",
		"Kegiatan di lapangan tidak sesuai dengan proposal", "21 (dua puluh satu) hari kerja")
	if text := o.letter(1, "surat_penolakan"); strings.Contains(text, "Kristin CONTOH") {
		t.Errorf("the letter names the absent official:\n%s", text)
	}
	refusal, _ := c.Letter("surat_penolakan")
	if r := refusal.Received; r == nil || r.Recipient != "Contoh Pimpinan" || !r.IdentityChecked || r.Means != workflow.MeansCounter {
		t.Errorf("receipt %+v", r)
	}
	want := [workflow.SurveyElements]int{3, 4, 4, 4, 4, 4, 4, 4, 4}
	if c.Survey == nil || c.Survey.Answer.Scores != want || c.Survey.Answer.Comment != "Terima kasih atas pelayanannya." {
		t.Errorf("survey %+v", c.Survey)
	}
	if c.End != workflow.EndRefused {
		t.Errorf("end %q", c.End)
	}
}
