package cli

import (
	"context"
	"fmt"

	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/config"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
)

// sameNumbers tells which letters of the office and the procedure in the settings could get
// the same number. What is wrong with either file by itself is told elsewhere.
func sameNumbers(set *config.Set) error {
	office, err := chosen(set.Get(keyOffice), letters.ParseOffice, letters.DefaultOffice)
	if err != nil {
		return nil //nolint:nilerr // told by the key's own check
	}
	def, err := chosen(set.Get(keySOP), sop.Parse, func() (*workflow.SOP, error) {
		def, _, err := sop.Default()
		return def, err
	})
	if err != nil {
		return nil //nolint:nilerr // told by the key's own check
	}
	if err := office.CheckNumbers(def); err != nil {
		return fmt.Errorf("%s: %w", keyOffice, err)
	}
	return nil
}

// chosen parses a file, or takes what is embedded if none is named.
func chosen[T any](path string, parse func([]byte) (T, error), embedded func() (T, error)) (T, error) {
	if path == "" {
		return embedded()
	}
	source, err := readFile(path)
	if err != nil {
		var none T
		return none, err
	}
	return parse(source)
}

// doubles tells of numbers that more than one letter bears, from before that was refused. A
// MongoDB is not asked: to open it may change it while other processes use it.
func doubles(ctx context.Context, set *config.Set) (out []string) {
	place := storage.Config{Dir: set.Get(keyData)}
	if set.Get(keyMongo) != "" || !place.Exists() {
		return nil
	}
	list, err := backup.Doubles(ctx, place.Dir)
	if err != nil {
		return []string{fmt.Sprintf("nomor surat di %s tidak dapat diperiksa: %v", place.Dir, err)}
	}
	for _, d := range list {
		out = append(out, d.String()+"; surat yang sudah keluar tidak diubah")
	}
	return out
}
