package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"izinbot/workflow"
)

// photo is a made-up picture with a hash.
func photo(hash string) workflow.Photo {
	return workflow.Photo{File: workflow.File{SHA256: hash, Name: hash + ".jpg", Type: "image/jpeg", Size: 1}}
}

// findAll answers every line of the check table, last line first.
func findAll(w *walk) {
	step, _ := w.def.Step(w.c.Step)
	for _, item := range slices.Backward(step.Checklist) {
		w.do(team(2), workflow.Find{Item: item.Key, OK: true})
	}
}

// A sharper copy takes the place of the photo that its message brought; a deleted message
// takes its photos along.
func TestPhotosInThePlaceOfOthers(t *testing.T) {
	w := start(t, lks()).to(granting(), 7)
	brought := func(hash, message string) workflow.Photo {
		p := photo(hash)
		p.File.Message = message
		return p
	}
	captioned := brought("b", "m2")
	captioned.Caption = "Tampak depan"
	w.do(team(1), workflow.Photograph{Photos: []workflow.Photo{brought("a", "m1"), captioned, brought("c", "m1")}})
	before := w.c
	w.do(team(1), workflow.Photograph{Instead: "m2", Photos: []workflow.Photo{brought("B", "m2")}})
	if got := w.c.Visit.Photos[1].Caption; got != "Tampak depan" {
		t.Errorf("the sharper copy has the caption %q", got)
	}
	long := brought("d", "m3")
	long.Caption = strings.Repeat("x", workflow.MaxCaption+1)
	w.refused(workflow.CodeInvalid, team(1), workflow.Photograph{Photos: []workflow.Photo{long}})
	hashes := func(c workflow.Case) (out string) {
		for _, p := range c.Visit.Photos {
			out += p.File.SHA256
		}
		return out
	}
	if got := hashes(w.c) + " " + hashes(before); got != "aBc abc" {
		t.Errorf("photos after and before: %s", got)
	}
	w.do(team(1), workflow.Photograph{Instead: "m1"})
	if got := hashes(w.c); got != "B" {
		t.Errorf("photos %s", got)
	}
	w.refused(workflow.CodeNotFound, team(1), workflow.Photograph{Instead: "m1"})
}

// TestVisitPiecesInAnyOrder: late, twice, before the start, from several members.
func TestVisitPiecesInAnyOrder(t *testing.T) {
	w := start(t, lks()).to(granting(), 7)
	w.refused(workflow.CodeIncomplete, team(1), workflow.Report{Conclusion: "Sesuai"})
	w.do(team(2), workflow.Photograph{Photos: []workflow.Photo{photo("a"), photo("b")}})
	begun := w.c.Visit.Started
	w.after("10 Menit").do(team(1), workflow.Photograph{Photos: []workflow.Photo{photo("b"), photo("c"), photo("c")}})
	by := w.refusal(workflow.CodeAlreadyDone, team(1), workflow.StartVisit{})
	if by.By != team(2).Shown() || begun.By != team(2) {
		t.Errorf("begun by %q", by.By)
	}
	var hashes []string
	for _, p := range w.c.Visit.Photos {
		hashes = append(hashes, p.File.SHA256+" "+string(p.By.Officer))
	}
	if want := []string{"a tim_teknis-2", "b tim_teknis-2", "c tim_teknis-1"}; !slices.Equal(hashes, want) {
		t.Errorf("photos %v, want %v", hashes, want)
	}
	w.refused(workflow.CodeIncomplete, team(1), workflow.Photograph{})
	w.do(team(1), workflow.Locate{Coordinates: workflow.Coordinates{Lat: 2.741, Lon: 98.32}})
	w.refused(workflow.CodeInvalid, team(1), workflow.Locate{Coordinates: workflow.Coordinates{Lat: 91}})
	if l := w.c.Visit.CheckIns; len(l) != 1 || l[0].Distance != 111 {
		t.Errorf("locations %+v", l)
	}
	w.refused(workflow.CodeNotFound, team(1), workflow.Find{Item: "lain"})
	findAll(w)
	w.do(team(1), workflow.Find{Item: "mitra", Note: " Mitra tidak ditemukan "})
	var items []string
	for _, f := range w.c.Visit.Findings {
		items = append(items, f.Item)
	}
	step, _ := lks().Step(7)
	for i, item := range step.Checklist {
		if items[i] != item.Key {
			t.Fatalf("findings in the order %v", items)
		}
	}
	if f := w.c.Visit.Findings[3]; f.OK || f.Note != "Mitra tidak ditemukan" || f.By != team(1) {
		t.Errorf("finding %+v", f)
	}
	w.refused(workflow.CodeIncomplete, team(1), workflow.Report{Conclusion: " "})
	w.refused(workflow.CodeForbidden, backOffice(), workflow.Find{Item: "mitra", OK: true})
	w.do(team(1), workflow.Report{Conclusion: "Sesuai dengan catatan", Statement: " Akan dilengkapi "})
	w.at(7, workflow.StageApprove)
	by = w.after("5 Menit").refusal(workflow.CodeAlreadyDone, team(2), workflow.Photograph{Photos: []workflow.Photo{photo("d")}})
	if by.By != team(1).Shown() {
		t.Errorf("reported by %q", by.By)
	}
}

// TestUndeclaredSite: where no place was declared, none is measured.
func TestUndeclaredSite(t *testing.T) {
	w := newWalk(t, lks())
	a := application(lks(), w.now)
	a.Form = without(a.Form, "titik_lokasi")
	w.do(applicant(), a)
	w.to(granting(), 7).do(team(1), workflow.Locate{Coordinates: workflow.Coordinates{Lat: 2.741, Lon: 98.32}})
	if d := w.c.Visit.CheckIns[0].Distance; d != -1 {
		t.Errorf("distance %v", d)
	}
}

// reported is a case whose report waits for approvals; team(1) made it.
func reported(t *testing.T) *walk {
	t.Helper()
	w := start(t, lks()).to(granting(), 7)
	findAll(w)
	w.do(team(1), workflow.Report{Conclusion: "Sesuai CONTOH"})
	return w.at(7, workflow.StageApprove)
}

// TestReportNeedsTwoOfTheTeamAndTheApplicant. The clocks stand still only while
// nobody but the applicant is missing.
func TestReportNeedsTwoOfTheTeamAndTheApplicant(t *testing.T) {
	w := reported(t)
	if n := w.last.Notices; len(n) != 2 || n[0].Person != "P-1" || n[1].Role != "tim_teknis" {
		t.Errorf("told %+v", n)
	}
	if w.c.StepClock.Paused() || w.c.WaitsFor(lks()) != "tim_teknis" {
		t.Errorf("a team member is missing: clock %+v, turn of %s", w.c.StepClock, w.c.WaitsFor(lks()))
	}
	by := w.refusal(workflow.CodeAlreadyDone, team(1), workflow.Agree{})
	if by.By != team(1).Shown() {
		t.Errorf("agreed before by %q", by.By)
	}
	w.refused(workflow.CodeForbidden, stranger(), workflow.Agree{})
	w.refused(workflow.CodeForbidden, backOffice(), workflow.Agree{})
	from := w.after("1 Jam").now
	w.do(team(2), workflow.Agree{})
	if !w.c.StepClock.Paused() || !w.c.ServiceClock.Paused() || w.c.WaitsFor(lks()) != workflow.RoleApplicant {
		t.Errorf("only the applicant is missing: clocks %+v %+v, turn of %s", w.c.StepClock, w.c.ServiceClock, w.c.WaitsFor(lks()))
	}
	w.after("1 Hari").do(applicant(), workflow.Agree{Seen: 1})
	w.at(8, workflow.StageWork)
	pause := []workflow.Span{{From: from.UTC(), To: w.now.UTC()}}
	if run := w.c.Trail[len(w.c.Trail)-1]; !slices.Equal(run.Clock.Pauses, pause) || !slices.Equal(w.c.ServiceClock.Pauses, pause) {
		t.Errorf("pauses %v and %v, want %v", run.Clock.Pauses, w.c.ServiceClock.Pauses, pause)
	}
	if l := w.letter("berita_acara"); l.Status != workflow.LetterReleased || l.Number.Register != workflow.RegisterReports || !slices.Contains(w.last.Redraw, "berita_acara") {
		t.Errorf("report %+v", l)
	}
	for _, who := range []workflow.Actor{applicant(), team(1), team(2)} {
		if by := w.refusal(workflow.CodeAlreadyDone, who, workflow.Agree{}); by.By != who.Shown() {
			t.Errorf("agreed before by %q", by.By)
		}
	}
}

// TestApplicantAgreesFirst: then nothing waits for him, and no clock stands still.
func TestApplicantAgreesFirst(t *testing.T) {
	w := reported(t)
	w.do(applicant(), workflow.Agree{})
	w.refused(workflow.CodeAlreadyDone, applicant(), workflow.Agree{})
	w.refused(workflow.CodeAlreadyDone, team(1), workflow.NoteAbsent{Note: "Tidak di tempat"})
	w.do(team(3), workflow.Agree{})
	w.at(8, workflow.StageWork)
	if len(w.c.ServiceClock.Pauses) != 0 {
		t.Errorf("pauses %v", w.c.ServiceClock.Pauses)
	}
}

// TestAbsentApplicant: a note stands in for his agreement.
func TestAbsentApplicant(t *testing.T) {
	w := reported(t)
	w.do(team(2), workflow.Agree{})
	w.do(team(3), workflow.Claim{}) // the team works side by side all the same
	w.refused(workflow.CodeNoteMissing, team(2), workflow.NoteAbsent{})
	w.refused(workflow.CodeForbidden, applicant(), workflow.NoteAbsent{Note: "x"})
	w.do(team(2), workflow.NoteAbsent{Note: "Pemohon di luar negeri"})
	w.at(8, workflow.StageWork)
	if a := w.c.Visit.Absent; a.Text != "Pemohon di luar negeri" || a.By != team(2) {
		t.Errorf("absent %+v", a)
	}
	// Who agrees after all is not absent.
	w = reported(t)
	w.do(team(1), workflow.NoteAbsent{Note: "Tidak di tempat"})
	w.at(7, workflow.StageApprove).do(applicant(), workflow.Agree{})
	if w.c.Visit.Absent != nil {
		t.Errorf("absent %+v", w.c.Visit.Absent)
	}
}

// TestTeamOfOne: no more members must approve than the letter names.
func TestTeamOfOne(t *testing.T) {
	w := start(t, lks()).to(granting(), 6)
	step, _ := lks().Step(6)
	w.do(backOffice(), proposal(step, w.now, 1))
	w.to(granting(), 7)
	findAll(w)
	w.do(team(1), workflow.Report{Conclusion: "Sesuai CONTOH"})
	if !w.c.StepClock.Paused() {
		t.Error("only the applicant is missing, but the clock goes on")
	}
	w.do(applicant(), workflow.Agree{})
	w.at(8, workflow.StageWork)
}

// TestRevisedReport: approvals given so far are void, and an old one does not count
// for the new revision.
func TestRevisedReport(t *testing.T) {
	w := reported(t)
	w.do(team(2), workflow.Agree{Seen: 1})
	w.refused(workflow.CodeNoteMissing, team(1), workflow.Revise{})
	w.do(team(1), workflow.Revise{Note: "Jumlah penerima salah"})
	w.at(7, workflow.StageWork)
	if v := w.c.Visit; v.Reported != nil || len(v.Approved) != 0 || w.c.StepClock.Paused() || w.c.ServiceClock.Paused() {
		t.Errorf("revised: %+v, clock %+v", v, w.c.StepClock)
	}
	w.refused(workflow.CodeWrongStep, applicant(), workflow.Agree{})
	w.do(team(2), workflow.Report{Conclusion: "Sesuai, diperbaiki"})
	w.refused(workflow.CodeChanged, applicant(), workflow.Agree{Seen: 1})
	w.refused(workflow.CodeChanged, team(1), workflow.Agree{Seen: 1})
	w.do(team(1), workflow.Agree{Seen: 2})
	w.do(applicant(), workflow.Agree{Seen: 2})
	w.at(8, workflow.StageWork)
}

func TestRecommendation(t *testing.T) {
	w := start(t, lks()).to(granting(), 8)
	fields := fillStep(w)
	no := workflow.OutcomeNotRecommended
	w.refused(workflow.CodeInvalid, team(1), workflow.Recommend{Outcome: workflow.OutcomeNext, Fields: fields})
	w.refused(workflow.CodeIncomplete, team(1), workflow.Recommend{Outcome: no, Fields: without(fields, "alasan")})
	withoutArticle := without(fields)
	withoutArticle["alasan"] = "Kegiatan tidak sesuai"
	w.refused(workflow.CodeInvalid, team(1), workflow.Recommend{Outcome: no, Fields: withoutArticle})
	w.refused(workflow.CodeForbidden, backOffice(), workflow.Recommend{Outcome: no, Fields: fields})
	w.do(team(1), workflow.Recommend{Outcome: workflow.OutcomeRecommended, Fields: without(fields, "alasan")})
	w.at(16, workflow.StageWork)
	if r := w.c.Recommendation; r.Outcome != workflow.OutcomeRecommended || r.By != team(1) || w.letter("rekomendasi").Signed == nil {
		t.Errorf("recommendation %+v", r)
	}
	if by := w.refusal(workflow.CodeAlreadyDone, team(2), workflow.Recommend{Outcome: no, Fields: fields}); by.By != team(1).Shown() {
		t.Errorf("recommended before by %q", by.By)
	}
}

// TestPermitDoesNotOutliveItsPapers: not beyond C1 and C2, and not in the past.
func TestPermitDoesNotOutliveItsPapers(t *testing.T) {
	w := newWalk(t, lks())
	a := application(lks(), w.now)
	for i, d := range a.Documents {
		if d.Code == "C2" {
			a.Documents[i].Expiry = "2027-03-31"
		}
	}
	w.do(applicant(), a)
	w.to(granting(), 17)
	draft := func(until string) workflow.Draft {
		fields := fillStep(w)
		fields["berlaku_sampai"] = until
		return workflow.Draft{Fields: fields}
	}
	if by := w.refusal(workflow.CodeInvalid, backOffice(), draft("2027-04-01")); by.Field != "berlaku_sampai" || by.At != "2027-03-31" {
		t.Errorf("refused with %+v", by)
	}
	w.refused(workflow.CodeInvalid, backOffice(), draft(w.now.In(workflow.WIB()).Format("2006-01-02")))
	w.refused(workflow.CodeInvalid, backOffice(), draft("2027-02-31"))
	w.refused(workflow.CodeIncomplete, backOffice(), draft(""))
	w.do(backOffice(), draft("2027-03-31"))
	w.at(18, workflow.StageWork)
}

func TestDeliveryNeedsAWay(t *testing.T) {
	w := start(t, lks()).to(granting(), 22)
	w.refused(workflow.CodeInvalid, frontOffice(), workflow.Deliver{Means: "pos"})
	w.do(frontOffice(), workflow.Deliver{Means: workflow.MeansChat})
	if n := w.last.Notices; len(n) != 1 || !slices.Equal(n[0].Letters, []workflow.LetterID{"surat_izin"}) {
		t.Errorf("told %+v", n)
	}
	w.refused(workflow.CodeForbidden, stranger(), workflow.Receive{})
	w.do(applicant(), workflow.Receive{})
	w.do(applicant(), workflow.Survey{Scores: [9]int{4, 4, 4, 4, 4, 4, 4, 4, 4}})
	w.refused(workflow.CodeAlreadyDone, applicant(), workflow.Survey{Scores: [9]int{4, 4, 4, 4, 4, 4, 4, 4, 4}})
}
