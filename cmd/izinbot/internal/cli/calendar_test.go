package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

func TestCalendarDue(t *testing.T) {
	for _, c := range []struct{ why, start, budget, pause, due string }{
		// The examples of the working-time rules.
		{why: "Friday into Monday", start: "2026-11-27T15:45:00+07:00", budget: "1 jam", due: "2026-11-30T07:45:00+07:00"},
		{why: "the charter", start: "2026-11-23T10:00:00+07:00", budget: "10 hari", due: "2026-12-07T16:00:00+07:00"},
		{why: "the charter over Christmas", start: "2026-12-14T10:00:00+07:00", budget: "10 Hari Kerja", due: "2026-12-30T16:00:00+07:00"},
		{why: "the earliest instant", start: "2026-11-23T11:00:00+07:00", budget: "1 Jam", due: "2026-11-23T12:00:00+07:00"},
		// Others.
		{why: "over lunch", start: "2026-11-23T11:50:00+07:00", budget: "30 menit", due: "2026-11-23T13:20:00+07:00"},
		{why: "before opening", start: "2026-11-23T05:00:00+07:00", budget: "15 menit", due: "2026-11-23T07:45:00+07:00"},
		{why: "another zone", start: "2026-11-23T01:00:00Z", budget: "15 menit", due: "2026-11-23T08:15:00+07:00"},
		{why: "a Saturday is day 0 on Monday", start: "2026-11-28T10:00:00+07:00", budget: "1 hari", due: "2026-12-01T16:00:00+07:00"},
		{why: "Ramadan closes at three", start: "2027-02-15T10:00:00+07:00", budget: "1 hari", due: "2027-02-16T15:00:00+07:00"},
		{why: "minutes stop while paused", start: "2026-11-23T08:00:00+07:00", budget: "2 jam", pause: "2026-11-23T09:00:00+07:00/2026-11-24T09:00:00+07:00", due: "2026-11-24T10:00:00+07:00"},
		{why: "a day counts if it closes unpaused", start: "2026-11-23T08:00:00+07:00", budget: "1 hari", pause: "2026-11-24T15:00:00+07:00/2026-11-25T09:00:00+07:00", due: "2026-11-25T16:00:00+07:00"},
	} {
		args := []string{"calendar", "due", "--start", c.start, "--for", c.budget}
		if c.pause != "" {
			args = append(args, "--pause", c.pause)
		}
		if r := izinbot(t, args...).ends(0); r.out != c.due+"\n" {
			t.Errorf("%s: due %swant %s", c.why, r.out, c.due)
		}
	}
	izinbot(t, "calendar", "due", "--start", "2026-11-23T08:00:00+07:00", "--for", "2 jam",
		"--pause", "2026-11-23T08:30:00+07:00/2026-11-23T09:00:00+07:00", "--pause", "2026-11-23T09:30:00+07:00/2026-11-23T10:00:00+07:00").
		ends(0).prints("2026-11-23T11:00:00+07:00")
}

func TestCalendarDueSaysWhatIsWrong(t *testing.T) {
	const start = "2026-11-27T15:45:00+07:00"
	for _, c := range []struct{ start, budget, pause, want string }{
		{"27/11/2026", "1 jam", "", "--start: \"27/11/2026\" bukan waktu RFC 3339 seperti"},
		{start, "1jam", "", `--for: "1jam" bukan waktu kerja seperti "2 jam"`},
		{start, "0 hari", "", "--for"},
		{start, "1 jam", start, "--pause"},
		{start, "1 jam", "2026-11-28T00:00:00Z/2026-11-27T00:00:00Z", "berakhir sebelum mulai"},
	} {
		args := []string{"calendar", "due", "--start", c.start, "--for", c.budget}
		if c.pause != "" {
			args = append(args, "--pause", c.pause)
		}
		izinbot(t, args...).ends(1).complains(c.want)
	}
	broken := filepath.Join(t.TempDir(), "calendar.yaml")
	if err := os.WriteFile(broken, []byte("zona: Mars/Base\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "calendar", "show", "2027", "--holidays", broken).ends(1).complains("izinbot: ")
}

func TestCalendarShow(t *testing.T) {
	r := izinbot(t, "calendar", "show", "2027").ends(0).prints("2027", "Nyepi", "Kemerdekaan", "Ramadan", "Natal")
	if !regexp.MustCompile(`(?i)cuti bersama`).MatchString(r.out) {
		t.Errorf("no day off by decree in\n%s", r.out)
	}
}
