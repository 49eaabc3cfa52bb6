package letters

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // photos of a visit may be PNG
	"io"

	"izinbot/workflow"
)

// photoSide is the longest side of a printed photo, in pixels: 200 dpi at the
// width that it is printed in.
const photoSide = 640

// maxPhotoPixels is the largest picture that is unpacked, so that no upload makes
// the program use memory without bound.
const maxPhotoPixels = 50_000_000

// picture is a photo of the visit, made small, or without jpeg if it cannot be
// shown.
type picture struct {
	workflow.Photo
	jpeg []byte
	w, h int // pixels
}

// loadPhotos fetches the photos from the file store, made small. A berita acara is
// drawn several times with the same photos, so those made before are kept.
func (d *Drawer) loadPhotos(ctx context.Context, photos []workflow.Photo) ([]picture, error) {
	out := make([]picture, 0, len(photos))
	widths := map[int]bool{}
	for _, ph := range photos {
		pic, kept := d.shrunk.get(ph.File.SHA256, widths)
		if !kept {
			small, err := d.smallPhoto(ctx, ph.File.SHA256)
			if err != nil {
				return nil, err
			}
			pic = d.shrunk.put(ph.File.SHA256, small, widths)
		}
		pic.Photo = ph
		out = append(out, pic)
	}
	return out, nil
}

// ownWidth adds white columns until no other picture has the width. The library
// puts pictures into the file in the order of their widths, and those of one
// width in any order: without this, the same letter would differ from one drawing
// to the next.
func ownWidth(img *image.RGBA, taken map[int]bool) *image.RGBA {
	w := img.Rect.Dx()
	for taken[w] {
		w++
	}
	taken[w] = true
	if w == img.Rect.Dx() {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, w, img.Rect.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, img.Rect, img, image.Point{}, draw.Src)
	return out
}

// encode makes the picture as it goes into the file; img is nil if there is none.
func encode(img *image.RGBA) picture {
	var pic picture
	var buf bytes.Buffer
	if img == nil || jpeg.Encode(&buf, img, &jpeg.Options{Quality: 72}) != nil {
		return pic
	}
	pic.jpeg, pic.w, pic.h = buf.Bytes(), img.Rect.Dx(), img.Rect.Dy()
	return pic
}

// smallPhoto gives a photo made small, or nil if the store has none or it cannot be
// shown.
func (d *Drawer) smallPhoto(ctx context.Context, key string) (*image.RGBA, error) {
	if d.cfg.Open == nil {
		return nil, nil
	}
	r, err := d.cfg.Open(ctx, key)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open photo: %w", err)
	}
	defer func() { _ = r.Close() }()
	small, err := d.cfg.Shrink(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("make photo small: %w", err)
	}
	return small, nil
}

func shrinkHere(_ context.Context, photo io.Reader) (*image.RGBA, error) {
	src, err := io.ReadAll(photo)
	if err != nil {
		return nil, fmt.Errorf("read photo: %w", err)
	}
	return Shrink(src), nil
}

// Shrink gives the picture upright and with at most 640 pixels a side, or nil if src
// is no picture that can be shown. It unpacks the picture, so that a program that must
// live on runs it in a process that has limits.
func Shrink(src []byte) *image.RGBA {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(src))
	if err != nil || cfg.Width < 1 || cfg.Height < 1 || cfg.Width > maxPhotoPixels/cfg.Height {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(src))
	if err != nil {
		return nil
	}
	return upright(boxed(img, photoSide), orientation(src))
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
