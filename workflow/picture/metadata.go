package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"

	"golang.org/x/image/webp"
)

var errTooShort = errors.New("picture is cut off")

// Config gives the size in pixels of a WebP, as stored. It fails if the file is
// cut off or malformed.
func Config(src []byte) (image.Config, error) {
	if len(src) < 12 || int64(binary.LittleEndian.Uint32(src[4:]))+8 > int64(len(src)) {
		return image.Config{}, errTooShort
	}
	return webp.DecodeConfig(bytes.NewReader(src))
}

// EXIF gives the EXIF block, a TIFF without a picture, of a WebP; nil: none.
func EXIF(src []byte) []byte {
	for at := 12; at+8 <= len(src); {
		size := int64(binary.LittleEndian.Uint32(src[at+4:]))
		if size > int64(len(src)-at-8) {
			return nil
		}
		if string(src[at:at+4]) == "EXIF" {
			return bytes.TrimPrefix(src[at+8:at+8+int(size)], []byte("Exif\x00\x00"))
		}
		at += 8 + int(size+size%2)
	}
	return nil
}

// fullRange stretches the light and colours of a lossy WebP, whose black is 16 and whose
// white is 235 (RFC 6386, 9.2), to the range that the library's pictures have.
func fullRange(img image.Image) image.Image {
	var planes *image.YCbCr
	switch img := img.(type) {
	case *image.YCbCr:
		planes = img
	case *image.NYCbCrA:
		planes = &img.YCbCr
	default:
		return img
	}
	for _, p := range []struct {
		plane              []uint8
		span, zero, centre int
	}{{planes.Y, 219, 16, 0}, {planes.Cb, 224, 128, 128}, {planes.Cr, 224, 128, 128}} {
		for i, v := range p.plane {
			p.plane[i] = uint8(min(max((int(v)-p.zero)*255/p.span+p.centre, 0), 255))
		}
	}
	return img
}
