package demo

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

func TestScriptFaultsNameTheirLine(t *testing.T) {
	t.Parallel()
	none := func(string) (story, error) { return story{}, errors.New("no such story") }
	for source, want := range map[string]string{
		"> mulai\n\nhalo": "s:3: a line starts with one of",
		"# remark\n& isi": "s:2: no such story",
	} {
		if _, err := parseStory("s", source, none); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", source, err, want)
		}
	}
}

// TestPlayerNotices plays lines that do not come true: a test that cannot fail is
// worth nothing.
func TestPlayerNotices(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	for _, c := range []struct{ lines, want string }{
		{"[tukang]\n> halo", `nobody has the phone "tukang"`},
		{"[pemohon1]\n> mulai\n< Selamat tinggal", `was not told "Selamat tinggal"`},
		{"[pemohon1]\n> mulai\n! Selamat datang", `was told "Selamat datang"`},
		{"[pemohon1]\n> {berkas Z9}", `there is no sample "Z9"`},
		{"[pemohon1]\n> {kode}", "has no one-time codes"},
		{"[pemohon1]\n> {tombol Terbang}", `was never offered "Terbang"`},
		{"[pemohon1]\n> {entah}", "stands for nothing"},
		{"[pemohon1]\n> {tanggal Rebo}", "is no day of the week"},
		{"@ kemarin", "is no time such as"},
		{"@ +2 windu", "is no working time"},
		{"[pemohon1]\n> ajukan\n> setuju\n~ Yayasan", `"Yayasan" changed`},
		{"[pemohon1]\n> batal\n> /ajukan baru\n~ 1", `"1" changed`},
	} {
		s, err := parseStory("s", c.lines, loadStory)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.player.play(t.Context(), s); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.lines, err, c.want)
		}
	}
}

func TestTimesOfAScript(t *testing.T) {
	t.Parallel()
	cal := testCalendar(t)
	now := time.Date(2026, 11, 27, 15, 45, 0, 0, workflow.WIB()) // a Friday
	for text, want := range map[string]time.Time{
		"+1 jam":           time.Date(2026, 11, 30, 7, 45, 0, 0, workflow.WIB()),
		"Jumat 16.00":      time.Date(2026, 11, 27, 16, 0, 0, 0, workflow.WIB()),
		"Jumat 15.00":      time.Date(2026, 12, 4, 15, 0, 0, 0, workflow.WIB()),
		"besok 09.10":      time.Date(2026, 11, 30, 9, 10, 0, 0, workflow.WIB()),
		"2027-01-02 08.00": time.Date(2027, 1, 2, 8, 0, 0, 0, workflow.WIB()),
	} {
		if got, err := when(text, now, cal); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v; want %v", text, got, err, want)
		}
	}
}

// TestReportTellsAStoryThatDidNotEnd stops a case on its way.
func TestReportTellsAStoryThatDidNotEnd(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.begun()
	o.play("bagian/diajukan")
	if err := o.d.report(t.Context(), o.theCase(1), "terbit", io.Discard); err == nil || !strings.Contains(err.Error(), "stopped at step 2") {
		t.Errorf("open case: %v", err)
	}
	o.script("[pemohon1]\n> tarik\n> Tanpa alasan\n> Ya, tarik")
	if err := o.d.report(t.Context(), o.theCase(1), "terbit", io.Discard); err == nil || !strings.Contains(err.Error(), `ended as "dicabut"`) {
		t.Errorf("withdrawn case: %v", err)
	}
}
