package totp

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/boombuler/barcode/qr"
)

const (
	modulePixels = 6 // about 300 pixels for an otpauth address: sharp on a phone, whole on a small laptop
	quietModules = 4 // blank border that readers need (ISO/IEC 18004, 5.3.8)
)

// QR draws the address as a QR code, a PNG in black and white with its border.
// It fails if the address is too long for one.
func QR(url string) ([]byte, error) {
	code, err := qr.Encode(url, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("make QR code: %w", err)
	}
	bounds := code.Bounds()
	side := (bounds.Dx() + 2*quietModules) * modulePixels
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			module := image.Pt(x/modulePixels-quietModules, y/modulePixels-quietModules)
			if module.In(bounds) && code.At(module.X, module.Y) == color.Black {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("draw QR code: %w", err)
	}
	return out.Bytes(), nil
}
