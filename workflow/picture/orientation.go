package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation gives how a camera held the picture, from 1 (upright) to 8, as the
// JPEG's Exif data say (tag 0x0112); 1 if they do not. Telephones turn a photo
// this way instead of its pixels.
func orientation(src []byte) int {
	tiff, order := exif(src)
	if isWebP(src) {
		tiff, order = ordered(EXIF(src))
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	for i := range int(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[entry:]) != 0x0112 {
			continue
		}
		if v := int(order.Uint16(tiff[entry+8:])); v >= 1 && v <= 8 {
			return v
		}
	}
	return 1
}

// exif gives the TIFF part of a JPEG's first Exif segment and its byte order.
func exif(src []byte) ([]byte, binary.ByteOrder) {
	for at := 2; at+4 <= len(src) && src[at] == 0xFF && src[at+1] != 0xDA; {
		size := int(binary.BigEndian.Uint16(src[at+2:]))
		if size < 2 || at+2+size > len(src) {
			break
		}
		segment := src[at+4 : at+2+size]
		if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && src[at+1] == 0xE1 {
			return ordered(tiff)
		}
		at += 2 + size
	}
	return nil, binary.BigEndian
}

func ordered(tiff []byte) ([]byte, binary.ByteOrder) {
	if bytes.HasPrefix(tiff, []byte("II")) {
		return tiff, binary.LittleEndian
	}
	return tiff, binary.BigEndian
}

// upright turns and mirrors a picture as its orientation asks for.
func upright(img *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 { // the sides change places
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			out.SetRGBA(x, y, img.RGBAAt(source(orientation, x, y, w, h)))
		}
	}
	return out
}

// source gives the pixel of a w by h picture that is at x, y once it is upright.
func source(orientation, x, y, w, h int) (sx, sy int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
