package inspect

import (
	"encoding/binary"
	"math"
	"strings"
	"time"

	"izinbot/workflow"
)

// The EXIF of a field photo is read here for two facts, when and where. The
// libraries that there are read some hundred tags and the makers' own, keep
// going over broken offsets, and are several thousand lines; this reader takes
// what fits the form exactly and nothing else. A block that is broken, or that
// says nothing, makes a photo without time and place, never a bad photo.

// Tags of EXIF 2.32.
const (
	tagExifIFD  = 0x8769
	tagGPSIFD   = 0x8825
	tagTaken    = 0x9003 // DateTimeOriginal
	tagOffset   = 0x9011 // OffsetTimeOriginal
	tagLatRef   = 1
	tagLat      = 2
	tagLonRef   = 3
	tagLon      = 4
	typeASCII   = 2
	typeLong    = 4
	typeRatio   = 5
	entryLen    = 12
	maxASCIILen = 64
)

// readEXIF gives when and where a picture was taken, as far as its EXIF block, a
// TIFF without a picture, says.
func readEXIF(block []byte) (taken time.Time, place *workflow.Coordinates) {
	t, first, ok := openTIFF(block)
	if !ok {
		return time.Time{}, nil
	}
	root := t.directory(first)
	if offset, ok := root.long(tagExifIFD); ok {
		taken = t.directory(offset).taken()
	}
	if offset, ok := root.long(tagGPSIFD); ok {
		place = t.directory(offset).place()
	}
	return taken, place
}

type tiff struct {
	data  []byte
	order binary.ByteOrder
}

func openTIFF(b []byte) (t tiff, first uint32, ok bool) {
	if len(b) < 8 {
		return tiff{}, 0, false
	}
	switch string(b[:4]) {
	case "II*\x00":
		t = tiff{b, binary.LittleEndian}
	case "MM\x00*":
		t = tiff{b, binary.BigEndian}
	default:
		return tiff{}, 0, false
	}
	return t, t.order.Uint32(b[4:]), true
}

// at gives n bytes from an offset, or nil if they are not all there.
func (t tiff) at(offset uint32, n int) []byte {
	if int64(offset)+int64(n) > int64(len(t.data)) {
		return nil
	}
	return t.data[offset : int64(offset)+int64(n)]
}

// directory is an IFD: its entries of 12 bytes each, as far as they are there.
type directory struct {
	tiff
	entries []byte
}

func (t tiff) directory(offset uint32) directory {
	count := t.at(offset, 2)
	if count == nil {
		return directory{tiff: t}
	}
	return directory{t, t.at(offset+2, int(t.order.Uint16(count))*entryLen)}
}

// entry finds a tag that has the type, and the count if that is not 0. It gives
// the count and the field that holds the value or its offset.
func (d directory) entry(tag, kind uint16, want uint32) (count uint32, field []byte) {
	for e := d.entries; len(e) >= entryLen; e = e[entryLen:] {
		if d.order.Uint16(e) != tag {
			continue
		}
		count = d.order.Uint32(e[4:])
		if d.order.Uint16(e[2:]) != kind || want != 0 && count != want {
			return 0, nil
		}
		return count, e[8:entryLen]
	}
	return 0, nil
}

func (d directory) long(tag uint16) (uint32, bool) {
	_, field := d.entry(tag, typeLong, 1)
	if field == nil {
		return 0, false
	}
	return d.order.Uint32(field), true
}

func (d directory) ascii(tag uint16) string {
	count, field := d.entry(tag, typeASCII, 0)
	switch {
	case field == nil, count > maxASCIILen:
		return ""
	case count <= 4:
		field = field[:count]
	default:
		field = d.at(d.order.Uint32(field), int(count))
	}
	return strings.TrimRight(string(field), "\x00 ")
}

// angle gives degrees from the three ratios degrees, minutes, seconds.
func (d directory) angle(tag uint16) (float64, bool) {
	_, field := d.entry(tag, typeRatio, 3)
	if field == nil {
		return 0, false
	}
	ratios := d.at(d.order.Uint32(field), 3*8)
	if ratios == nil {
		return 0, false
	}
	degrees, unit := 0.0, 1.0
	for ; len(ratios) > 0; ratios = ratios[8:] {
		below := d.order.Uint32(ratios[4:])
		if below == 0 {
			return 0, false
		}
		degrees += float64(d.order.Uint32(ratios)) / float64(below) / unit
		unit *= 60
	}
	return degrees, true
}

// taken reads the time. Cameras that do not tell their zone are taken to be in
// the office's, WIB.
func (d directory) taken() time.Time {
	zone := d.ascii(tagOffset)
	if zone == "" {
		zone = "+07:00"
	}
	at, err := time.Parse("2006:01:02 15:04:05 -07:00", d.ascii(tagTaken)+" "+zone)
	if err != nil {
		return time.Time{}
	}
	return at
}

// place reads the position; 0,0 is what receivers without a fix write.
func (d directory) place() *workflow.Coordinates {
	lat, okLat := d.angle(tagLat)
	lon, okLon := d.angle(tagLon)
	north, okNorth := sign(d.ascii(tagLatRef), "N", "S")
	east, okEast := sign(d.ascii(tagLonRef), "E", "W")
	if !okLat || !okLon || !okNorth || !okEast || lat > 90 || lon > 180 || lat == 0 && lon == 0 {
		return nil
	}
	return &workflow.Coordinates{Lat: metre(north * lat), Lon: metre(east * lon)}
}

func sign(ref, plus, minus string) (float64, bool) {
	switch ref {
	case plus:
		return 1, true
	case minus:
		return -1, true
	}
	return 0, false
}

// metre rounds degrees to six places, about 0.1 m: what the ratios hold beyond
// that is noise.
func metre(degrees float64) float64 { return math.Round(degrees*1e6) / 1e6 }
