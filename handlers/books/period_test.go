package books

import (
	"testing"
	"time"

	"izinbot/workflow"
)

func TestPeriodOfABook(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, workflow.WIB())
	for typed, want := range map[string]string{
		"2026-11": "November 2026", "November 2026": "November 2026", "november": "November 2026", "desember": "Desember 2025",
		"bulan oktober": "Oktober 2026", "2026": "tahun 2026", "tahun 2025": "tahun 2025", "bulan ini": "November 2026",
		"bulan lalu": "Oktober 2026", "tahun ini": "tahun 2026", "Tahun  Lalu": "tahun 2025",
	} {
		if p, ok := periodOf(typed, now); !ok || p.String() != want {
			t.Errorf("%q: %s %v, want %s", typed, p, ok, want)
		}
	}
	for _, typed := range []string{"", "besok", "2027", "2026-12", "Desember 2026", "1999", "13"} {
		if p, ok := periodOf(typed, now); ok {
			t.Errorf("%q is taken for %s", typed, p)
		}
	}
	january := recent(time.Date(2027, 1, 1, 0, 30, 0, 0, workflow.WIB()))
	if january[0].code != "2027-01" || january[1].code != "2026-12" || len(january) != months+2 {
		t.Errorf("%+v", january)
	}
}
