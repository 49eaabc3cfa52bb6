package sandbox

import (
	"bytes"
	"os"
	"testing"
	"time"

	"izinbot/workflow/inspect"
)

// decoding is a pool that decodes HEIC with the machine's own program.
func decoding(tb testing.TB) *Pool {
	tb.Helper()
	program := Converter()
	if program == "" {
		tb.Skip("heif-convert is not on this machine (Debian: libheif-examples)")
	}
	p, _ := pool(tb, "real")
	p.Decode(program, Command{Path: os.Args[0], Env: []string{childEnv + "=convert"}})
	return p
}

// sampleHEIC is a made-up picture of 1024 by 768, with the time and place of a camera.
func sampleHEIC(tb testing.TB) []byte {
	tb.Helper()
	src, err := os.ReadFile("testdata/contoh.heic")
	if err != nil {
		tb.Fatal(err)
	}
	return src
}

func TestHEICIsTakenWithItsTimeAndPlace(t *testing.T) {
	t.Parallel()
	p := decoding(t)
	report, err := p.Inspect(t.Context(), bytes.NewReader(sampleHEIC(t)))
	if err != nil {
		t.Fatal(err)
	}
	if report.Problem != inspect.Fine || report.Kind != inspect.HEIC || report.Type() != "image/heic" || !report.NeedsCopy() {
		t.Fatalf("the report is %+v", report)
	}
	if report.Width != 1024 || report.Height != 768 || report.Size != int64(len(sampleHEIC(t))) {
		t.Errorf("it has %d by %d pixels, %d bytes", report.Width, report.Height, report.Size)
	}
	if want := time.Date(2026, 11, 26, 3, 5, 0, 0, time.UTC); !report.Taken.Equal(want) || report.Coordinates == nil || report.Coordinates.Lat != 2.743056 {
		t.Errorf("it was taken %v at %v", report.Taken, report.Coordinates)
	}
	img, err := p.Copy(t.Context(), bytes.NewReader(sampleHEIC(t)))
	if err != nil || img == nil || img.Rect.Dx() != 1024 {
		t.Errorf("its copy is %v, %v", img != nil, err)
	}
}

func TestHEICThatCannotBeDecoded(t *testing.T) {
	t.Parallel()
	p := decoding(t)
	whole := sampleHEIC(t)
	for name, src := range map[string][]byte{
		"cut off": whole[:len(whole)/2], "a head alone": whole[:40],
	} {
		report, err := p.Inspect(t.Context(), bytes.NewReader(src))
		if err != nil || report.Problem == inspect.Fine {
			t.Errorf("%s: %+v, %v", name, report, err)
		}
		if img, err := p.Copy(t.Context(), bytes.NewReader(src)); err != nil || img != nil {
			t.Errorf("%s: a copy, %v", name, err)
		}
	}
}

func TestHEICWithoutADecoderIsRefused(t *testing.T) {
	t.Parallel()
	p, _ := pool(t, "real")
	report, err := p.Inspect(t.Context(), bytes.NewReader(sampleHEIC(t)))
	if err != nil || report.Kind != inspect.HEIC || report.Problem != inspect.NotAccepted {
		t.Errorf("the report is %+v, %v", report, err)
	}
}
