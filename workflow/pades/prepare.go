package pades

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"izinbot/workflow/pdfa"
)

// Errors of preparing and embedding.
var (
	ErrSigned = errors.New("the pdf has a signature already")
	ErrField  = errors.New("the field cannot be put in")
	ErrSpace  = errors.New("the signature is longer than the space kept for it")
)

// space is how many bytes are kept for a signature or a timestamp with its certificates.
const space = 10 << 10

// Field is the signature that is put into a PDF, with what a reader sees of it.
type Field struct {
	Signer string    // who signs
	At     time.Time // of signing, in the zone to be shown
	Page   int       // on which it is seen, from 1; 0: the last
	Box    Box       // where; the zero value is a signature without a picture
	Lines  []string  // what it says
	QR     string    // content of a QR code beside them; empty: none
	Font   []byte    // of the lines, TrueType; it must have all their characters
}

// Box is a rectangle in points from the lower left of a page.
type Box struct{ Left, Bottom, Right, Top float64 }

func (b Box) width() float64  { return b.Right - b.Left }
func (b Box) height() float64 { return b.Top - b.Bottom }

// Prepared is a PDF with a hole for a signature.
type Prepared struct {
	PDF  []byte // complete, the hole filled with zeros
	Hole int    // where the hole begins; everything else is signed
	End  int    // where it ends
}

// Digest gives the SHA-256 of all that is signed.
func (p Prepared) Digest() [sha256.Size]byte {
	h := sha256.New()
	_, _ = h.Write(p.PDF[:p.Hole]) // never fails
	_, _ = h.Write(p.PDF[p.End:])
	return [sha256.Size]byte(h.Sum(nil))
}

// Embed gives the file with a signature or a timestamp's token in the hole. ErrSpace.
func (p Prepared) Embed(cms []byte) ([]byte, error) {
	if len(cms) > (p.End-p.Hole-2)/2 {
		return nil, fmt.Errorf("%w: %d bytes", ErrSpace, len(cms))
	}
	out := bytes.Clone(p.PDF)
	hex.Encode(out[p.Hole+1:], cms)
	return out, nil
}

// Prepare appends a signature to a PDF that has none yet. It certifies the document: later
// signatures, timestamps and filled-in fields are allowed, nothing else is (DocMDP, P 2).
// ErrLayout, ErrSigned, ErrField.
func Prepare(pdf []byte, f Field) (Prepared, error) {
	r, err := revise(pdf)
	if err != nil {
		return Prepared{}, err
	}
	root, catalog, err := r.catalog()
	if err != nil {
		return Prepared{}, err
	}
	if catalog["AcroForm"] != nil || catalog["Perms"] != nil {
		return Prepared{}, ErrSigned
	}
	value, widget, form := r.add(), r.add(), r.add()
	annotation, err := r.annotate(f, widget, catalog)
	if err != nil {
		return Prepared{}, err
	}
	r.put(widget, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Tanda tangan)/V %d 0 R%s>>", value, annotation)
	r.put(form, "<</Fields[%d 0 R]/SigFlags 3>>", widget)
	catalog["AcroForm"] = reference(form)
	catalog["Perms"] = types.Dict{"DocMDP": reference(value)}
	catalog["Extensions"] = extensions()
	r.putDict(root, catalog)
	return r.withHole(value, "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached",
		fmt.Sprintf("/M(%s)/Name%s/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 2/V/1.2>>>>]",
			f.At.Format("D:20060102150405-07'00'"), pdfa.TextString(f.Signer))), nil
}

// PrepareTimestamp appends a document timestamp, whose token is asked for with the digest
// (see [Request]). ErrLayout.
func PrepareTimestamp(pdf []byte) (Prepared, error) {
	r, err := revise(pdf)
	if err != nil {
		return Prepared{}, err
	}
	_, catalog, err := r.catalog()
	if err != nil {
		return Prepared{}, err
	}
	form, acroForm, err := r.referred(catalog, "AcroForm")
	if err != nil || form == 0 {
		return Prepared{}, fmt.Errorf("%w: no form to put a timestamp into", errors.Join(ErrLayout, err))
	}
	value, widget := r.add(), r.add()
	fields, _ := acroForm["Fields"].(types.Array)
	acroForm["Fields"] = append(slices.Clip(fields), reference(widget))
	r.putDict(form, acroForm)
	page, err := r.page(1)
	if err != nil {
		return Prepared{}, err
	}
	if err := r.onPage(page, widget); err != nil {
		return Prepared{}, err
	}
	r.put(widget, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Cap waktu %d)/V %d 0 R/Rect[0 0 0 0]/F 132/P %d 0 R/Contents(Cap waktu dokumen)>>",
		len(fields), value, page)
	return r.withHole(value, "/Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161", ""), nil
}

// withHole writes the increment with a signature dictionary around the hole.
func (r *revision) withHole(value int, before, after string) Prepared {
	r.put(value, "<<%s/ByteRange[0 %10d %10[2]d %10[2]d]/Contents<%[3]s>%[4]s>>", before, 0, strings.Repeat("0", 2*space), after)
	pdf, at := r.write()
	hole := at[value] + bytes.Index(pdf[at[value]:], []byte("/Contents<")) + len("/Contents")
	end := hole + 2*space + 2
	ranges := at[value] + bytes.Index(pdf[at[value]:], []byte("/ByteRange[0 ")) + len("/ByteRange[0 ")
	copy(pdf[ranges:], fmt.Sprintf("%10d %10d %10d", hole, end, len(pdf)-end))
	return Prepared{PDF: pdf, Hole: hole, End: end}
}

// extensions says which extension of PDF 1.7 the file uses (EN 319 142-1, 5.5).
func extensions() types.Dict {
	return types.Dict{"ESIC": types.Dict{"BaseVersion": types.Name("1.7"), "ExtensionLevel": types.Integer(1)}}
}
