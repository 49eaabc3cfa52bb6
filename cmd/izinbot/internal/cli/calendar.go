package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

type calendarCmd struct {
	Due  calendarDueCmd  `cmd:"" help:"Print when a working-time budget is used up, in RFC 3339."`
	Show calendarShowCmd `cmd:"" help:"Show a year: days off, Ramadan hours, working days."`
	Add  calendarAddCmd  `cmd:"" help:"Add a day off to the office's calendar; open deadlines follow within a minute."`
}

type calendarFile struct {
	Holidays string `type:"existingfile" placeholder:"FILE" help:"Calendar instead of the embedded one."`
}

func (f calendarFile) load() (*calendar.Calendar, error) {
	source, err := readFile(f.Holidays)
	if err != nil {
		return nil, err
	}
	if source == nil {
		return calendar.Default()
	}
	return calendar.Parse(source)
}

type calendarDueCmd struct {
	calendarFile
	Start string   `required:"" placeholder:"RFC3339" help:"When it starts, such as 2026-11-27T15:45:00+07:00."`
	For   string   `required:"" placeholder:"BUDGET" help:"How long: \"2 jam\", \"30 menit\", \"3 hari\"."`
	Pause []string `sep:"none" placeholder:"A/B" help:"A stretch [A, B) in which it stands still, both RFC 3339; may be repeated."`
}

func (c *calendarDueCmd) Run(con *console) error {
	cal, err := c.load()
	if err != nil {
		return err
	}
	start, err := time.Parse(time.RFC3339, c.Start)
	if err != nil {
		return fmt.Errorf("--start: %q is not RFC 3339, such as 2026-11-27T15:45:00+07:00", c.Start)
	}
	budget, err := workflow.ParseBudget(c.For)
	if err != nil {
		return fmt.Errorf("--for: %q is not a working time, such as \"2 jam\", \"30 menit\" or \"3 hari\"", c.For)
	}
	pauses, err := c.pauses()
	if err != nil {
		return err
	}
	due := cal.Due(start, budget, pauses)
	if due.IsZero() {
		return errors.New("it is never used up: the calendar does not open that long")
	}
	_, err = fmt.Fprintln(con.out, due.Format(time.RFC3339))
	return err
}

func (c *calendarDueCmd) pauses() ([]workflow.Span, error) {
	var out []workflow.Span
	for _, p := range c.Pause {
		from, to, _ := strings.Cut(p, "/")
		a, errA := time.Parse(time.RFC3339, from)
		b, errB := time.Parse(time.RFC3339, to)
		if errA != nil || errB != nil {
			return nil, fmt.Errorf("--pause: %q is not two RFC 3339 instants with / between", p)
		}
		if b.Before(a) {
			return nil, fmt.Errorf("--pause: %q ends before it starts", p)
		}
		out = append(out, workflow.Span{From: a, To: b})
	}
	return out, nil
}

type calendarShowCmd struct {
	calendarFile
	Year int `arg:"" help:"Year, such as 2027."`
}

func (c *calendarShowCmd) Run(con *console) error {
	cal, err := c.load()
	if err != nil {
		return err
	}
	return cal.Show(con.out, c.Year)
}
