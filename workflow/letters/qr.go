package letters

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// qrCode is the modules of a QR code as horizontal runs.
type qrCode struct {
	size int // modules on a side
	runs []qrRun
}

type qrRun struct{ x, y, n int }

// The share of a code that may be damaged.
const (
	lowCorrection    = qr.L // 7 %
	mediumCorrection = qr.M // 15 %
)

func newQR(content string, correction qr.ErrorCorrectionLevel) (qrCode, error) {
	img, err := qr.Encode(content, correction, qr.Auto)
	if err != nil {
		return qrCode{}, fmt.Errorf("encode qr: %w", err)
	}
	code := qrCode{size: img.Bounds().Dx()}
	for y := range code.size {
		for x := 0; x < code.size; x++ {
			start := x
			for x < code.size && img.At(x, y) == color.Black {
				x++
			}
			if x > start {
				code.runs = append(code.runs, qrRun{start, y, x - start})
			}
		}
	}
	return code, nil
}

// qr draws a QR code as one filled path, so that no hairlines show between its
// modules.
func (s *canvas) qr(code qrCode, alt string, x, y, side float64) {
	module := side / float64(code.size) / mmPerPoint
	left, top := x/mmPerPoint, (pageHeight-y)/mmPerPoint
	var path strings.Builder
	for _, r := range code.runs {
		fmt.Fprintf(&path, "%.3f %.3f %.3f %.3f re\n",
			left+float64(r.x)*module, top-float64(r.y+1)*module, float64(r.n)*module, module)
	}
	s.figure(alt, box{x, side}, y, side, func() {
		s.pdf.SetFillColor(0, 0, 0)
		s.pdf.RawWriteStr(path.String() + "f")
	})
}
