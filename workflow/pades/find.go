package pades

import (
	"bytes"
	"encoding/hex"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// maxSignatures bounds the signatures of a file that are looked at.
const maxSignatures = 16

// found is a signature as it stands in a file.
type found struct {
	no       int // of its dictionary's object
	dict     types.Dict
	contents []byte // with the zeros after it
}

// signatureDicts gives the signatures of a file's form in its order.
func signatureDicts(ctx *model.Context) (out []found) {
	fields, _ := resolved(ctx, formOf(ctx)["Fields"]).(types.Array)
	for _, field := range fields {
		d := dictOf(ctx, field)
		ref, ok := d["V"].(types.IndirectRef)
		if d["FT"] != types.Name("Sig") || !ok || len(out) == maxSignatures {
			continue
		}
		s := found{no: ref.ObjectNumber.Value(), dict: dictOf(ctx, ref)}
		if text, ok := s.dict["Contents"].(types.HexLiteral); ok {
			s.contents, _ = hex.DecodeString(string(text)) // empty if it is none
		}
		out = append(out, s)
	}
	return out
}

func catalogOf(ctx *model.Context) types.Dict { return dictOf(ctx, *ctx.Root) }

func formOf(ctx *model.Context) types.Dict { return dictOf(ctx, catalogOf(ctx)["AcroForm"]) }

// dictOf gives the dictionary that a value is or refers to; what is none is empty.
func dictOf(ctx *model.Context, v types.Object) types.Dict {
	d, _ := resolved(ctx, v).(types.Dict)
	return d
}

// resolved follows a reference, and one behind it at most.
func resolved(ctx *model.Context, v types.Object) types.Object {
	for range 2 {
		ref, ok := v.(types.IndirectRef)
		if !ok {
			return v
		}
		entry := ctx.Table[ref.ObjectNumber.Value()]
		if entry == nil || entry.Free {
			return nil
		}
		v = entry.Object
	}
	return v
}

// same compares two objects as they are written.
func same(a, b types.Object) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	x, isStream := a.(types.StreamDict)
	y, isAlso := b.(types.StreamDict)
	if isStream || isAlso {
		return isStream && isAlso && x.PDFString() == y.PDFString() && bytes.Equal(x.Raw, y.Raw)
	}
	return a.PDFString() == b.PDFString()
}
