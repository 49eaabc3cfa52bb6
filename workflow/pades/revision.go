package pades

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// ErrLayout is returned for a PDF that cannot be signed as it is: damaged, encrypted, or not
// written with plain cross-reference tables.
var ErrLayout = errors.New("pdf is not laid out as expected")

// Bounds of files that are read, so that nobody's file uses up the memory.
const (
	MaxSize    = 32 << 20 // bytes of a file
	maxObjects = 100_000
)

// revision is a PDF and the objects that the next increment changes or adds.
type revision struct {
	raw     []byte
	ctx     *model.Context
	prev    int // where its last cross-reference table begins
	next    int // the next free object number
	objects map[int][]byte
}

// read reads a PDF's objects, and unpacks no more of it than that needs. A file over which the
// parser stumbles is one that cannot be read.
func read(pdf []byte) (ctx *model.Context, err error) {
	defer func() {
		if p := recover(); p != nil {
			ctx, err = nil, fmt.Errorf("%w: panic: %v", ErrLayout, p)
		}
	}()
	if len(pdf) > MaxSize {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrLayout, MaxSize)
	}
	limits := model.DefaultResourceLimits()
	limits.MaxStreamBytes, limits.MaxDecodeBytes = MaxSize, 8<<20
	limits.MaxObjectCount, limits.MaxXRefEntries, limits.MaxObjectStreamCount = maxObjects, maxObjects, maxObjects
	conf := &model.Configuration{Reader15: true, ValidationMode: model.ValidationRelaxed, Offline: true, Limits: limits}
	if ctx, err = pdfcpu.Read(bytes.NewReader(pdf), conf); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLayout, err)
	}
	if ctx.Encrypt != nil || ctx.Root == nil || ctx.Size == nil {
		return nil, fmt.Errorf("%w: encrypted, or without a catalog", ErrLayout)
	}
	return ctx, nil
}

// revise begins an increment.
func revise(pdf []byte) (*revision, error) {
	ctx, err := read(pdf)
	if err != nil {
		return nil, err
	}
	_, after, ok := bytes.Cut(pdf[max(bytes.LastIndex(pdf, []byte("startxref")), 0):], []byte("\n"))
	digits, _, _ := bytes.Cut(after, []byte("\n"))
	prev, err := strconv.Atoi(string(bytes.TrimSpace(digits)))
	if !ok || err != nil || prev < 0 || prev > len(pdf) || !bytes.HasPrefix(pdf[prev:], []byte("xref\n")) || ctx.Info == nil || len(ctx.ID) != 2 {
		return nil, fmt.Errorf("%w: no plain cross-reference table, information or identifier", ErrLayout)
	}
	return &revision{raw: pdf, ctx: ctx, prev: prev, next: *ctx.Size, objects: map[int][]byte{}}, nil
}

// add keeps a number free for an object.
func (r *revision) add() int {
	r.next++
	return r.next - 1
}

// put gives an object its new content.
func (r *revision) put(no int, format string, args ...any) {
	r.objects[no] = fmt.Appendf(nil, format, args...)
}

// putDict gives an object a dictionary as its content.
func (r *revision) putDict(no int, d types.Dict) { r.objects[no] = []byte(d.PDFString()) }

// dict gives a copy of the dictionary that an object is.
func (r *revision) dict(no int) (types.Dict, error) {
	entry, ok := r.ctx.Table[no]
	if !ok || entry == nil {
		return nil, fmt.Errorf("%w: no object %d", ErrLayout, no)
	}
	d, ok := entry.Object.(types.Dict)
	if !ok {
		return nil, fmt.Errorf("%w: object %d is no dictionary", ErrLayout, no)
	}
	return maps.Clone(d), nil
}

// referred gives the number and a copy of the dictionary that an entry of another refers to; 0 if
// there is no such entry.
func (r *revision) referred(d types.Dict, key string) (int, types.Dict, error) {
	if d[key] == nil {
		return 0, nil, nil
	}
	ref, ok := d[key].(types.IndirectRef)
	if !ok {
		return 0, nil, fmt.Errorf("%w: %s is no reference", ErrLayout, key)
	}
	no := ref.ObjectNumber.Value()
	found, err := r.dict(no)
	return no, found, err
}

// catalog gives the number and a copy of the document's catalog.
func (r *revision) catalog() (int, types.Dict, error) {
	no := r.ctx.Root.ObjectNumber.Value()
	d, err := r.dict(no)
	return no, d, err
}

// write gives the file with the increment, and where each new object begins.
func (r *revision) write() ([]byte, map[int]int) {
	out := bytes.NewBuffer(slices.Clone(r.raw))
	if !bytes.HasSuffix(r.raw, []byte("\n")) {
		out.WriteByte('\n')
	}
	numbers := slices.Sorted(maps.Keys(r.objects))
	at := map[int]int{}
	for _, no := range numbers {
		at[no] = out.Len()
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", no, r.objects[no])
	}
	table := out.Len()
	out.WriteString("xref\n")
	for i := 0; i < len(numbers); {
		end := i + 1
		for end < len(numbers) && numbers[end] == numbers[end-1]+1 {
			end++
		}
		fmt.Fprintf(out, "%d %d\n", numbers[i], end-i)
		for ; i < end; i++ {
			fmt.Fprintf(out, "%010d 00000 n \n", at[numbers[i]])
		}
	}
	id := sha256.Sum256(out.Bytes())
	fmt.Fprintf(out, "trailer\n<</Size %d/Root %s/Info %s/ID[%s<%X>]/Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		r.next, r.ctx.Root.PDFString(), r.ctx.Info.PDFString(), r.ctx.ID[0].PDFString(), id[:16], r.prev, table)
	return out.Bytes(), at
}

// reference writes a reference to an object.
func reference(no int) types.IndirectRef { return *types.NewIndirectRef(no, 0) }
