package calendar_test

import (
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func TestDueOfMinutesAndHours(t *testing.T) {
	for _, tt := range []struct{ name, start, budget, want string }{
		{"over a weekend", "2026-11-27 15.45", "1 Jam", "2026-11-30 07.45"},
		{"used up at the lunch break", "2026-11-23 11.00", "1 Jam", "2026-11-23 12.00"},
		{"used up at the close", "2026-11-23 15.45", "15 Menit", "2026-11-23 16.00"},
		{"over lunch", "2026-11-23 10.12", "2 Jam", "2026-11-23 13.12"},
		{"over the longer Friday lunch", "2026-11-27 11.30", "1 Jam", "2026-11-27 14.00"},
		{"on Friday until 16.30", "2026-11-27 13.30", "3 Jam", "2026-11-27 16.30"},
		{"from before the opening", "2026-11-23 05.00", "15 Menit", "2026-11-23 07.45"},
		{"from lunch", "2026-11-23 12.30", "30 Menit", "2026-11-23 13.30"},
		{"from the very close", "2026-11-23 16.00", "30 Menit", "2026-11-24 08.00"},
		{"from a Saturday", "2026-11-28 10.00", "30 Menit", "2026-11-30 08.00"},
		{"over a cuti bersama and Christmas", "2026-12-23 15.30", "1 Jam", "2026-12-28 08.00"},
		{"into Ramadan", "2027-02-04 15.30", "1 Jam", "2027-02-08 08.30"},
		{"Ramadan lunch", "2027-02-09 11.30", "1 Jam", "2027-02-09 13.00"},
		{"Ramadan Friday lunch", "2027-02-12 11.30", "1 Jam", "2027-02-12 13.30"},
		{"Ramadan Friday close", "2027-02-12 15.00", "1 Jam", "2027-02-15 08.30"},
		{"out of Ramadan over Idulfitri", "2027-03-05 15.00", "1 Jam", "2027-03-16 08.00"},
		{"a whole week", "2026-11-23 07.30", "2250 Menit", "2026-11-27 16.30"},
	} {
		t.Run(tt.name, func(t *testing.T) { wantDue(t, tt.start, tt.budget, tt.want) })
	}
}

func TestDueOfDays(t *testing.T) {
	for _, tt := range []struct{ name, start, budget, want string }{
		{"the charter", "2026-11-23 10.00", "10 hari", "2026-12-07 16.00"},
		{"the charter over Christmas", "2026-12-14 10.00", "10 hari kerja", "2026-12-30 16.00"},
		{"from before the opening", "2026-11-23 05.00", "1 Hari", "2026-11-24 16.00"},
		{"from lunch", "2026-11-23 12.30", "1 Hari", "2026-11-24 16.00"},
		{"just before the close", "2026-11-23 15.59", "1 Hari", "2026-11-24 16.00"},
		{"from the very close", "2026-11-23 16.00", "1 Hari", "2026-11-25 16.00"},
		{"from a Saturday", "2026-11-28 10.00", "1 Hari", "2026-12-01 16.00"},
		{"to a Friday", "2026-11-26 10.00", "1 Hari", "2026-11-27 16.30"},
		{"from a holiday", "2026-12-25 10.00", "2 Hari", "2026-12-30 16.00"},
		{"in Ramadan", "2027-02-09 10.00", "1 Hari", "2027-02-10 15.00"},
		{"to a Friday in Ramadan", "2027-02-11 10.00", "1 Hari", "2027-02-12 15.30"},
		{"out of Ramadan", "2027-03-04 10.00", "2 Hari", "2027-03-16 16.00"},
	} {
		t.Run(tt.name, func(t *testing.T) { wantDue(t, tt.start, tt.budget, tt.want) })
	}
}

func TestDueWithPauses(t *testing.T) {
	for _, tt := range []struct {
		name, start, budget, want string
		pauses                    []workflow.Span
	}{
		{
			"minutes stop", "2026-11-23 08.00", "2 Jam", "2026-11-23 11.00",
			[]workflow.Span{pause(t, "2026-11-23 09.00", "2026-11-23 10.00")},
		},
		{
			"used up as the pause begins", "2026-11-23 08.00", "1 Jam", "2026-11-23 09.00",
			[]workflow.Span{pause(t, "2026-11-23 09.00", "2026-11-24 09.00")},
		},
		{
			"only its working time counts", "2026-11-23 15.00", "2 Jam", "2026-11-24 09.30",
			[]workflow.Span{pause(t, "2026-11-23 15.30", "2026-11-24 08.00")},
		},
		{
			"a pause over the start delays minutes", "2026-11-23 10.00", "1 Jam", "2026-11-24 09.00",
			[]workflow.Span{pause(t, "2026-11-23 09.00", "2026-11-24 08.00")},
		},
		{
			"unsorted, overlapping, empty, outside", "2026-11-23 08.00", "3 Jam", "2026-11-23 15.00",
			[]workflow.Span{
				pause(t, "2026-11-23 10.30", "2026-11-23 12.00"),
				pause(t, "2026-11-25 08.00", "2026-11-26 08.00"),
				pause(t, "2026-11-23 09.00", "2026-11-23 11.00"),
				pause(t, "2026-11-23 13.30", "2026-11-23 13.30"),
				pause(t, "2026-11-23 14.00", "2026-11-23 13.00"),
				pause(t, "2026-11-20 08.00", "2026-11-20 16.00"),
			},
		},
		{
			"a day paused at its close does not count", "2026-11-23 10.00", "1 Hari", "2026-11-25 16.00",
			[]workflow.Span{pause(t, "2026-11-24 15.00", "2026-11-25 08.00")},
		},
		{
			"a day paused before its close counts", "2026-11-23 10.00", "1 Hari", "2026-11-24 16.00",
			[]workflow.Span{pause(t, "2026-11-24 07.30", "2026-11-24 15.59")},
		},
		{
			"a pause ending at the close lets the day count", "2026-11-23 10.00", "1 Hari", "2026-11-24 16.00",
			[]workflow.Span{pause(t, "2026-11-24 08.00", "2026-11-24 16.00")},
		},
		{
			"a pause starting at the close does not", "2026-11-23 10.00", "1 Hari", "2026-11-25 16.00",
			[]workflow.Span{pause(t, "2026-11-24 16.00", "2026-11-24 16.01")},
		},
		{
			"a pause over the start leaves day 0", "2026-11-23 10.00", "1 Hari", "2026-11-25 16.00",
			[]workflow.Span{pause(t, "2026-11-23 09.00", "2026-11-25 10.00")},
		},
		{
			"a pause on day 0 costs nothing", "2026-11-23 10.00", "1 Hari", "2026-11-24 16.00",
			[]workflow.Span{pause(t, "2026-11-23 10.00", "2026-11-24 09.00")},
		},
	} {
		t.Run(tt.name, func(t *testing.T) { wantDue(t, tt.start, tt.budget, tt.want, tt.pauses...) })
	}
}

func wantDue(t *testing.T, start, amount, want string, pauses ...workflow.Span) {
	t.Helper()
	got := defaults(t).Due(at(t, start), budget(t, amount), pauses)
	if !got.Equal(at(t, want)) {
		t.Errorf("Due(%s, %s) = %v, want %s", start, amount, got, want)
	}
}

func TestDueIsGivenInWIB(t *testing.T) {
	start := at(t, "2026-11-23 11.00").In(time.FixedZone("", -5*60*60))
	due := defaults(t).Due(start, budget(t, "1 Jam"), nil)
	if got := due.Format("2006-01-02T15:04:05Z07:00 MST"); got != "2026-11-23T12:00:00+07:00 WIB" {
		t.Errorf("due = %s", got)
	}
}

func TestDueKeepsFractionsOfSeconds(t *testing.T) {
	start := at(t, "2026-11-23 11.00").Add(time.Nanosecond)
	due := defaults(t).Due(start, budget(t, "1 Jam"), nil)
	if want := at(t, "2026-11-23 13.00").Add(time.Nanosecond); !due.Equal(want) {
		t.Errorf("due = %v, want %v", due, want)
	}
}

func TestDueIsZeroWhereNoneExists(t *testing.T) {
	start := at(t, "2026-11-23 11.00")
	hour, endless := budget(t, "1 Jam"), []workflow.Span{{From: at(t, "2026-11-23 11.30")}}
	for _, tt := range []struct {
		name   string
		cal    *calendar.Calendar
		start  time.Time
		budget workflow.Budget
		pauses []workflow.Span
	}{
		{"no budget", defaults(t), start, workflow.Budget{}, nil},
		{"no unit", defaults(t), start, workflow.Budget{N: 1}, nil},
		{"no amount of hours", defaults(t), start, workflow.Budget{Unit: workflow.Hour}, nil},
		{"no amount of days", defaults(t), start, workflow.Budget{N: -1, Unit: workflow.Day}, nil},
		{"more hours than a duration holds", defaults(t), start, workflow.Budget{N: 1 << 40, Unit: workflow.Hour}, nil},
		{"more days than there are", defaults(t), start, workflow.Budget{N: 1 << 40, Unit: workflow.Day}, nil},
		{"hours in an endless pause", defaults(t), start, hour, endless},
		{"days in an endless pause", defaults(t), start, budget(t, "1 Hari"), endless},
		{"the end of time", defaults(t), time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC), hour, nil},
		{"never open, hours", new(calendar.Calendar), start, hour, nil},
		{"never open, days", new(calendar.Calendar), start, budget(t, "1 Hari"), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if due := tt.cal.Due(tt.start, tt.budget, tt.pauses); !due.IsZero() {
				t.Errorf("due = %v, want none", due)
			}
		})
	}
}

func TestDueBeforeAnEndlessPause(t *testing.T) {
	endless := workflow.Span{From: at(t, "2026-11-24 16.01")}
	wantDue(t, "2026-11-23 10.00", "1 Hari", "2026-11-24 16.00", endless)
	wantDue(t, "2026-11-23 10.00", "1 Jam", "2026-11-23 11.00", endless)
}

func BenchmarkDue(b *testing.B) {
	c := defaults(b)
	start := at(b, "2026-12-14 10.00")
	pauses := []workflow.Span{
		pause(b, "2026-12-15 09.00", "2026-12-16 11.00"),
		pause(b, "2026-12-18 09.00", "2026-12-21 11.00"),
	}
	for _, amount := range []string{"30 Menit", "2 Jam", "10 Hari"} {
		b.Run(amount, func(b *testing.B) {
			budget := budget(b, amount)
			b.ReportAllocs()
			for b.Loop() {
				c.Due(start, budget, nil)
			}
		})
	}
	b.Run("10 Hari with pauses", func(b *testing.B) {
		budget := budget(b, "10 Hari")
		b.ReportAllocs()
		for b.Loop() {
			c.Due(start, budget, pauses)
		}
	})
}
