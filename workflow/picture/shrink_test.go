package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"izinbot/workflow/inspect/inspecttest"
)

func photo(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range h / 4 { // black upper left quarter
		for x := range w / 4 {
			img.Set(x, y, color.Black)
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// turned puts Exif data with an orientation into a JPEG.
func turned(src []byte, orientation byte) []byte {
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00"
	segment := append([]byte{0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...)
	return append(append([]byte{0xFF, 0xD8}, segment...), src[2:]...)
}

func TestPhotosAreSmallAndUpright(t *testing.T) {
	src := photo(t, 800, 600)
	for orientation, corner := range map[byte]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}} {
		img := Shrink(turned(src, orientation), 640)
		w, h := img.Rect.Dx(), img.Rect.Dy()
		wantW, wantH := 640, 480
		if orientation >= 5 {
			wantW, wantH = wantH, wantW
		}
		if w != wantW || h != wantH {
			t.Errorf("orientation %d: %d×%d", orientation, w, h)
		}
		if r, _, _, _ := img.At(20+corner.X*(w-40), 20+corner.Y*(h-40)).RGBA(); r > 0x2000 {
			t.Errorf("orientation %d: the dark corner is not at %v", orientation, corner)
		}
	}
}

func TestShrinkRefusesWhatIsNoPicture(t *testing.T) {
	huge := photo(t, 8, 8)
	for i := 0; i+9 < len(huge); i++ { // claim 65535×65535 in the frame header
		if huge[i] == 0xFF && huge[i+1] == 0xC0 {
			copy(huge[i+5:], "\xff\xff\xff\xff")
		}
	}
	for name, src := range map[string][]byte{"empty": nil, "text": []byte("bukan foto"), "cut": photo(t, 100, 100)[:200], "huge": huge} {
		if Shrink(src, 640) != nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II\x2a\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if o := orientation(src); o < 1 || o > 8 {
			t.Errorf("got %d", o)
		}
	})
}

func TestHugePhotoInLittleMemory(t *testing.T) {
	const most = 48 << 20 // bytes
	for name, size := range map[string]image.Point{"50 megapixels": {8160, 6144}, "200 megapixels": {16320, 12240}} {
		src := inspecttest.HugeJPEG(t, size.X, size.Y)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		img := Shrink(src, 640)
		runtime.ReadMemStats(&after)
		if img == nil || img.Rect.Dx() != 640 || img.Rect.Dy() < 478 {
			t.Fatalf("%s: not shown", name)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > most {
			t.Errorf("%s: %d MB were taken", name, used>>20)
		}
	}
}

func TestPhotosThatNotEveryDeviceShows(t *testing.T) {
	for name, size := range map[string]image.Point{"photo.webp": {1280, 960}, "lossless.webp": {320, 240}} {
		src := read(t, name)
		if cfg, err := Config(src); err != nil || cfg.Width != size.X || cfg.Height != size.Y {
			t.Errorf("%s: %+v, %v", name, cfg, err)
		}
		if block := EXIF(src); !bytes.HasPrefix(block, []byte("MM\x00*")) && name != "lossless.webp" {
			t.Errorf("%s: EXIF %q", name, block)
		}
		img := Shrink(src, 320)
		if img == nil || img.Rect.Size() != image.Pt(320, 240) {
			t.Fatalf("%s: not shown", name)
		}
		red, _, blue, _ := img.At(300, 10).RGBA()
		white, _, _, _ := img.At(60, 50).RGBA()
		if red < 0xd000 || blue > 0x3000 || white < 0xf000 {
			t.Errorf("%s: red %x, blue %x at the top, white %x in the square", name, red, blue, white)
		}
		for _, cut := range []int{0, 11, 40, len(src) / 3} {
			if Shrink(src[:cut], 320) != nil {
				t.Errorf("%s, %d bytes of %d: shown", name, cut, len(src))
			}
		}
	}
}

func read(tb testing.TB, name string) []byte {
	tb.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

func FuzzShrink(f *testing.F) {
	for _, name := range []string{"photo.webp", "lossless.webp"} {
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if cfg, err := Config(src); err == nil && cfg.Width*cfg.Height > 1<<22 {
			return
		}
		EXIF(src)
		if img := Shrink(src, 64); img != nil && (img.Rect.Empty() || img.Rect.Dx() > 64 || img.Rect.Dy() > 64) {
			t.Errorf("%v", img.Rect)
		}
	})
}
