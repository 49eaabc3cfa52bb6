package calendar_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestShowWritesAYear(t *testing.T) {
	for _, year := range []string{"2026", "2027"} {
		t.Run(year, func(t *testing.T) {
			var page bytes.Buffer
			if err := defaults(t).Show(&page, day(t, year+"-01-01").Year()); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "show-"+year+".txt")
			if *update {
				if err := os.WriteFile(golden, page.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if page.String() != string(want) {
				t.Errorf("differs from %s; after a wanted change run go test -update\n%s", golden, page.String())
			}
		})
	}
}

func TestShowSaysWhenAYearHasNoDaysOff(t *testing.T) {
	var page bytes.Buffer
	if err := defaults(t).Show(&page, 2030); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Berkas kalender belum memuat hari libur tahun 2030.",
		"Jumlah hari kerja 2030: 261", // 52 weeks and a Tuesday
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("no %q in\n%s", want, page.String())
		}
	}
	if strings.Contains(page.String(), "Jam kerja Ramadan") {
		t.Error("shows Ramadan hours in a year without a Ramadan")
	}
}

func TestShowRefusesAYearOutOfRange(t *testing.T) {
	for _, year := range []int{-1, 0, 1999, 2200} {
		err := defaults(t).Show(&bytes.Buffer{}, year)
		if workflow.CodeOf(err) != workflow.CodeInvalid {
			t.Errorf("year %d: %v, want %s", year, err, workflow.CodeInvalid)
		}
	}
}

// broken refuses every write.
type broken struct{}

var errBroken = errors.New("pipe closed")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestShowReportsAWriteError(t *testing.T) {
	if err := defaults(t).Show(broken{}, 2027); !errors.Is(err, errBroken) {
		t.Errorf("err = %v, want %v", err, errBroken)
	}
}
