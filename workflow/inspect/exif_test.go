package inspect

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"izinbot/workflow"
)

func TestEXIF(t *testing.T) {
	photo := makeJPEG(t, 64, 48)
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		r := look(t, withEXIF(photo, sidikalang(order)))
		want := time.Date(2026, 11, 27, 10, 4, 5, 0, time.FixedZone("WIB", 7*3600))
		if !r.Taken.Equal(want) {
			t.Errorf("%v: taken %v, want %v", order, r.Taken, want)
		}
		if r.Coordinates == nil || *r.Coordinates != (workflow.Coordinates{Lat: 2.741806, Lon: 98.313958}) {
			t.Errorf("%v: place %+v", order, r.Coordinates)
		}
		if r.Problem != Fine || r.Width != 64 {
			t.Errorf("%v: %+v", order, r)
		}
	}
}

func TestEXIFOffset(t *testing.T) {
	block := makeEXIF(binary.LittleEndian, []tag{text(0x9003, "2026:11:27 10:04:05"), text(0x9011, "+09:00")}, nil)
	taken, place := readEXIF(block)
	if want := time.Date(2026, 11, 27, 1, 4, 5, 0, time.UTC); !taken.Equal(want) || place != nil {
		t.Errorf("taken %v, place %v; want %v", taken, place, want)
	}
}

func TestEXIFSouthWest(t *testing.T) {
	order := binary.BigEndian
	_, place := readEXIF(makeEXIF(order, nil, []tag{
		text(1, "S"), ratios(order, 2, 12, 1, 30, 1, 0, 1), text(3, "W"), ratios(order, 4, 77, 1, 0, 1, 0, 1),
	}))
	if place == nil || *place != (workflow.Coordinates{Lat: -12.5, Lon: -77}) {
		t.Errorf("place %+v", place)
	}
}

func TestEXIFSaysNothing(t *testing.T) {
	order := binary.LittleEndian
	gps := func(latRef string, degrees, below uint32) []tag {
		return []tag{
			text(1, latRef), ratios(order, 2, degrees, below, 0, 1, 0, 1),
			text(3, "E"), ratios(order, 4, degrees, below, 0, 1, 0, 1),
		}
	}
	tests := map[string][]byte{
		"no block":            nil,
		"no TIFF":             []byte("XX*\x00\x08\x00\x00\x00"),
		"directory beyond":    []byte("II*\x00\xff\xff\xff\xff"),
		"cut directory":       sidikalang(order)[:20],
		"unset clock":         makeEXIF(order, []tag{text(0x9003, "0000:00:00 00:00:00")}, nil),
		"impossible day":      makeEXIF(order, []tag{text(0x9003, "2026:02:31 10:00:00")}, nil),
		"time of wrong type":  makeEXIF(order, []tag{{0x9003, 3, 1, []byte{1, 2}}}, nil),
		"short text":          makeEXIF(order, []tag{text(0x9003, "x")}, nil),
		"endless text":        makeEXIF(order, []tag{{0x9003, 2, 1 << 31, []byte("abcdef")}}, nil),
		"no fix":              makeEXIF(order, nil, gps("N", 0, 1)),
		"division by zero":    makeEXIF(order, nil, gps("N", 2, 0)),
		"beyond the pole":     makeEXIF(order, nil, gps("N", 91, 1)),
		"unknown hemisphere":  makeEXIF(order, nil, gps("Q", 2, 1)),
		"latitude only":       makeEXIF(order, nil, gps("N", 2, 1)[:2]),
		"position of one int": makeEXIF(order, nil, []tag{{2, 5, 1, make([]byte, 8)}}),
	}
	for name, block := range tests {
		t.Run(name, func(t *testing.T) {
			if taken, place := readEXIF(block); !taken.IsZero() || place != nil {
				t.Errorf("taken %v, place %v", taken, place)
			}
		})
	}
}

func FuzzEXIF(f *testing.F) {
	f.Add(sidikalang(binary.LittleEndian))
	f.Add(sidikalang(binary.BigEndian))
	f.Fuzz(func(t *testing.T, block []byte) {
		before := bytes.Clone(block)
		_, place := readEXIF(block)
		if place != nil && (place.Lat < -90 || place.Lat > 90 || place.Lon < -180 || place.Lon > 180) {
			t.Errorf("place %+v is not on earth", *place)
		}
		if !bytes.Equal(before, block) {
			t.Error("the block was changed")
		}
	})
}
