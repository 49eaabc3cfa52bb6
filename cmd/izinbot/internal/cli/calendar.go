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
	Due  calendarDueCmd  `cmd:"" help:"Menghitung kapan suatu waktu kerja habis, dalam RFC 3339."`
	Show calendarShowCmd `cmd:"" help:"Menampilkan satu tahun: hari libur, jam Ramadan, hari kerja."`
	Add  calendarAddCmd  `cmd:"" help:"Menambah hari libur ke kalender kantor; tenggat yang terbuka ikut dalam satu menit."`
}

type calendarFile struct {
	Holidays string `type:"existingfile" placeholder:"FILE" help:"Kalender pengganti yang bawaan."`
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
	Start string   `required:"" placeholder:"RFC3339" help:"Kapan mulai, misalnya 2026-11-27T15:45:00+07:00."`
	For   string   `required:"" placeholder:"BUDGET" help:"Berapa lama: \"2 jam\", \"30 menit\", \"3 hari\"."`
	Pause []string `sep:"none" placeholder:"A/B" help:"Selang [A, B) saat waktu berhenti, keduanya RFC 3339; boleh diulang."`
}

func (c *calendarDueCmd) Run(con *console) error {
	cal, err := c.load()
	if err != nil {
		return err
	}
	start, err := time.Parse(time.RFC3339, c.Start)
	if err != nil {
		return fmt.Errorf("--start: %q bukan waktu RFC 3339 seperti 2026-11-27T15:45:00+07:00", c.Start)
	}
	budget, err := workflow.ParseBudget(c.For)
	if err != nil {
		return fmt.Errorf("--for: %q bukan waktu kerja seperti \"2 jam\", \"30 menit\", atau \"3 hari\"", c.For)
	}
	pauses, err := c.pauses()
	if err != nil {
		return err
	}
	due := cal.Due(start, budget, pauses)
	if due.IsZero() {
		return errors.New("waktu itu tidak pernah habis: menurut kalender kantor tidak buka selama itu")
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
			return nil, fmt.Errorf("--pause: %q bukan dua waktu RFC 3339 dengan / di antaranya", p)
		}
		if b.Before(a) {
			return nil, fmt.Errorf("--pause: %q berakhir sebelum mulai", p)
		}
		out = append(out, workflow.Span{From: a, To: b})
	}
	return out, nil
}

type calendarShowCmd struct {
	calendarFile
	Year int `arg:"" help:"Tahun, misalnya 2027."`
}

func (c *calendarShowCmd) Run(con *console) error {
	cal, err := c.load()
	if err != nil {
		return err
	}
	return cal.Show(con.out, c.Year)
}
