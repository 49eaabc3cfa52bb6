package handlerstest

import (
	"testing"
	"time"

	"izinbot/handlers/apply"
	"izinbot/workflow"
)

// Applied is a guest whose application is with Front Office.
func Applied(tb testing.TB) (*Guest, workflow.CaseID) {
	tb.Helper()
	g := NewOffice(tb, nil).Guest("ani")
	g.Begin()
	g.FillForm(AnswersLKS()...)
	g.SendDocuments()
	g.Expect("kirim", "Permohonan diterima")
	return g, g.OnlyCase().ID
}

// Visited brings a case to the point where the applicant must approve the report.
func Visited(t *testing.T) (*Guest, workflow.CaseID) {
	t.Helper()
	g, id := Applied(t)
	g.Act(id, "front_office", workflow.Judge{Documents: Codes(g.OnlyCase()), OK: true}, workflow.Pass{}, workflow.Issue{},
		workflow.Issue{Fields: workflow.Answers{"indeks": "LKS", "kode": "503", "sifat": "biasa", "diteruskan_kepada": "Ka Seksi", "instruksi": "Proses"}})
	g.Act(id, "backoffice", workflow.Judge{Documents: Codes(g.OnlyCase()), OK: true}, workflow.Pass{},
		workflow.Propose{
			Fields: workflow.Answers{"tanggal_kunjungan": "2026-11-26", "lama_hari": "1", "tim": "o-tim_teknis", "hal_pemeriksaan": "Semua"},
			Team:   []workflow.Actor{{Officer: "o-tim_teknis", Role: "tim_teknis", Name: "Petugas CONTOH"}},
		})
	g.Act(id, "kadis", workflow.Sign{})
	acts := []workflow.Act{workflow.StartVisit{}}
	step, _ := g.App.Desk.Library.Current().Step(7)
	for _, item := range step.Checklist {
		acts = append(acts, workflow.Find{Item: item.Key, OK: true})
	}
	g.Act(id, "tim_teknis", append(acts, workflow.Report{Conclusion: "Sesuai"})...)
	return g, id
}

// AnswersLKS are answers to the form of the embedded procedure, in its order; "1"
// picks the first choice of a question.
func AnswersLKS() []string {
	return []string{
		"Yayasan Contoh", "Belanda", "yayasan", "Contoh Pimpinan", "2", "X0000000",
		"Jl. Contoh No. 1, Medan", "kantor@contoh.example", "+62 800 0000 0000",
		"Jl. Contoh No. 2", "Sidikalang", "Desa Contoh", "2.74,98.32", "Anak", "LKS Contoh Dairi",
		"Januari 2027 – Desember 2027", "lewati",
	}
}

// Begin opens an application up to the form.
func (g *Guest) Begin() {
	g.T.Helper()
	g.Expect("/mulai", "Selamat datang di layanan perizinan DPMPTSPK. Layanan ini gratis.",
		"1 Ajukan izin", "2 Cek status", "3 Syarat", "4 Pengaduan", "5 English")
	g.Expect("1", "Izin Teknis LKS Asing — 10 hari kerja, tarif Rp 0.", "1 Setuju dan lanjut", "2 Baca syarat dulu", "3 Batal")
	g.Expect("1", "1/19 Nama lembaga")
}

// FillForm answers the questions of the form.
func (g *Guest) FillForm(answers ...string) {
	g.T.Helper()
	for _, a := range answers {
		g.Say(a)
	}
}

// SendDocuments sends a PDF for every document that is asked for, and skips what
// may be skipped.
func (g *Guest) SendDocuments() string {
	g.T.Helper()
	var got string
	for range 40 {
		def := g.App.Desk.Library.Current()
		a := Open[apply.Application](g)
		doc, expiry, open := a.Uploads(def).Open(&a.UploadState)
		switch {
		case !expiry && waiting(def, a) != "":
			got = g.Say(letterFacts()[waiting(def, a)])
		case !open:
			return got
		case expiry:
			got = g.Say("31/12/2027")
		case doc.Need == workflow.NeedIfExists:
			got = g.Say("Lewati")
		default:
			got = g.Send(g.PDF(string(doc.Code)+".pdf", 2))
		}
	}
	g.T.Fatal("the documents never end")
	return ""
}

// PassLetter leaves out what is asked about the letter of application.
func (g *Guest) PassLetter() string {
	g.T.Helper()
	g.Expect("lewati", "19/19 Tanggal surat permohonan")
	return g.Say("lewati")
}

// waiting gives what is asked about a document that was sent; empty for nothing.
func waiting(def *workflow.SOP, a *apply.Application) workflow.Meaning {
	for _, f := range def.Form {
		_, sent := a.Sent(f.After)
		if _, answered := a.Answers[f.Key]; sent && !answered && !a.Skipped[f.Key] && a.Doc == "" {
			return f.Meaning
		}
	}
	return ""
}

// letterFacts are what is answered about the applicant's letter.
func letterFacts() map[workflow.Meaning]string {
	return map[workflow.Meaning]string{workflow.MeansLetterNumber: "01/YC/XI/2026", workflow.MeansLetterDate: "20/11/2026"}
}

// Verified brings a case to the coordination of the Tim Teknis.
func Verified(t *testing.T) (*Guest, workflow.CaseID) {
	t.Helper()
	g, id := Applied(t)
	g.Act(id, "front_office", workflow.Judge{Documents: Codes(g.OnlyCase()), OK: true}, workflow.Pass{}, workflow.Issue{},
		workflow.Issue{Fields: workflow.Answers{"indeks": "LKS", "kode": "503", "sifat": "biasa", "diteruskan_kepada": "Ka Seksi", "instruksi": "Proses"}})
	g.Act(id, "backoffice", workflow.Judge{Documents: Codes(g.OnlyCase()), OK: true}, workflow.Pass{})
	return g, id
}

// Visiting gives a member of the team, and the case whose field visit can begin.
func Visiting(t *testing.T) (*Guest, workflow.CaseID) {
	t.Helper()
	g, id := Verified(t)
	g.Act(id, "backoffice", workflow.Propose{
		Fields: workflow.Answers{"tanggal_kunjungan": "2026-11-26", "lama_hari": "1", "tim": "o-tim_teknis", "hal_pemeriksaan": "Semua"},
		Team:   []workflow.Actor{{Officer: "o-tim_teknis", Role: "tim_teknis", Name: "Petugas CONTOH"}},
	})
	g.Act(id, "kadis", workflow.Sign{})
	return g.Officer("tim", "tim_teknis"), id
}

// UnderWay is a case of the embedded procedure at its field visit, on Monday
// 30 November 2026.
func UnderWay(def *workflow.SOP) workflow.Case {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, workflow.WIB()) }
	run := func(step int, outcome workflow.Outcome, end time.Time) workflow.Run {
		return workflow.Run{Step: step, Outcome: outcome, Clock: workflow.Clock{Start: end, Stop: end}}
	}
	return workflow.Case{
		ID: "LKS-2026-00042-7", SOP: def.Ref, Version: 9, Applicant: "p-1", Submitted: at(23, 9), Step: 7,
		Form: workflow.Answers{"nama_lembaga": "Yayasan Contoh"},
		Trail: []workflow.Run{
			run(1, workflow.OutcomeNext, at(23, 9)), run(2, workflow.OutcomeComplete, at(23, 10)),
			run(3, workflow.OutcomeNext, at(23, 10)), run(4, workflow.OutcomeNext, at(23, 11)),
			run(5, workflow.OutcomeComplete, at(23, 14)), run(6, workflow.OutcomeNext, at(26, 15)),
		},
		StepClock:    workflow.Clock{Start: at(30, 9), Due: time.Date(2026, 12, 2, 16, 0, 0, 0, workflow.WIB())},
		ServiceClock: workflow.Clock{Start: at(23, 10), Due: time.Date(2026, 12, 7, 16, 0, 0, 0, workflow.WIB())},
	}
}

// Codes lists the documents of a case.
func Codes(c workflow.Case) []workflow.DocCode {
	out := make([]workflow.DocCode, len(c.Documents))
	for i, d := range c.Documents {
		out[i] = d.Code
	}
	return out
}
