package workflow_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

func FuzzParseCoordinates(f *testing.F) {
	for _, s := range []string{"2.74,98.32", " -90 , 180 ", "91,0", "0,-181", "NaN,0", "1e1,2", "Inf,1", "2,74,98,32", ",", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := workflow.ParseCoordinates(s)
		if err != nil {
			if workflow.CodeOf(err) != workflow.CodeInvalid || p != (workflow.Coordinates{}) {
				t.Errorf("%q: %v, %v", s, p, err)
			}
			return
		}
		if math.IsNaN(p.Lat) || math.IsNaN(p.Lon) || math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 {
			t.Fatalf("%q was read as %v", s, p)
		}
		again, err := workflow.ParseCoordinates(p.String())
		if err != nil || math.Abs(again.Lat-p.Lat) > 1e-6 || math.Abs(again.Lon-p.Lon) > 1e-6 {
			t.Errorf("%v written as %s and read as %v, %v", p, p, again, err)
		}
		if d := p.Distance(again); d > 0.2 {
			t.Errorf("%v is %v m from itself", p, d)
		}
	})
}

// TestDistance against places whose distance is known.
func TestDistance(t *testing.T) {
	place := func(s string) workflow.Coordinates {
		p, err := workflow.ParseCoordinates(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, try := range []struct {
		from, to string
		want     float64 // metres
	}{
		{"0,0", "0,0", 0},
		{"0,0", "1,0", 111_195},
		{"0,0", "0,1", 111_195},
		{"60,0", "60,1", 55_597},
		{"0,0", "0,180", 20_015_115},
		{"90,0", "-90,77", 20_015_115},
		{"2.74,98.32", "2.741,98.32", 111},
	} {
		a, b := place(try.from), place(try.to)
		if got := a.Distance(b); math.Abs(got-try.want) > 1 || got != b.Distance(a) {
			t.Errorf("from %s to %s: %.0f m, want %.0f", a, b, got, try.want)
		}
	}
}

func FuzzParseBudget(f *testing.F) {
	for _, s := range []string{"15 Menit", "2 jam", "10 HARI kerja", "1 jam kerja", "0 jam", "-1 hari", "100001 menit", "2jam", "+3 jam", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := workflow.ParseBudget(s)
		if err != nil {
			if workflow.CodeOf(err) != workflow.CodeInvalid || !b.IsZero() {
				t.Errorf("%q: %v, %v", s, b, err)
			}
			return
		}
		again, err := workflow.ParseBudget(b.String())
		if err != nil || again != b || b.N < 1 {
			t.Errorf("%q is %v, written as %q and read as %v, %v", s, b, b, again, err)
		}
	})
}

func TestParseBudget(t *testing.T) {
	for s, want := range map[string]string{
		"15 Menit": "15 Menit", "  2   JAM ": "2 Jam", "10 hari kerja": "10 Hari", "3 Hari": "3 Hari",
		"": "", "jam": "", "2": "", "2 hari kalender": "", "1 jam kerja": "", "0 jam": "", "-1 jam": "", "1.5 jam": "", "2 minggu": "", "100001 jam": "",
	} {
		b, err := workflow.ParseBudget(s)
		if b.String() != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", s, b, err)
		}
	}
}

func TestAnswersHaveTheFormOfTheirType(t *testing.T) {
	choice := []workflow.Option{{Key: "ktp"}, {Key: "paspor"}}
	long := strings.Repeat("a", workflow.MaxAnswer+1)
	for kind, values := range map[workflow.FieldType]struct{ good, bad []string }{
		workflow.FieldText:        {[]string{"Yayasan Contoh", long[1:], "名"}, []string{"a\nb", "a\rb", long, "\xff"}},
		workflow.FieldLong:        {[]string{"a\nb", long}, []string{strings.Repeat("a", workflow.MaxLongAnswer+1), "a\xc3"}},
		workflow.FieldEmail:       {[]string{"kantor@contoh.example"}, []string{"kantor", "a@b", "Contoh <a@b.example>", "a b@c.example", "a@b.example\n"}},
		workflow.FieldPhone:       {[]string{"+6280000000000", "08000000"}, []string{"0800-0000", "1234567", "+1234567890123456", "++6280000000", "08０00000"}},
		workflow.FieldDate:        {[]string{"2026-02-28", "2028-02-29"}, []string{"2026-02-29", "31/02/2027", "2026-2-1", "2026-02-28 "}},
		workflow.FieldCoordinates: {[]string{"2.7400,98.3200"}, []string{"2.74", "2,74,98,32", "91,0", "nan,0"}},
		workflow.FieldChoice:      {[]string{"ktp"}, []string{"KTP", "sim"}},
		workflow.FieldNumber:      {[]string{"0", "12"}, []string{"-1", "1.5", "satu", "99999999999999999999"}},
		workflow.FieldList:        {[]string{"a\nb | c"}, nil},
		workflow.FieldReasons:     {[]string{"Sebab | Pasal 1", "A|B\nC | D"}, []string{"Sebab", "Sebab |", "| Pasal 1", "A | B\n\nC | D"}},
		workflow.FieldOfficers:    {[]string{"O-1\nO-2"}, []string{"O-1\n", " O-1"}},
		"lain":                    {nil, []string{"x"}},
	} {
		f := workflow.Field{Key: "k", Type: kind, Options: choice}
		for _, v := range values.good {
			if !f.Accepts(v) {
				t.Errorf("%s refuses %.40q", kind, v)
			}
		}
		for _, v := range values.bad {
			if f.Accepts(v) {
				t.Errorf("%s accepts %.40q", kind, v)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	err := fmt.Errorf("boundary: %w", &workflow.Error{Code: workflow.CodeTaken, By: "Petugas CONTOH", At: "2026-11-23T01:00:00Z"})
	if !errors.Is(err, workflow.Refuse(workflow.CodeTaken, "")) || errors.Is(err, workflow.Refuse(workflow.CodeEnded, "")) {
		t.Error("a refusal is matched by its code alone")
	}
	if errors.Is(err, errors.New("taken")) || workflow.CodeOf(errors.New("x")) != "" || workflow.CodeOf(nil) != "" {
		t.Error("what is no refusal has no code")
	}
	if s := err.Error(); s != "boundary: taken (by Petugas CONTOH at 2026-11-23T01:00:00Z)" {
		t.Error(s)
	}
	if s := workflow.Refuse(workflow.CodeInvalid, "email").Error(); s != "invalid email" {
		t.Error(s)
	}
}

func TestTextFallsBackToIndonesian(t *testing.T) {
	both, one := workflow.Text{ID: "Izin", EN: "Permit"}, workflow.Text{ID: "Izin"}
	if both.In(workflow.English) != "Permit" || both.In(workflow.Indonesian) != "Izin" || one.In(workflow.English) != "Izin" {
		t.Errorf("%+v, %+v", both, one)
	}
}

// TestProcedureWithoutDelivery: the signature releases the number and the letter
// goes out in the chat, where no step does either.
func TestProcedureWithoutDelivery(t *testing.T) {
	def := *reklame()
	def.Steps = append([]workflow.Step(nil), def.Steps...)
	def.Letters = []workflow.LetterDef{{Kind: "klarifikasi"}, {Kind: "resi"}, {Kind: "surat_izin", Register: workflow.RegisterPermits}}
	def.Steps[5] = workflow.Step{
		No: 6, Role: workflow.RoleApplicant, Kind: workflow.KindReceive, Time: workflow.Budget{N: 1, Unit: workflow.Hour},
		Then: []workflow.Branch{{Outcome: workflow.OutcomeNext, End: workflow.EndGranted}},
	}
	w := start(t, &def).to(granting(), 6)
	permit := w.letter("surat_izin")
	if permit.Status != workflow.LetterReleased || permit.Number == nil || permit.Recorded == nil || permit.Sent.Means != workflow.MeansChat {
		t.Errorf("permit %+v", permit)
	}
	if n := w.last.Notices; len(n) != 2 || n[1].Key != "told.dikirim" || n[1].Person != "P-1" {
		t.Errorf("told %+v", n)
	}
	w.do(officer("kepala", 1), workflow.HandDeliver{Recipient: "Penerima CONTOH", IdentityChecked: true})
	w.ended(workflow.EndGranted, 6)
}

// TestClockOfACase that was never started, is stopped, or stands still has no due.
func TestClock(t *testing.T) {
	now := monday()
	for name, try := range map[string]struct {
		clock           workflow.Clock
		running, paused bool
	}{
		"not started": {workflow.Clock{}, false, false},
		"running":     {workflow.Clock{Start: now}, true, false},
		"paused":      {workflow.Clock{Start: now, Pauses: []workflow.Span{{From: now}}}, false, true},
		"resumed":     {workflow.Clock{Start: now, Pauses: []workflow.Span{{From: now, To: now.Add(time.Hour)}}}, true, false},
		"stopped":     {workflow.Clock{Start: now, Stop: now}, false, false},
	} {
		if try.clock.Running() != try.running || try.clock.Paused() != try.paused {
			t.Errorf("%s: running %v, paused %v", name, try.clock.Running(), try.clock.Paused())
		}
		c := workflow.Case{StepClock: try.clock}
		c.StepClock.Budget = workflow.Budget{N: 1, Unit: workflow.Hour}
		if due := c.Derive(officeCalendar()).StepClock.Due; due.IsZero() == try.running {
			t.Errorf("%s: due %v", name, due)
		}
	}
}
