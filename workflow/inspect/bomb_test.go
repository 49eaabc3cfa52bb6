package inspect

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// makeBomb makes a PDF in which each object, the catalogue, the page tree and
// then the pages, has a compressed object stream of its own that unfolds to size
// bytes. Object n+i is in stream i.
func makeBomb(t *testing.T, n, size int) []byte {
	t.Helper()
	var kids strings.Builder
	for i := 3; i <= n; i++ {
		fmt.Fprintf(&kids, "%d 0 R ", n+i)
	}
	page := unfolding(t, "<</Type/Page>>", size)
	var b bytes.Buffer
	var index []byte
	add := func(i int, stream string) {
		index = entry(index, 1, b.Len())
		fmt.Fprintf(&b, "%d 0 obj<</Type/ObjStm/N 1/First 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n", i, len(stream), stream)
	}
	b.WriteString("%PDF-1.5\n")
	add(1, unfolding(t, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", n+2), size))
	add(2, unfolding(t, "<</Type/Pages/Kids["+kids.String()+"]>>", size))
	for i := 3; i <= n; i++ {
		add(i, page)
	}
	for i := 1; i <= n; i++ {
		index = entry(index, 2, i)
	}
	table := b.Len()
	fmt.Fprintf(&b, "%d 0 obj<</Type/XRef/Size %d/Index[1 %d]/W[1 4 1]/Root %d 0 R/Length %d>>stream\n%s\nendstream endobj\nstartxref\n%d\n%%%%EOF\n",
		2*n+1, 2*n+2, 2*n, n+1, len(index), index, table)
	return b.Bytes()
}

// entry appends a line of the cross-reference table: an object at an offset (1),
// or the first in an object stream (2).
func entry(index []byte, kind byte, where int) []byte {
	return append(binary.BigEndian.AppendUint32(append(index, kind), uint32(where)), 0)
}

func unfolding(t *testing.T, object string, size int) string {
	t.Helper()
	content := bytes.Repeat([]byte(" "), size)
	copy(content, "3 0     "+object)
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

func TestBombs(t *testing.T) {
	tests := map[string]struct {
		streams, size int
		want          Problem
	}{
		"harmless":                  {10, 1 << 10, Fine},
		"one stream too large":      {3, 12 << 20, Damaged},
		"many streams of fair size": {500, 20 << 10, Fine},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			content := makeBomb(t, tt.streams, tt.size)
			if r := look(t, content); r.Problem != tt.want {
				t.Errorf("%d kB: got %+v, want %q", len(content)>>10, r, tt.want)
			}
		})
	}
}
