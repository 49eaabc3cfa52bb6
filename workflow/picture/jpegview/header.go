package jpegview

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Errors of pictures that are not decoded.
var (
	// ErrFormat is returned for what is no JPEG or lacks a part without which nothing
	// can be shown.
	ErrFormat = errors.New("malformed JPEG")
	// ErrUnsupported is returned for a kind of JPEG that is not read here, nor by most
	// phones: arithmetic codes, lossless, 12 bits.
	ErrUnsupported = errors.New("unsupported kind of JPEG")
)

// Markers (ITU-T T.81, table B.1).
const (
	markSOF0  = 0xc0
	markSOF1  = 0xc1
	markSOF2  = 0xc2
	markDHT   = 0xc4
	markJPG   = 0xc8
	markDAC   = 0xcc
	markSOF15 = 0xcf
	markRST0  = 0xd0
	markRST7  = 0xd7
	markSOI   = 0xd8
	markEOI   = 0xd9
	markSOS   = 0xda
	markDQT   = 0xdb
	markDRI   = 0xdd
	markAPP14 = 0xee
	markTEM   = 0x01
)

const (
	blockSide = 8
	blockLen  = blockSide * blockSide
	maxParts  = 4   // components
	maxScans  = 200 // of one picture; honest ones have about ten
)

// component is one of the colours.
type component struct {
	id            byte
	h, v          int // sampling factors, 1 to 4
	table         byte
	across, down  int // blocks, with those that fill up the last MCUs
	width, height int // blocks without them
	quant         *[blockLen]uint16
	plane         []uint8 // the samples, side*across a row
	levels        []int16 // a progressive picture's coefficients, kept a block
	begun         int     // blocks whose first coefficient has come
}

type decoder struct {
	src           []byte
	at            int
	width, height int
	side          int // pixels that a block becomes a side
	progressive   bool
	parts         []component
	maxH, maxV    int
	restart       int // MCUs
	quants        [4]*[blockLen]uint16
	codes         [2][4]*huffman // DC, AC
	transform     int            // of Adobe's segment; -1: none
	scans         int
	cosines       [blockLen]float32
}

// Size gives width and height in pixels, as stored. The errors are those of [Decode].
func Size(src []byte) (width, height int, err error) {
	d := decoder{src: src, transform: -1}
	if err := d.header(); err != nil {
		return 0, 0, err
	}
	return d.width, d.height, nil
}

// header reads up to the frame header.
func (d *decoder) header() error {
	if len(d.src) < 2 || d.src[0] != 0xff || d.src[1] != markSOI {
		return ErrFormat
	}
	d.at = 2
	for d.parts == nil {
		mark, segment, ok := d.next()
		if !ok || mark == markSOS {
			return fmt.Errorf("no frame: %w", ErrFormat)
		}
		if err := d.segment(mark, segment); err != nil {
			return err
		}
	}
	return nil
}

// next gives the next marker and its segment, which is cut at the end of the source. What
// stands between segments is passed over.
func (d *decoder) next() (mark byte, segment []byte, ok bool) {
	for d.at+1 < len(d.src) {
		mark = d.src[d.at+1]
		if d.src[d.at] != 0xff || mark == 0 || mark == 0xff {
			d.at++
			continue
		}
		d.at += 2
		if mark == markEOI {
			return mark, nil, true
		}
		if mark == markSOI || mark == markTEM || isRestart(mark) {
			continue
		}
		if d.at+2 > len(d.src) {
			return 0, nil, false
		}
		n := int(binary.BigEndian.Uint16(d.src[d.at:]))
		if n < 2 {
			continue
		}
		end := min(d.at+n, len(d.src))
		segment = d.src[d.at+2 : max(end, d.at+2)]
		d.at = end
		return mark, segment, true
	}
	return 0, nil, false
}

func isRestart(mark byte) bool { return mark >= markRST0 && mark <= markRST7 }

// segment reads a segment that is no scan.
func (d *decoder) segment(mark byte, b []byte) error {
	switch {
	case mark == markDQT:
		return d.quantisers(b)
	case mark == markDHT:
		return d.huffmans(b)
	case mark == markDRI && len(b) >= 2:
		d.restart = int(binary.BigEndian.Uint16(b))
	case mark == markAPP14 && len(b) >= 12 && string(b[:5]) == "Adobe":
		d.transform = int(b[11])
	case mark == markSOF0, mark == markSOF1, mark == markSOF2:
		d.progressive = mark == markSOF2
		return d.frame(b)
	case mark > markSOF2 && mark <= markSOF15 && mark != markJPG, mark == markDAC:
		return ErrUnsupported
	}
	return nil
}

func (d *decoder) quantisers(b []byte) error {
	for len(b) > 0 {
		precision, id, size := b[0]>>4, b[0]&15, blockLen
		if precision > 1 || id > 3 {
			return fmt.Errorf("quantiser: %w", ErrFormat)
		}
		if precision == 1 {
			size *= 2
		}
		if b = b[1:]; len(b) < size {
			return fmt.Errorf("quantiser: %w", ErrFormat)
		}
		table := new([blockLen]uint16)
		for i, place := range zigzag() {
			if precision == 1 {
				table[place] = binary.BigEndian.Uint16(b[2*i:])
			} else {
				table[place] = uint16(b[i])
			}
		}
		d.quants[id], b = table, b[size:]
	}
	return nil
}

// frame reads the frame header (B.2.2). A second one is ignored.
func (d *decoder) frame(b []byte) error {
	if d.parts != nil {
		return nil
	}
	if len(b) < 6 {
		return fmt.Errorf("frame: %w", ErrFormat)
	}
	if b[0] != blockSide {
		return ErrUnsupported
	}
	d.height, d.width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	n := int(b[5])
	if len(b) < 6+3*n || d.width == 0 || d.height == 0 {
		return fmt.Errorf("frame: %w", ErrFormat)
	}
	if n != 1 && n != 3 && n != maxParts {
		return ErrUnsupported
	}
	d.maxH, d.maxV = 1, 1
	for i := range n {
		e := b[6+3*i:]
		c := component{id: e[0], h: int(e[1] >> 4), v: int(e[1] & 15), table: e[2]}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.table > 3 {
			return fmt.Errorf("component: %w", ErrFormat)
		}
		if n == 1 {
			c.h, c.v = 1, 1 // one component is never interleaved
		}
		d.maxH, d.maxV = max(d.maxH, c.h), max(d.maxV, c.v)
		d.parts = append(d.parts, c)
	}
	for i := range d.parts {
		c := &d.parts[i]
		c.width = ceil(ceil(d.width*c.h, d.maxH), blockSide)
		c.height = ceil(ceil(d.height*c.v, d.maxV), blockSide)
		c.across = ceil(d.width, blockSide*d.maxH) * c.h
		c.down = ceil(d.height, blockSide*d.maxV) * c.v
	}
	return nil
}

func ceil(a, b int) int { return (a + b - 1) / b }

// zigzag gives the places of the coefficients in the order in which they come
// (figure A.6).
func zigzag() [blockLen]uint8 {
	return [blockLen]uint8{
		0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
		12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
		35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
		58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
	}
}
