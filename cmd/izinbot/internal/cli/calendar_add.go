package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"izinbot/cmd/izinbot/internal/app"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

type calendarAddCmd struct {
	Data     string `default:"izinbot-data" env:"IZINBOT_DATA" placeholder:"DIR" help:"Tempat semua data; kalendernya kalender.yaml di situ."`
	Holidays string `type:"existingfile" env:"IZINBOT_HOLIDAYS" placeholder:"FILE" help:"Kalender yang diubah, bila kantor memakai berkas sendiri."`
	Date     string `required:"" help:"Harinya, misalnya 2026-12-28 atau 28/12/2026."`
	Name     string `required:"" help:"Sebab libur, seperti tampil di daftar."`
	Kind     string `default:"daerah" enum:"daerah,libur nasional,cuti bersama" help:"Jenisnya: daerah, \"libur nasional\", atau \"cuti bersama\"."`
}

// Run writes the file whole or not at all. A running program looks at it every
// minute.
func (c *calendarAddCmd) Run(con *console) error {
	date, err := calendar.ParseDate(c.Date)
	if err != nil {
		return fmt.Errorf("--date: %q bukan tanggal seperti 2026-12-28", c.Date)
	}
	path := c.Holidays
	if path == "" {
		path = filepath.Join(c.Data, app.CalendarFile)
	}
	src, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if errors.Is(err, fs.ErrNotExist) {
		src, err = calendar.DefaultFile(), os.MkdirAll(c.Data, 0o700)
	}
	if err != nil {
		return err
	}
	changed, err := calendar.AddDay(src, calendar.Kind(c.Kind), date, c.Name)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".baru", changed, 0o600); err != nil { //nolint:gosec // the operator names the file
		return err
	}
	if err := os.Rename(path+".baru", path); err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%s, %s: ditambahkan ke %s.\nizinbot yang sedang berjalan menghitung ulang tenggat yang terbuka dalam satu menit;\nyang berhenti, saat dijalankan lagi.\n",
		calendar.Date(date, workflow.Indonesian), c.Name, path)
	return err
}
