package supervise

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

func TestPeriod(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, workflow.WIB()) // Wednesday
	const form = "2006-01-02 15.04"
	for arg, want := range map[string]string{
		"": "2026-11-23 00.00 2026-11-25 10.00", "minggu ini": "2026-11-23 00.00 2026-11-25 10.00",
		"Minggu  Lalu": "2026-11-16 00.00 2026-11-23 00.00", "bulan ini": "2026-11-01 00.00 2026-11-25 10.00",
		"bulan kemarin": "2026-10-01 00.00 2026-11-01 00.00", "bulan lalu": "2026-10-01 00.00 2026-11-01 00.00", "1 hari": "2026-11-25 00.00 2026-11-25 10.00",
		"30 hari": "2026-10-27 00.00 2026-11-25 10.00", "1/11/2026 20/11/2026": "2026-11-01 00.00 2026-11-21 00.00",
		"1 November 2026 sampai 20 November 2026": "2026-11-01 00.00 2026-11-21 00.00",
		"20 november 2026":                        "2026-11-20 00.00 2026-11-21 00.00", "2026-11-20": "2026-11-20 00.00 2026-11-21 00.00",
		"1/11/2026 s.d. 31/12/2026": "2026-11-01 00.00 2026-11-25 10.00",
		"hari ini":                  "2026-11-25 00.00 2026-11-25 10.00", "Kemarin": "2026-11-24 00.00 2026-11-25 00.00",
		"tahun ini": "2026-01-01 00.00 2026-11-25 10.00", "tahun lalu": "2025-01-01 00.00 2026-01-01 00.00",
		"tahun 2025": "2025-01-01 00.00 2026-01-01 00.00", "Oktober": "2026-10-01 00.00 2026-11-01 00.00",
		"bulan november": "2026-11-01 00.00 2026-11-25 10.00", "desember": "2025-12-01 00.00 2026-01-01 00.00",
		"Des 2025": "2025-12-01 00.00 2026-01-01 00.00", "1 Nov - 15 Nov": "2026-11-01 00.00 2026-11-16 00.00",
		"1 nov – 15 nov": "2026-11-01 00.00 2026-11-16 00.00", "1-15 November": "2026-11-01 00.00 2026-11-16 00.00",
		"1 - 15 November 2025": "2025-11-01 00.00 2025-11-16 00.00", "1 sampai dengan 15 Nov": "2026-11-01 00.00 2026-11-16 00.00",
		"1-15": "2026-11-01 00.00 2026-11-16 00.00", "1/11 - 15/11": "2026-11-01 00.00 2026-11-16 00.00",
		"20 Des - 5 Jan": "2025-12-20 00.00 2026-01-06 00.00", "1 Des - 15 Des": "2025-12-01 00.00 2025-12-16 00.00",
		"28 Des 2025 s/d 3 Jan": "2025-12-28 00.00 2026-01-04 00.00", "20 Nov": "2026-11-20 00.00 2026-11-21 00.00",
		"24 Des": "2025-12-24 00.00 2025-12-25 00.00", "1/11/2026-15/11/2026": "2026-11-01 00.00 2026-11-16 00.00",
		"1-11-2026 15-11-2026": "2026-11-01 00.00 2026-11-16 00.00",
	} {
		from, to, ok := period(arg, now)
		if got := from.Format(form) + " " + to.Format(form); !ok || got != want {
			t.Errorf("%q: %s %v, want %s", arg, got, ok, want)
		}
	}
	for _, arg := range []string{"besok", "0 hari", "-3 hari", "x hari", "31/02/2026", "20/11/2026 1/11/2026", "1/12/2026", "9999 hari", "15", "tahun depan", "31 Feb - 3 Mar", "Des 2026", "tahun 2027"} {
		if from, to, ok := period(arg, now); ok {
			t.Errorf("%q: %v to %v", arg, from, to)
		}
	}
}

// TestPeriodIsNeverEmptyOrAhead holds for whatever is typed.
func TestPeriodIsNeverEmptyOrAhead(t *testing.T) {
	word := rapid.SampledFrom([]string{"1", "15", "31", "nov", "Desember", "2026", "2025", "-", " - ", "/", " ", "sampai", "s.d.", "hari", "minggu", "lalu", "ini", "tahun", "bulan", "–", "x"})
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 25, 10, 0, 0, 0, workflow.WIB()).AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "days"))
		arg := ""
		for _, w := range rapid.SliceOfN(word, 0, 7).Draw(t, "words") {
			arg += w + rapid.SampledFrom([]string{"", " "}).Draw(t, "space")
		}
		if from, to, ok := period(arg, now); ok && (!from.Before(to) || to.After(now)) {
			t.Fatalf("%q at %v: %v to %v", arg, now, from, to)
		}
	})
}
