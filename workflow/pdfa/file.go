package pdfa

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// ErrLayout is returned for a file that is not laid out as fpdf does it.
var ErrLayout = errors.New("pdf is not laid out as expected")

// file is a PDF taken apart: the body of each object by its number; object 0 is unused.
type file struct {
	objects    [][]byte
	root, info int
}

// parse takes a file apart along its cross-reference table.
func parse(raw []byte) (*file, error) {
	at, ok := number(raw, bytes.LastIndex(raw, []byte("startxref\n"))+len("startxref\n"))
	if !ok || at >= len(raw) || !bytes.HasPrefix(raw[at:], []byte("xref\n0 ")) {
		return nil, fmt.Errorf("%w: no cross-reference table", ErrLayout)
	}
	table, trailer, ok := bytes.Cut(raw[at:], []byte("trailer\n"))
	if !ok {
		return nil, fmt.Errorf("%w: no trailer", ErrLayout)
	}
	rows := bytes.Split(bytes.TrimRight(table, "\n"), []byte("\n"))
	if len(rows) < 3 {
		return nil, fmt.Errorf("%w: no objects", ErrLayout)
	}
	rows = rows[2:] // without the keyword and the count
	offsets := make([]int, len(rows))
	for i, row := range rows {
		offsets[i], _ = number(bytes.TrimLeft(row, "0"), 0)
	}
	f := &file{objects: make([][]byte, len(rows))}
	ends := append(slices.Clone(offsets[1:]), at)
	slices.Sort(ends)
	for no := 1; no < len(rows); no++ {
		next, _ := slices.BinarySearch(ends, offsets[no]+1)
		if next == len(ends) || ends[next] > len(raw) || offsets[no] > ends[next] {
			return nil, fmt.Errorf("%w: object %d is out of the file", ErrLayout, no)
		}
		body, found := bytes.CutPrefix(raw[offsets[no]:ends[next]], fmt.Appendf(nil, "%d 0 obj\n", no))
		body, closed := bytes.CutSuffix(body, []byte("endobj\n"))
		if !found || !closed {
			return nil, fmt.Errorf("%w: object %d", ErrLayout, no)
		}
		f.objects[no] = bytes.TrimRight(body, "\n")
	}
	var err error
	if f.root, err = reference(trailer, "/Root "); err != nil {
		return nil, err
	}
	f.info, err = reference(trailer, "/Info ")
	return f, err
}

// add appends an object and gives its number.
func (f *file) add(body []byte) int {
	f.objects = append(f.objects, body)
	return len(f.objects) - 1
}

// object gives the body of the object that the key of another refers to.
func (f *file) object(body []byte, key string) (int, []byte, error) {
	no, err := reference(body, key)
	if err != nil {
		return 0, nil, err
	}
	if no >= len(f.objects) {
		return 0, nil, fmt.Errorf("%w: no object %d", ErrLayout, no)
	}
	return no, f.objects[no], nil
}

// write gives the whole file with the identifier id.
func (f *file) write(id [16]byte) []byte {
	size := 1024
	for _, body := range f.objects {
		size += len(body) + 50
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	offsets := make([]int, len(f.objects))
	for no, body := range f.objects[1:] {
		offsets[no+1] = out.Len()
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", no+1, body)
	}
	at := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, offset := range offsets[1:] {
		fmt.Fprintf(out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%X><%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(offsets), f.root, f.info, id, id, at)
	return out.Bytes()
}

// reference gives the object number after a key, as in "/Root 12 0 R".
func reference(body []byte, key string) (int, error) {
	at := bytes.Index(body, []byte(key))
	no, ok := number(body, at+len(key))
	if at < 0 || !ok {
		return 0, fmt.Errorf("%w: no %s", ErrLayout, key)
	}
	return no, nil
}

// number reads the digits at a place.
func number(b []byte, at int) (int, bool) {
	at = min(at, len(b))
	end := at
	for end < len(b) && '0' <= b[end] && b[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(string(b[at:end]))
	return n, err == nil
}
