package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/webp"

	"izinbot/workflow/picture/jpegview"
)

// CopySide is the longest side of the JPEG that is made of a picture that not every device
// shows, in pixels: an A4 page at 175 dpi.
const CopySide = 2048

// MaxPixels is the largest JPEG that is shown, width × height: the largest phone sensors
// have 200 megapixels.
const MaxPixels = 256 << 20

// leastShare is the least share of a JPEG that must be there: the rest is grey.
const leastShare = 0.9

// maxUnpacked is the memory that a picture may take which is unpacked whole, in bytes.
const maxUnpacked = 200 << 20

// Shrink gives the picture upright and with at most side pixels a side, on white, or nil
// if src is no picture that can be shown. A process that must live on runs it in one that
// has limits.
func Shrink(src []byte, side int) *image.RGBA {
	img := unpack(src, side)
	if img == nil {
		return nil
	}
	return upright(boxed(img, side), orientation(src))
}

func unpack(src []byte, side int) image.Image {
	switch {
	case bytes.HasPrefix(src, []byte("\xff\xd8")):
		if w, h, err := jpegview.Size(src); err != nil || w > MaxPixels/h {
			return nil
		}
		if p, err := jpegview.Decode(src, side); err == nil && Whole(p.Share) {
			return p.Image
		}
		return nil
	case isWebP(src):
		if cfg, err := webp.DecodeConfig(bytes.NewReader(src)); err == nil && Fits(cfg) {
			return fullRange(orNil(webp.Decode(bytes.NewReader(src))))
		}
	case bytes.HasPrefix(src, []byte("\x89PNG")):
		if cfg, err := png.DecodeConfig(bytes.NewReader(src)); err == nil && Fits(cfg) {
			return orNil(png.Decode(bytes.NewReader(src)))
		}
	}
	return nil
}

func orNil(img image.Image, err error) image.Image {
	if err != nil {
		return nil
	}
	return img
}

func isWebP(src []byte) bool {
	return len(src) >= 12 && string(src[:4])+string(src[8:12]) == "RIFFWEBP"
}

// Whole tells whether enough of a JPEG is there to be shown.
func Whole(share float64) bool { return share >= leastShare }

// Fits tells whether a picture that is unpacked whole keeps within the memory for it.
func Fits(cfg image.Config) bool {
	size := 4 // bytes of a pixel
	switch cfg.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		size = 8
	case color.GrayModel:
		size = 1
	}
	return cfg.Width > 0 && cfg.Height > 0 && cfg.Width <= maxUnpacked/size/cfg.Height
}

// boxed averages the pixels of img, on white paper, into a picture of at most side
// pixels a side.
func boxed(img image.Image, side int) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if longest := max(w, h); longest > side {
		w, h = max(w*side/longest, 1), max(h*side/longest, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()/h+1)) // the rows of one row of out
	for y := range h {
		top, bottom := y*b.Dy()/h, (y+1)*b.Dy()/h
		part := image.Rect(0, 0, b.Dx(), bottom-top)
		draw.Draw(strip, part, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, part, img, b.Min.Add(image.Pt(0, top)), draw.Over)
		for x := range w {
			out.SetRGBA(x, y, mean(strip, image.Rect(x*b.Dx()/w, 0, (x+1)*b.Dx()/w, bottom-top)))
		}
	}
	return out
}

// mean is the mean colour of a part of img. Sixteen samples are as good as all.
func mean(img *image.RGBA, part image.Rectangle) color.RGBA {
	var r, g, b, n int
	stepX, stepY := max(part.Dx()/4, 1), max(part.Dy()/4, 1)
	for y := part.Min.Y; y < part.Max.Y; y += stepY {
		for x := part.Min.X; x < part.Max.X; x += stepX {
			px := img.Pix[img.PixOffset(x, y):]
			r, g, b, n = r+int(px[0]), g+int(px[1]), b+int(px[2]), n+1
		}
	}
	return color.RGBA{R: shade(r, n), G: shade(g, n), B: shade(b, n), A: 255}
}

func shade(sum, n int) uint8 { return uint8(sum / max(n, 1)) } //nolint:gosec // a mean of bytes is a byte
