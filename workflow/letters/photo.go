package letters

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"io"

	"izinbot/workflow"
	"izinbot/workflow/picture"
)

// PhotoSide is the longest side of a printed photo, in pixels: 200 dpi at the
// width that it is printed in.
const PhotoSide = 640

// printed is a photo of the visit, made small, or without jpeg if it cannot be
// shown.
type printed struct {
	workflow.Photo
	jpeg []byte
	w, h int // pixels
}

// loadPhotos fetches the photos from the file store, made small. A berita acara is
// drawn several times with the same photos, so those made before are kept.
func (d *Drawer) loadPhotos(ctx context.Context, photos []workflow.Photo) ([]printed, error) {
	out := make([]printed, 0, len(photos))
	widths := map[int]bool{d.office.emblem.w: true} // see ownWidth
	for _, ph := range photos {
		key := ph.File.Shown().SHA256
		pic, kept := d.shrunk.get(key, widths)
		if !kept {
			small, err := d.smallPhoto(ctx, key)
			if err != nil {
				return nil, err
			}
			pic = d.shrunk.put(key, small, widths)
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
func encode(img *image.RGBA) printed {
	var pic printed
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
	return picture.Shrink(src, PhotoSide), nil
}
