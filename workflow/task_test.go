package workflow_test

import (
	"testing"
	"time"

	"izinbot/workflow"
)

func TestClaimedTaskIsTaken(t *testing.T) {
	w := start(t, lks())
	colleague := officer("front_office", 2)
	w.do(frontOffice(), workflow.Claim{})
	since := w.now
	by := w.after("15 Menit").refusal(workflow.CodeTaken, colleague, workflow.Claim{})
	if by.By != "Jabatan front_office (Petugas CONTOH front_office-1)" || by.At != since.UTC().Format(time.RFC3339) {
		t.Errorf("taken by %q at %q", by.By, by.At)
	}
	w.refused(workflow.CodeTaken, colleague, workflow.Judge{Documents: codes(w.c), OK: true})
	w.refused(workflow.CodeForbidden, kabid(), workflow.Claim{})
	w.refused(workflow.CodeForbidden, applicant(), workflow.Claim{})
	w.do(frontOffice(), workflow.Claim{})
	if !w.c.Holder.At.Equal(since) {
		t.Errorf("claimed again, held since %v", w.c.Holder.At)
	}
}

// TestFirstJudgementTakesTheTask: whoever begins to check has it.
func TestFirstJudgementTakesTheTask(t *testing.T) {
	w := start(t, lks())
	w.do(frontOffice(), workflow.Judge{Documents: codes(w.c)[:1], OK: true})
	w.refused(workflow.CodeTaken, officer("front_office", 2), workflow.Judge{Documents: codes(w.c), OK: true})
}

// TestLoserOfARaceIsToldWhoWon, also where the next step is of the same kind.
func TestLoserOfARaceIsToldWhoWon(t *testing.T) {
	plh := officer("kabid", 2)
	plh.Acting, plh.Title = "Plh.", "Kepala Bidang Pelayanan"
	w := start(t, lks()).to(granting(), 18)
	w.do(plh, workflow.Initial{})
	at := w.now
	w.at(19, workflow.StageWork)
	by := w.after("1 Jam").refusal(workflow.CodeAlreadyDone, kabid(), workflow.Initial{})
	if by.By != "Plh. Kepala Bidang Pelayanan (Petugas CONTOH kabid-2)" || by.At != at.UTC().Format(time.RFC3339) {
		t.Errorf("done by %q at %q", by.By, by.At)
	}
	w.refused(workflow.CodeForbidden, registry(), workflow.Initial{})
	w.refused(workflow.CodeForbidden, kadis(), workflow.Initial{})
	w.refused(workflow.CodeWrongStep, kadis(), workflow.Record{})
}

// TestStrangersLearnNothing: no name, no time, from any act on somebody's case.
func TestStrangersLearnNothing(t *testing.T) {
	w := start(t, lks())
	for range 200 {
		for _, act := range sampleActs(w) {
			if _, opening := act.(workflow.Submit); opening {
				continue
			}
			if _, err := workflow.Decide(w.def, w.c, w.command(stranger(), act), w.now); err == nil || hasName(err) {
				t.Fatalf("step %d: %s by a stranger: %v", w.c.Step, workflow.ActName(act), err)
			}
		}
		if !w.c.Open() {
			return
		}
		w.do(granting().next(w))
	}
}

func TestHandOver(t *testing.T) {
	w := start(t, lks()).to(granting(), 9+8)
	colleague := officer("backoffice", 2)
	to := func(a workflow.Actor) workflow.HandOver { return workflow.HandOver{To: &a, Note: " Saya dinas luar "} }
	w.do(backOffice(), workflow.Claim{})
	w.refused(workflow.CodeForbidden, colleague, to(colleague))
	w.refused(workflow.CodeForbidden, registry(), to(colleague))
	w.refused(workflow.CodeForbidden, applicant(), to(colleague))
	w.refused(workflow.CodeForbidden, backOffice(), to(frontOffice()))
	w.refused(workflow.CodeForbidden, backOffice(), to(workflow.Actor{Role: "backoffice"}))
	nobody := workflow.Actor{Officer: "x", Name: "Tanpa Peran CONTOH"}
	w.refused(workflow.CodeForbidden, nobody, to(colleague))

	w.do(backOffice(), to(colleague))
	if w.c.Holder.By != colleague || w.last.Notices[0].Officer != colleague.Officer || w.last.Notices[0].Note != "Saya dinas luar" {
		t.Errorf("holder %+v, told %+v", w.c.Holder, w.last.Notices)
	}
	w.refused(workflow.CodeTaken, backOffice(), workflow.Draft{Fields: fillStep(w)})
	w.do(kabid(), to(backOffice())) // the superior
	if w.c.Holder.By != backOffice() {
		t.Errorf("holder %+v", w.c.Holder)
	}
	w.do(backOffice(), workflow.HandOver{})
	if w.c.Holder != nil || w.last.Notices[0].Role != "backoffice" {
		t.Errorf("given back: holder %+v, told %+v", w.c.Holder, w.last.Notices)
	}
	w.do(colleague, workflow.Draft{Fields: fillStep(w)})
	if w.c.Holder != nil {
		t.Errorf("the next step is held by %+v", w.c.Holder)
	}
	// Nobody is above Kadis, also not somebody without a role.
	w.to(granting(), 20)
	w.refused(workflow.CodeForbidden, nobody, to(kadis()))
	w.refused(workflow.CodeForbidden, secretary(), to(kadis()))
	w.to(granting(), 23)
	w.refused(workflow.CodeForbidden, frontOffice(), workflow.HandOver{})
}

// TestStandIn: the deputy acts between the dates, and letters carry it.
func TestStandIn(t *testing.T) {
	deputy := workflow.Officer{ID: "sekretaris-1", Person: "P-9", Name: "Wakil CONTOH", NIP: "000000000000000000", Rank: "Pembina, IV/a", Title: "Sekretaris", Roles: []workflow.Role{"sekretaris"}}
	from, to := monday().AddDate(0, 0, -1), monday().AddDate(0, 0, 14)
	plh := workflow.Delegation{Kind: "Plh.", Role: "kadis", Principal: "kadis-1", Deputy: deputy.ID, From: from, To: to}
	cancelled := plh
	cancelled.Cancelled = from
	other := plh
	other.Deputy = "kabid-1"
	for name, try := range map[string]struct {
		role workflow.Role
		list []workflow.Delegation
		at   time.Time
		want string // Acting + Title; "" for refused
	}{
		"own role":         {"sekretaris", nil, from, "Sekretaris"},
		"first moment":     {"kadis", []workflow.Delegation{other, plh}, from, "Plh.Kepala Dinas"},
		"last moment":      {"kadis", []workflow.Delegation{plh}, to.Add(-1), "Plh.Kepala Dinas"},
		"before":           {"kadis", []workflow.Delegation{plh}, from.Add(-1), ""},
		"after":            {"kadis", []workflow.Delegation{plh}, to, ""},
		"cancelled":        {"kadis", []workflow.Delegation{cancelled}, from, ""},
		"somebody else":    {"kadis", []workflow.Delegation{other}, from, ""},
		"for another role": {"kabid", []workflow.Delegation{plh}, from, ""},
	} {
		actor, err := deputy.As(try.role, "Kepala Dinas", try.list, try.at)
		if got := actor.Acting + actor.Title; got != try.want || (err == nil) != (try.want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	disabled := deputy
	disabled.Disabled = true
	if _, err := disabled.As("sekretaris", "Sekretaris", nil, from); workflow.CodeOf(err) != workflow.CodeForbidden {
		t.Errorf("a disabled officer: %v", err)
	}

	w := start(t, lks()).to(granting(), 20)
	actor, err := deputy.As("kadis", "Kepala Dinas", []workflow.Delegation{plh}, w.now)
	if err != nil {
		t.Fatal(err)
	}
	w.do(actor, workflow.Sign{})
	signed := w.letter("surat_izin").Signed.By
	if signed.Shown() != "Plh. Kepala Dinas (Wakil CONTOH)" || signed.NIP == "" || signed.Rank == "" {
		t.Errorf("signed by %+v", signed)
	}
}
