package inspect

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image/png"

	"izinbot/workflow/picture"
	"izinbot/workflow/picture/jpegview"
)

// withJPEG decodes the picture, very small: a picture that is taken can be shown.
func (r Report) withJPEG(content []byte) Report {
	var err error
	if r.Width, r.Height, err = jpegview.Size(content); err == nil && r.Width > picture.MaxPixels/r.Height {
		r.Problem = TooComplex
		return r
	}
	share := 0.0
	if err == nil {
		share, err = jpegview.Share(content)
	}
	switch {
	case errors.Is(err, jpegview.ErrUnsupported):
		r.Kind, r.Problem = Picture, NotAccepted
	case err != nil, !picture.Whole(share):
		r.Problem = Damaged
	default:
		exif, _ := scanJPEG(content)
		r.Taken, r.Coordinates = readEXIF(exif)
	}
	return r
}

// withPNG does not unpack the picture, since a few kilobytes can unfold to gigabytes. That
// it is whole is seen from its checksums instead.
func (r Report) withPNG(content []byte) Report {
	config, err := png.DecodeConfig(bytes.NewReader(content))
	r.Width, r.Height = config.Width, config.Height
	switch {
	case err != nil, endOfPNG(content) == 0:
		r.Problem = Damaged
	case !picture.Fits(config):
		r.Problem = TooComplex
	}
	return r
}

// withWebP looks at a WebP, whose pixels are seen when its copy is made.
func (r Report) withWebP(content []byte) Report {
	config, err := picture.Config(content)
	r.Width, r.Height = config.Width, config.Height
	switch {
	case err != nil, r.Width <= 0, r.Height <= 0:
		r.Problem = Damaged
	case !picture.Fits(config):
		r.Problem = TooComplex
	default:
		r.Taken, r.Coordinates = readEXIF(picture.EXIF(content))
	}
	return r
}

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	markerStart    = 0xff
	markerTEM      = 0x01
	markerRST0     = 0xd0
	markerRST7     = 0xd7
	markerEnd      = 0xd9
	markerScan     = 0xda
	markerAPP1     = 0xe1
	markerStuffing = 0x00
)

// scanJPEG walks over the segments of a JPEG, and over stray bytes between them as
// readers do. It gives the EXIF block, nil if there is none, and where the picture ends
// behind its end marker, 0 if it has none.
func scanJPEG(b []byte) (exif []byte, end int) {
	for i := 2; i+1 < len(b); {
		if b[i] != markerStart {
			i++
			continue
		}
		marker := b[i+1]
		switch {
		case marker == markerStart: // fill byte
			i++
			continue
		case marker == markerEnd:
			return exif, i + 2
		case marker == markerTEM, marker == markerStuffing, isRestart(marker):
			i += 2
			continue
		}
		segment, ok := jpegSegment(b[i+2:])
		if !ok {
			return exif, 0
		}
		i += 2 + 2 + len(segment)
		if block, found := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); found && marker == markerAPP1 && exif == nil {
			exif = block
		}
		if marker == markerScan {
			i += scanLen(b[i:])
		}
	}
	return exif, 0
}

// jpegSegment gives the payload of the segment whose length field b starts with.
func jpegSegment(b []byte) (payload []byte, ok bool) {
	if len(b) < 2 {
		return nil, false
	}
	n := int(binary.BigEndian.Uint16(b))
	if n < 2 || n > len(b) {
		return nil, false
	}
	return b[2:n], true
}

// scanLen gives the length of the compressed data that b starts with: up to the
// next marker that is neither stuffing nor a restart.
func scanLen(b []byte) int {
	for i := 0; ; {
		j := bytes.IndexByte(b[i:], markerStart)
		if j < 0 || i+j+1 >= len(b) {
			return len(b)
		}
		i += j
		switch next := b[i+1]; {
		case next == markerStart:
			i++
		case next == markerStuffing, isRestart(next):
			i += 2
		default:
			return i
		}
	}
}

func isRestart(marker byte) bool { return marker >= markerRST0 && marker <= markerRST7 }

// endOfPNG gives where a PNG ends, or 0 if not every chunk up to IEND is there as
// its checksum says (ISO 15948, clause 5).
func endOfPNG(b []byte) int {
	const head, sum = 8, 4 // length and type; checksum
	for i := 8; i+head+sum <= len(b); {
		n := int64(binary.BigEndian.Uint32(b[i:]))
		if n > int64(len(b)-i-head-sum) {
			return 0
		}
		end := i + head + int(n)
		if crc32.ChecksumIEEE(b[i+4:end]) != binary.BigEndian.Uint32(b[end:]) {
			return 0
		}
		if string(b[i+4:i+head]) == "IEND" {
			return end + sum
		}
		i = end + sum
	}
	return 0
}
