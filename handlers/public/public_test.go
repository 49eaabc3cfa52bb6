package public_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/public"
	"izinbot/workflow"
)

// shelf holds one case, as a store does.
type shelf struct {
	c    workflow.Case
	fail error
}

func (s *shelf) Case(_ context.Context, id workflow.CaseID) (workflow.Case, error) {
	switch {
	case s.fail != nil:
		return workflow.Case{}, s.fail
	case id != s.c.ID:
		return workflow.Case{}, workflow.Refuse(workflow.CodeNotFound, "case")
	}
	return s.c, nil
}

// publicOf is the public view of a case that is under way, changed at will.
func publicOf(t *testing.T, change func(*workflow.Case)) (public.Pages, *shelf) {
	t.Helper()
	o := handlerstest.NewOffice(t, nil)
	s := &shelf{c: handlerstest.UnderWay(o.App.Desk.Library.Current())}
	change(&s.c)
	now := time.Date(2026, 11, 30, 10, 0, 0, 0, workflow.WIB())
	return public.Pages{Store: s, Library: o.App.Desk.Library, Texts: o.App.Texts, Now: func() time.Time { return now }, Office: "DPMPTSPK"}, s
}

func unchanged(*workflow.Case) {}

func read(t *testing.T, sheet public.Sheet, err error) (public.Sheet, string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return sheet, fmt.Sprintf("%+v", sheet)
}

func TestStatusForAnybody(t *testing.T) {
	p, _ := publicOf(t, unchanged)
	for _, typed := range []string{"LKS-2026-00042-7", " lks 2026.00042/7 "} {
		sheet, err := p.Status(t.Context(), typed, "id")
		s, all := read(t, sheet, err)
		if !s.Found || s.Done != 6 || s.Ahead != 10 || s.Tone != public.ToneGood {
			t.Errorf("%+v", s)
		}
		for _, want := range []string{
			"Izin Teknis LKS Asing", "LKS-2026-00042-7", "6 dari 16 langkah selesai", "Langkah 7: Peninjauan lapangan",
			"[Giliran Tim Teknis]", "Rabu, 2 Desember 2026, 16.00 WIB", "[Jatuh tempo layanan Senin, 7 Desember 2026]", "Rp 0",
		} {
			if !strings.Contains(all, want) {
				t.Errorf("no %q in %s", want, all)
			}
		}
	}
	sheet, err := p.Status(t.Context(), "LKS-2026-00042-7", workflow.English)
	if s, all := read(t, sheet, err); s.Lang != "en" || !strings.Contains(all, "6 of 16 steps done") || !strings.Contains(all, "Step 7: Field visit") || !strings.Contains(all, "Technical Team") {
		t.Errorf("in English: %s", all)
	}
	sheet, err = p.Status(t.Context(), "LKS-2026-00042-7", "xx")
	if s, _ := read(t, sheet, err); s.Lang != "id" {
		t.Errorf("an unknown language gives %q", s.Lang)
	}
}

func TestStatusAsksForANumber(t *testing.T) {
	p, _ := publicOf(t, unchanged)
	sheet, err := p.Status(t.Context(), "", "id")
	s, all := read(t, sheet, err)
	if !s.Found || s.Search.Button == "" || strings.Contains(all, "Tidak ditemukan") {
		t.Errorf("shown: %s", all)
	}
}

func TestStatusForAnybodyOfOtherStates(t *testing.T) {
	at := time.Date(2026, 11, 27, 14, 0, 0, 0, workflow.WIB())
	for name, try := range map[string]struct {
		change func(*workflow.Case)
		tone   string
		want   []string
	}{
		"late": {
			func(c *workflow.Case) { c.StepClock.Due = at }, public.ToneBad,
			[]string{"Langkah ini terlambat", "[Langkah ini seharusnya selesai Jumat, 27 November 2026, 14.00 WIB]"},
		},
		"waiting": {func(c *workflow.Case) {
			c.Step, c.Asker, c.Stage = 1, 5, workflow.StageWaiting
			c.StepClock.Due, c.ServiceClock.Due = time.Time{}, time.Time{}
		}, public.ToneWait, []string{"Menunggu pemohon", "[Giliran Pemohon]", "Langkah 5: Verifikasi", "berhenti dihitung"}},
		"granted": {
			func(c *workflow.Case) { c.End, c.Ended = workflow.EndGranted, at }, public.ToneGood,
			[]string{"Selesai: izin terbit", "[Tanggal selesai Jumat, 27 November 2026]"},
		},
		"refused":    {func(c *workflow.Case) { c.End, c.Ended = workflow.EndRefused, at }, public.ToneBad, []string{"Selesai: ditolak"}},
		"withdrawn":  {func(c *workflow.Case) { c.End, c.Ended = workflow.EndWithdrawn, at }, public.ToneWait, []string{"ditarik pemohon"}},
		"unanswered": {func(c *workflow.Case) { c.End, c.Ended = workflow.EndUnanswered, at }, public.ToneWait, []string{"tidak dilengkapi"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := publicOf(t, try.change)
			sheet, err := p.Status(t.Context(), string(s.c.ID), "id")
			got, all := read(t, sheet, err)
			if got.Tone != try.tone {
				t.Errorf("tone %q, want %q", got.Tone, try.tone)
			}
			for _, want := range try.want {
				if !strings.Contains(all, want) {
					t.Errorf("no %q in %s", want, all)
				}
			}
			if !s.c.Open() && strings.Contains(all, "Jatuh tempo") {
				t.Errorf("an ended case has a deadline: %s", all)
			}
		})
	}
}

// What is not there, not yet to be known, or no number at all looks the same.
func TestWhatIsNotFoundLooksTheSame(t *testing.T) {
	p, s := publicOf(t, unchanged)
	nothing, err := p.Status(t.Context(), "LKS-2026-00043-4", "id")
	_, want := read(t, nothing, err)
	if nothing.Found || !strings.Contains(want, "Tidak ditemukan") || nothing.Search.Button == "" {
		t.Errorf("%s", want)
	}
	same := func(what string, sheet public.Sheet, err error) {
		t.Helper()
		if _, got := read(t, sheet, err); got != want {
			t.Errorf("%s gives %s", what, got)
		}
	}
	for _, typed := range []string{" ", "x", "LKS-2026-00042-8", "<b>", strings.Repeat("9", 5000)} {
		sheet, err := p.Status(t.Context(), typed, "id")
		same("status of "+typed, sheet, err)
		sheet, err = p.Letter(t.Context(), typed, "resi", "id")
		same("letter of "+typed, sheet, err)
	}
	sheet, err := p.Letter(t.Context(), string(s.c.ID), "surat_izin", "id")
	same("a letter that was not made", sheet, err)
	s.c.ServiceClock.Start = time.Time{}
	sheet, err = p.Status(t.Context(), string(s.c.ID), "id")
	same("a case before its resi", sheet, err)
	s.fail = workflow.Refuse(workflow.CodeUnavailable, "")
	if _, err := p.Status(t.Context(), string(s.c.ID), "id"); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Errorf("a store that is down gives %v", err)
	}
	if _, err := p.Letter(t.Context(), string(s.c.ID), "resi", "id"); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Errorf("a store that is down gives %v", err)
	}
}

// Whatever state a case is in, neither page shows what somebody wrote or is called.
func TestPublicPagesShowNothingOfAPerson(t *testing.T) {
	const secret = "RAHASIA"
	p, s := publicOf(t, unchanged)
	def := p.Library.Current()
	kinds := []workflow.LetterKind{"klarifikasi"}
	for _, l := range def.Letters {
		kinds = append(kinds, l.Kind)
	}
	who := workflow.Actor{Person: secret, Officer: secret, Role: "kadis", Name: secret, NIP: secret, Rank: secret, Title: "Kepala Dinas"}
	form := workflow.Answers{}
	for _, f := range def.Form {
		form[f.Key] = secret
	}
	rapid.Check(t, func(t *rapid.T) {
		c := handlerstest.UnderWay(def)
		c.Form, c.Applicant = form, secret
		c.Step = rapid.IntRange(1, 23).Draw(t, "step")
		c.End = rapid.SampledFrom([]string{"", workflow.EndGranted, workflow.EndRefused, workflow.EndWithdrawn}).Draw(t, "end")
		c.Return = &workflow.Note{Text: secret, By: who}
		mark := workflow.Mark{By: who, At: c.Submitted}
		of := workflow.Letter{
			ID: "x", Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Step: c.Step, Made: mark, Initials: []workflow.Mark{mark},
			Status:   rapid.SampledFrom([]workflow.LetterStatus{"draft", "final", "released", "void"}).Draw(t, "status"),
			Fields:   workflow.Answers{"alasan": secret, "tim_nama": secret, "instruksi": secret, "ketentuan": secret},
			File:     workflow.File{SHA256: "abc", Name: secret},
			Received: &workflow.Receipt{Recipient: secret, Mark: mark},
		}
		if rapid.Bool().Draw(t, "signed") {
			of.Signed = &mark
		}
		c.Letters = []workflow.Letter{of}
		s.c = c
		status, err := p.Status(context.Background(), string(c.ID), "id")
		letter, failed := p.Letter(context.Background(), string(c.ID), "x", "id")
		if err != nil || failed != nil {
			t.Fatal(err, failed)
		}
		if all := fmt.Sprintf("%+v %+v", status, letter); strings.Contains(all, secret) || letter.Found && !public.Issued(of) {
			t.Errorf("shown: %s", all)
		}
	})
}
