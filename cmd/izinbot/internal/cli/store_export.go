package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"izinbot/cmd/izinbot/internal/audit"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/store"
)

type storeExportCmd struct {
	To   string `arg:"" name:"DIR" help:"Direktori baru untuk hasilnya; isinya TIDAK bersandi."`
	Data string `default:"izinbot-data" env:"IZINBOT_DATA" placeholder:"DIR" help:"Direktori data kantor."`
}

// Run exports the data and names what of them is missing.
func (c *storeExportCmd) Run(con *console) error {
	place, err := placeIn(c.Data, con.now())
	if err != nil {
		return err
	}
	if !place.Exists() {
		return fmt.Errorf("tidak ada data di %s; sebutkan direktori data kantor dengan --data", c.Data)
	}
	if data, to := absolute(c.Data), absolute(c.To); to == data || strings.HasPrefix(to, data+string(filepath.Separator)) {
		return fmt.Errorf("%s ada di dalam data kantor; hasil ekspor tidak bersandi, sebutkan direktori lain", c.To)
	}
	if _, err := os.Lstat(c.To); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fmt.Errorf("%s sudah ada; sebutkan direktori baru", c.To), err)
	}
	data, err := storage.Open(con, place)
	if err != nil {
		return stopFirst(err)
	}
	if err := storage.Idle(con, data); err != nil {
		return errors.Join(stopFirst(err), data.Close())
	}
	var report audit.Report
	lacks, err := storage.Export(con, data, c.To, func(kind store.Kind, n int) {
		_, _ = fmt.Fprintf(con.errs, "mengekspor %s: %d\n", kindName(kind), n)
	})
	if err == nil {
		report, err = readAll(con, data, nil)
	}
	if err := errors.Join(err, data.Close()); err != nil {
		return fmt.Errorf("ekspor tidak selesai; hapus %s lalu ulangi: %w", c.To, err)
	}
	con.faults(report.Faults)
	for _, name := range lacks {
		if slices.ContainsFunc(report.Faults, func(f audit.Fault) bool { return f.Key == name }) {
			continue
		}
		con.say("Berkas %s hilang atau rusak; tidak ikut diekspor.", name)
	}
	con.say("Catatan: %s. Isi berkas: %s.", filepath.Join(c.To, storage.ExportRecords), filepath.Join(c.To, storage.ExportFiles))
	con.say("Hasil ini TIDAK bersandi dan memuat data pribadi: simpan di tempat yang aman, hapus bila tidak perlu lagi.")
	if len(lacks)+len(report.Faults) > 0 {
		return errQuiet
	}
	return nil
}

// absolute gives a path from the root, with links resolved as far as the path exists.
func absolute(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return filepath.Clean(path)
	}
	if found, err := filepath.EvalSymlinks(path); err == nil {
		return found
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(absolute(parent), filepath.Base(path))
	}
	return path
}
