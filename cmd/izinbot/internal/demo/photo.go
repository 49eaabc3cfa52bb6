package demo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
)

// sampleTaken is the time of the camera in sample photos, until they are sent.
const sampleTaken = "2026:01:01 09:00:00"

// samplePhoto makes a picture of its own for each number. The first three carry
// the time and place that a camera writes, as EXIF.
func samplePhoto(n, width, height int) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{R: uint8(120 + 10*n), G: uint8(160 + y*80/height), B: uint8(200 - x*60/width), A: 255} //nolint:gosec // all below 256
			if y > height/2+(x*n/7)%(height/8+1) {
				c = color.RGBA{R: 90, G: uint8(120 + 8*n), B: 70, A: 255} //nolint:gosec // below 256
			}
			img.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 60}); err != nil {
		return nil, fmt.Errorf("make sample photo: %w", err)
	}
	if n >= 3 {
		return out.Bytes(), nil
	}
	return withCamera(out.Bytes(), sampleTaken), nil
}

// withCamera puts an EXIF block behind the start marker of a JPEG: the time taken,
// and the place 2°44'35" N, 98°18'45" E.
func withCamera(picture []byte, taken string) []byte {
	const (
		ascii, long, ratio = 2, 4, 5
		root               = 8
		exif               = root + 2 + 2*12 + 4
		gps                = exif + 2 + 12 + 4 + 20
		lat                = gps + 2 + 4*12 + 4
		lon                = lat + 24
	)
	le := binary.LittleEndian
	entry := func(b []byte, id, kind uint16, count, value uint32) []byte {
		b = le.AppendUint16(b, id)
		b = le.AppendUint16(b, kind)
		b = le.AppendUint32(b, count)
		return le.AppendUint32(b, value)
	}
	ratios := func(b []byte, values ...uint32) []byte {
		for _, v := range values {
			b = le.AppendUint32(le.AppendUint32(b, v), 1)
		}
		return b
	}
	b := append([]byte("II*\x00"), root, 0, 0, 0)
	b = le.AppendUint16(b, 2)
	b = entry(b, 0x8769, long, 1, exif)
	b = entry(b, 0x8825, long, 1, gps)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint16(b, 1)
	b = entry(b, 0x9003, ascii, 20, exif+2+12+4)
	b = le.AppendUint32(b, 0)
	b = append(b, taken+"\x00"...)
	b = le.AppendUint16(b, 4)
	b = entry(b, 1, ascii, 2, 'N')
	b = entry(b, 2, ratio, 3, lat)
	b = entry(b, 3, ascii, 2, 'E')
	b = entry(b, 4, ratio, 3, lon)
	b = le.AppendUint32(b, 0)
	b = ratios(b, 2, 44, 35)
	b = ratios(b, 98, 18, 45)
	block := append([]byte("Exif\x00\x00"), b...)
	out := append([]byte{}, picture[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(block)+2)) //nolint:gosec // about 200 bytes
	return append(append(out, block...), picture[2:]...)
}
