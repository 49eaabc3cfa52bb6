package workflow_test

import (
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// TestRemedies counts working days after the day on which the letter was received, days off of
// the office left out: 24, 25 and 31 December 2026 and 1 January 2027 in this calendar.
func TestRemedies(t *testing.T) {
	cal, err := calendar.Parse([]byte(`
jam kerja:
  senin-kamis: 08.00-16.00
  jumat: 08.00-15.00
libur nasional:
  2026-12-24..2026-12-25: CONTOH
  2026-12-31: CONTOH
  2027-01-01: CONTOH
`))
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) workflow.Mark {
		when, err := time.ParseInLocation("2006-01-02 15.04", s, workflow.WIB())
		if err != nil {
			t.Fatal(err)
		}
		return workflow.Mark{At: when}
	}
	sent := func(m workflow.Means, s string) *workflow.Dispatch {
		return &workflow.Dispatch{Means: m, Mark: at(s)}
	}
	for name, c := range map[string]struct {
		letter            workflow.Letter
		objection, appeal string
	}{
		"not sent":             {workflow.Letter{}, "", ""},
		"waits at the counter": {workflow.Letter{Sent: sent(workflow.MeansCounter, "2026-12-01 10.00")}, "", ""},
		"sent in the chat":     {workflow.Letter{Sent: sent(workflow.MeansChat, "2026-12-01 10.00")}, "2027-01-05", "2027-02-02"},
		"after hours":          {workflow.Letter{Sent: sent(workflow.MeansChat, "2026-12-01 21.00")}, "2027-01-05", "2027-02-02"},
		"on a Saturday":        {workflow.Letter{Sent: sent(workflow.MeansChat, "2026-12-05 09.00")}, "2027-01-08", "2027-02-05"},
		"on the Friday before": {workflow.Letter{Sent: sent(workflow.MeansChat, "2026-12-04 09.00")}, "2027-01-08", "2027-02-05"},
		"collected": {workflow.Letter{
			Sent: sent(workflow.MeansCounter, "2026-12-01 10.00"), Received: &workflow.Receipt{Mark: at("2026-12-02 11.00")},
		}, "2027-01-06", "2027-02-03"},
		"sent, then confirmed": {workflow.Letter{
			Sent: sent(workflow.MeansChat, "2026-12-01 10.00"), Received: &workflow.Receipt{Mark: at("2026-12-20 11.00")},
		}, "2027-01-05", "2027-02-02"},
	} {
		got := c.letter.Remedies(cal)
		for what, pair := range map[string][2]string{"objection": {day(got.Objection), c.objection}, "appeal": {day(got.Appeal), c.appeal}} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %s until %q, want %q", name, what, pair[0], pair[1])
			}
		}
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(workflow.WIB()).Format(time.DateOnly)
}
