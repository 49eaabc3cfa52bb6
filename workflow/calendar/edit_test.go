package calendar_test

import (
	"strings"
	"testing"

	"izinbot/workflow/calendar"
)

func TestAddDay(t *testing.T) {
	src := calendar.DefaultFile()
	for _, kind := range []calendar.Kind{calendar.Regional, calendar.Collective, calendar.National} {
		got, err := calendar.AddDay(src, kind, day(t, "2026-12-28"), ` Libur "CONTOH": #1 `)
		if err != nil {
			t.Fatal(err)
		}
		cal, err := calendar.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		h, ok := cal.Holiday(at(t, "2026-12-28 10.00"))
		if !ok || h.Name != `Libur "CONTOH": #1` || h.Kind != kind {
			t.Errorf("%s: %+v", kind, h)
		}
		if len(got) < len(src) || !strings.Contains(string(got), "# Perpres 21/2023") {
			t.Errorf("%s: the rest of the file has changed", kind)
		}
		changes := calendar.Changes(defaults(t), cal)
		if len(changes) != 1 || changes[0] != `libur baru 28 Desember 2026 Libur "CONTOH": #1 (`+string(kind)+`)` {
			t.Errorf("%s: changes %q", kind, changes)
		}
		if back := calendar.Changes(cal, defaults(t)); len(back) != 1 || !strings.HasPrefix(back[0], "tidak libur lagi 28 Desember 2026") {
			t.Errorf("%s: changes back %q", kind, back)
		}
	}
	if _, err := calendar.AddDay(src, calendar.Regional, day(t, "2026-12-25"), "Dua kali CONTOH"); err == nil {
		t.Error("a date was added twice")
	}
	if _, err := calendar.AddDay(src, calendar.Regional, day(t, "2026-12-28"), " "); err == nil {
		t.Error("a day without a name was added")
	}
	short := []byte("jam kerja:\n  senin: 08.00-12.00")
	if got, err := calendar.AddDay(short, calendar.Regional, day(t, "2026-12-28"), "CONTOH"); err != nil || !strings.HasSuffix(string(got), "daerah:\n  2026-12-28: \"CONTOH\"\n") {
		t.Errorf("a file without the section: %v\n%s", err, got)
	}
	if len(calendar.Changes(defaults(t), defaults(t))) != 0 {
		t.Error("a calendar differs from itself")
	}
}
