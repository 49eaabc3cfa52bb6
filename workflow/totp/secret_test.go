package totp

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode/qr"
)

// TestVectors holds RFC 6238, appendix B, SHA-1: the last six of its eight digits.
func TestVectors(t *testing.T) {
	for unix, eight := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		got, err := Code(secret(), time.Unix(unix, 0))
		if err != nil || got != eight[2:] {
			t.Errorf("at %d: %q, %v, want %q", unix, got, err, eight[2:])
		}
	}
}

func TestNewSecret(t *testing.T) {
	got, err := NewSecret(strings.NewReader(strings.Repeat("x", 100)))
	if err != nil || len(got) != 20 {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if _, err := NewSecret(strings.NewReader("too short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("from a source that runs dry: %v", err)
	}
}

func TestURL(t *testing.T) {
	got, err := URL("DPMPTSPK Dairi", "CONTOH: Kabid", secret())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(got)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/DPMPTSPK Dairi:CONTOH  Kabid" ||
		q.Get("secret") != "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" || q.Get("issuer") != "DPMPTSPK Dairi" ||
		q.Get("algorithm") != "SHA1" || q.Get("digits") != "6" || q.Get("period") != "30" {
		t.Errorf("got %s", got)
	}
}

func TestMissing(t *testing.T) {
	if _, err := URL("DPMPTSPK", "CONTOH", nil); reasonOf(err) != NotSetUp {
		t.Errorf("address without a secret: %v", err)
	}
	if _, err := URL("", "CONTOH", secret()); err == nil {
		t.Error("address without an issuer")
	}
	if _, err := Code(nil, noon()); reasonOf(err) != NotSetUp {
		t.Errorf("code without a secret: %v", err)
	}
}

func TestErrorTellsNoCode(t *testing.T) {
	for _, e := range []*Error{{Reason: Wrong, Left: 3}, {Reason: Locked, Until: noon()}, {Reason: Used}} {
		if s := e.Error(); !strings.HasPrefix(s, "one-time code: "+string(e.Reason)) {
			t.Errorf("got %q", s)
		}
	}
}

func TestQR(t *testing.T) {
	address, err := URL("DPMPTSPK Dairi", "CONTOH Kabid", secret())
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := QR(address)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	want, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	side := want.Bounds().Dx()
	if got := img.Bounds().Dx(); got != (side+8)*6 {
		t.Fatalf("%d pixels wide for %d modules", got, side)
	}
	for y := -4; y < side+4; y++ {
		for x := -4; x < side+4; x++ {
			dark := image.Pt(x, y).In(want.Bounds()) && isDark(want, x, y)
			if got := isDark(img, (x+4)*6+3, (y+4)*6+3); got != dark {
				t.Fatalf("module %d,%d is dark: %v", x, y, got)
			}
		}
	}
	if _, err := QR(strings.Repeat("x", 5000)); err == nil {
		t.Error("drew what does not fit")
	}
}

func isDark(img image.Image, x, y int) bool {
	r, _, _, _ := img.At(x, y).RGBA()
	return r < 0x8000
}
