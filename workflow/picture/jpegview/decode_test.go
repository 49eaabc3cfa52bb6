package jpegview

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
)

// The pictures of testdata were made by libjpeg's cjpeg and by ImageMagick, of one
// drawing of 96×64 pixels.

func read(tb testing.TB, name string) []byte {
	tb.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

// difference gives the mean difference of two pictures' colours, from 0 to 255.
func difference(a, b image.Image) float64 {
	sum, n := 0, 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r, g, bl, _ := a.At(x, y).RGBA()
			r2, g2, bl2, _ := b.At(x, y).RGBA()
			for _, pair := range [][2]uint32{{r, r2}, {g, g2}, {bl, bl2}} {
				sum += max(int(pair[0]), int(pair[1])) - min(int(pair[0]), int(pair[1]))
				n += 0x101
			}
		}
	}
	return float64(sum) / float64(n)
}

func TestShowsWhatLibjpegShows(t *testing.T) {
	plain := read(t, "plain.jpg")
	want, err := jpeg.Decode(bytes.NewReader(plain))
	if err != nil {
		t.Fatal(err)
	}
	table := bytes.Index(plain, []byte("\xff\xdb"))
	progressive := read(t, "progressive.jpg")
	tests := map[string]struct {
		content    []byte
		difference float64
	}{
		"plain":                       {plain, 1},
		"odd sampling":                {read(t, "odd-sampling.jpg"), 4},
		"sampling 3x2":                {read(t, "sampling-3x2.jpg"), 4},
		"colours finer than light":    {read(t, "colour-finer.jpg"), 4},
		"progressive":                 {progressive, 1},
		"restart marks":               {read(t, "restart.jpg"), 1},
		"RGB":                         {read(t, "rgb.jpg"), 4},
		"CMYK":                        {read(t, "cmyk.jpg"), 10},
		"CMYK, sampling 2x1":          {read(t, "cmyk-2x1.jpg"), 10},
		"no end mark":                 {plain[:len(plain)-2], 1},
		"stray bytes before a table":  {bytes.Join([][]byte{plain[:table], plain[table:]}, []byte("CONTOH")), 1},
		"a stray byte behind a scan":  {bytes.Join([][]byte{plain[:len(plain)-2], plain[len(plain)-2:]}, []byte("\x00")), 1},
		"progressive, cut in details": {progressive[:len(progressive)*3/4], 12},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Decode(tt.content, 96)
			if err != nil {
				t.Fatal(err)
			}
			if got.Image.Rect.Size() != want.Bounds().Size() || got.Share < 1 {
				t.Fatalf("%v, share %v", got.Image.Rect, got.Share)
			}
			if d := difference(got.Image, want); d > tt.difference {
				t.Errorf("differs by %.2f, at most %v are wanted", d, tt.difference)
			}
		})
	}
}

func TestSmaller(t *testing.T) {
	for _, name := range []string{"plain.jpg", "progressive.jpg", "odd-sampling.jpg", "grey.jpg"} {
		whole, err := Decode(read(t, name), 96)
		if err != nil {
			t.Fatal(err)
		}
		for atLeast, divisor := range map[int]int{48: 2, 24: 4, 12: 8, 1: 8} {
			small, err := Decode(read(t, name), atLeast)
			if err != nil || small.Image.Rect.Dx() != 96/divisor || small.Image.Rect.Dy() != 64/divisor {
				t.Fatalf("%s, %d: %v, %v", name, atLeast, small.Image.Rect, err)
			}
			x, y := 20/divisor, 20/divisor // white in the drawing
			r, g, b, _ := small.Image.At(x, y).RGBA()
			if name != "grey.jpg" && min(r, g, b) < 0xe000 {
				t.Errorf("%s, %d: the white square is %x %x %x", name, atLeast, r, g, b)
			}
			if d := difference(small.Image, every(whole.Image, divisor)); d > 25 {
				t.Errorf("%s, %d: differs by %.1f", name, atLeast, d)
			}
		}
	}
}

// every gives each nth pixel, from the middle of its square.
func every(img *image.RGBA, n int) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx()/n, img.Rect.Dy()/n))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Set(x, y, img.At(x*n+n/2, y*n+n/2))
		}
	}
	return out
}

func TestDamage(t *testing.T) {
	plain, restart := read(t, "plain.jpg"), read(t, "restart.jpg")
	data := bytes.Index(plain, []byte("\xff\xda")) + 14
	if share, err := Share(plain[:data+(len(plain)-data)/2]); err != nil || share < 0.2 || share > 0.8 {
		t.Errorf("half of it: %v, %v", share, err)
	}
	broken := bytes.Clone(restart)
	mark := bytes.Index(broken, []byte("\xff\xd3"))
	copy(broken[mark+4:], "\xff\x00\xff\x00\xff\x00\xff\x00")
	if share, err := Share(broken); err != nil || share < 0.8 || share == 1 {
		t.Errorf("a fault between restart marks: %v, %v", share, err)
	}
	for name, content := range map[string][]byte{"empty": nil, "head": plain[:data], "no picture": []byte("\xff\xd8CONTOH")} {
		if share, err := Share(content); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v, %v", name, share, err)
		}
	}
	if _, err := Share(read(t, "arithmetic.jpg")); !errors.Is(err, ErrUnsupported) {
		t.Errorf("arithmetic codes: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"plain.jpg", "progressive.jpg", "restart.jpg", "odd-sampling.jpg", "cmyk-2x1.jpg", "arithmetic.jpg"} {
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		w, h, err := Size(content)
		if err != nil || w > 1<<20/h {
			return
		}
		for _, atLeast := range []int{1, 1 << 20} {
			p, err := Decode(content, atLeast)
			if err == nil && (p.Share <= 0 || p.Share > 1 || p.Image.Rect.Empty()) {
				t.Errorf("%v, share %v", p.Image.Rect, p.Share)
			}
		}
	})
}
