package notifications_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"izinbot/notifications"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

func TestDigest(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	if got := h.morning("2026-11-23 07.59"); got != "" {
		t.Errorf("before eight:\n%s", got)
	}
	got := h.morning("2026-11-23 08.00")
	for _, want := range []string{"front_office: Selamat pagi. Ringkasan Senin, 23 November 2026.\n1 tugas menunggu Anda.\n• " + string(id)} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "kabid: Selamat") {
		t.Errorf("somebody without anything to do is greeted:\n%s", got)
	}
	if again := h.morning("2026-11-23 08.01"); again != "" {
		t.Errorf("twice:\n%s", again)
	}
	got = h.morning("2026-11-24 09.17") // the program had stopped
	for _, want := range []string{"1 tugas menunggu Anda, 1 lewat waktu.", "kabid: ", "sekretaris: ", "kadis: ", "belum diambil di Front Office"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if off := h.morning("2026-11-28 08.00"); off != "" {
		t.Errorf("on a Saturday:\n%s", off)
	}
}

// TestDigestAfterARestart: what was sent is known to the next process.
func TestDigestAfterARestart(t *testing.T) {
	h := newHouse(t, "2026-11-24 07.00")
	h.submit()
	if got := h.morning("2026-11-24 08.00"); !strings.Contains(got, "front_office: ") {
		t.Errorf("no digest:\n%s", got)
	}
	old := h.watch
	h.watch = &notifications.Watch{Store: old.Store, Desk: old.Desk, Calendar: old.Calendar, Texts: old.Texts, Commits: old.Commits, Log: old.Log}
	if got := h.morning("2026-11-24 08.05"); got != "" {
		t.Errorf("again after the restart:\n%s", got)
	}
}

func TestWeeklyRecap(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.at("2026-11-23 09.00")
	h.pass(id)
	h.at("2026-11-24 09.00")
	h.clarify(h.submit())
	if got := h.morning("2026-11-24 09.01"); strings.Contains(got, "Rekap") {
		t.Errorf("a recap on a Tuesday:\n%s", got)
	}
	got := h.morning("2026-11-30 08.00")
	for _, want := range []string{
		"kadis: Rekap Senin 23 Nov sampai Minggu 29 Nov", "sekretaris: Rekap", "2. Menerima dan memeriksa kelengkapan berkas: 1 jam (2 Jam), 1 kali",
		"Front Office: 1 terlambat",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "kabid: Rekap") {
		t.Errorf("the recap goes too far down:\n%s", got)
	}
	for _, d := range h.sent {
		if strings.HasPrefix(d.ID, "recap/") && (len(d.Message.Files) != 1 || d.Message.Files[0].Type != "image/png") {
			t.Errorf("files %+v", d.Message.Files)
		}
	}
}

// TestRecapAfterAHoliday: where Monday is off, the week's first working day has it.
func TestRecapAfterAHoliday(t *testing.T) {
	h := newHouse(t, "2027-05-14 08.00")
	h.submit()
	for _, day := range []string{"2027-05-17", "2027-05-18", "2027-05-19", "2027-05-20"} { // all off
		if got := h.morning(day + " 08.00"); got != "" {
			t.Errorf("on %s:\n%s", day, got)
		}
	}
	if got := h.morning("2027-05-21 08.00"); !strings.Contains(got, "Rekap Senin 10 Mei sampai Minggu 16 Mei") {
		t.Errorf("on Friday:\n%s", got)
	}
}

// TestRecapAfterAStop: a program that stood still on Monday sends it on the next
// working day, once.
func TestRecapAfterAStop(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.at("2026-11-23 09.00")
	h.pass(id)
	if got := h.morning("2026-12-01 09.17"); strings.Count(got, "Rekap Senin 23 Nov sampai Minggu 29 Nov") != 2 {
		t.Errorf("on Tuesday:\n%s", got)
	}
	if got := h.morning("2026-12-02 08.00"); strings.Contains(got, "Rekap") {
		t.Errorf("on Wednesday again:\n%s", got)
	}
}

// TestRecapText: reasons of refusals and the satisfaction index.
func TestRecapText(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	def := h.desk.Library.Current()
	from := h.now
	r := casework.Recap{
		SOP: def, From: from, To: from.AddDate(0, 0, 7), Ends: map[string]int{"terbit": 3, "ditolak": 2, "dicabut": 1},
		Roles:   []store.TaskCount{{Role: "kabid", Open: 4, Late: 1}},
		Reasons: []casework.ReasonCount{{Text: "Sumber dana tidak dapat dibuktikan", N: 2}}, Surveys: 2, SKM: 88.305,
	}
	got := notifications.RecapText(func(key string, args ...any) string { return h.watch.Texts.Say(workflow.Indonesian, key, args...) }, r)
	for _, want := range []string{
		"6 permohonan selesai: 3 terbit, 2 ditolak, 1 lainnya. Sekarang 4 tugas terbuka, 1 terlambat.", "Kabid Pelayanan: 1 terlambat",
		"2× Sumber dana", "SKM): 88,31, mutu A, dari 2 survei",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	for index, want := range map[float64]string{100: "A", 88.31: "A", 88.3: "B", 76.61: "B", 76.6: "C", 65: "C", 64.99: "D", 25: "D"} {
		if got := casework.SKMGrade(index); got != want {
			t.Errorf("index %v is %s, want %s", index, got, want)
		}
	}
}

// history holds the times that the steps of a procedure have taken.
type history map[int]time.Duration

func (s history) StepTimes(_ context.Context, _ string, step, limit int) ([]time.Duration, error) {
	if limit != 200 {
		return nil, fmt.Errorf("limit %d", limit)
	}
	var out []time.Duration
	for i := range 25 {
		out = append(out, s[step]+time.Duration(i-12)*time.Minute) // the median is s[step]
	}
	if s[step] == 0 {
		return out[:19], nil // too few
	}
	return out, nil
}

func TestEstimate(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	def, c := h.desk.Library.Current(), h.pass(id) // at step 4, its hour from 08.00
	e := casework.Estimator{Store: history{}, Calendar: h.cal}
	est, ok, err := e.Estimate(t.Context(), def, c, h.now)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if got := est.At.In(workflow.WIB()).Format("2006-01-02 15.04"); got != "2026-12-08 08.13" || !est.Late.Equal(est.At) {
		t.Errorf("by the SOP %s, at the latest %v", got, est.Late)
	}
	quick := history{}
	for _, step := range def.Steps {
		quick[step.No] = time.Hour
	}
	e = casework.Estimator{Store: quick, Calendar: h.cal}
	est, _, err = e.Estimate(t.Context(), def, c, h.now)
	if err != nil {
		t.Fatal(err)
	}
	// Steps 4 to 8 and 16 to 22, an hour each: 12 hours from Monday 08.00.
	if got := est.At.In(workflow.WIB()).Format("2006-01-02 15.04"); got != "2026-11-24 13.30" {
		t.Errorf("by the median %s", got)
	}
	if late := est.Late.In(workflow.WIB()).Format("2006-01-02 15.04"); late != "2026-11-24 14.54" { // 7 minutes more each
		t.Errorf("four of five by %s", late)
	}
	if _, ok, _ := e.Estimate(t.Context(), def, h.load(h.submit()), h.now); ok {
		t.Error("an estimate before the resi")
	}
}

// TestEstimateIsTold: not the first one, and not before it has moved by more than
// half a day.
func TestEstimateIsTold(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.pass(id)
	h.never("2026-11-23 08.01", "perkiraan")
	if h.load(id).Expected == nil {
		t.Fatal("no estimate is kept")
	}
	h.never("2026-11-23 12.00", "perkiraan") // three hours late
	told := 0
	for _, at := range []string{"2026-11-23 14.00", "2026-11-23 15.30", "2026-11-24 08.30", "2026-11-24 10.00"} {
		told += strings.Count(h.tick(at), "A-1: "+string(id)+": perkiraan selesai berubah")
	}
	if told != 1 {
		t.Errorf("told %d times in the next half day", told)
	}
	h.tick("2026-11-24 20.00")
	h.never("2026-11-24 21.00", "perkiraan")
}
