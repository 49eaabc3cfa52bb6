package inspect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// pdfFacts holds the facts that are read from a PDF.
type pdfFacts struct {
	pages      int
	restricted bool
	active     []Active
	problem    Problem // of a file that opens, but whose content is not on its pages
}

func (r Report) withPDF(ctx context.Context, content []byte) Report {
	facts, err := parsePDF(ctx, content)
	r.Pages, r.Restricted, r.Active = facts.pages, facts.restricted, facts.active
	r.Signed = isSigned(content)
	switch {
	case err == nil && strayText(content):
		r.Problem = TwoFormats
	case err == nil:
		r.Problem = facts.problem
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrUnsupportedEncryptionFeature):
		r.Problem = Encrypted
	case errors.Is(err, context.DeadlineExceeded):
		r.Problem = TooComplex
	default:
		r.Problem = Damaged
	}
	return r
}

func parsePDF(ctx context.Context, content []byte) (facts pdfFacts, err error) {
	defer func() {
		// The parser meets whatever people send; what it stumbles over is a
		// damaged file, not the end of the program.
		if p := recover(); p != nil {
			facts, err = pdfFacts{}, fmt.Errorf("parse pdf: panic: %v", p)
		}
	}()
	doc, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(content), pdfSettings())
	if err != nil {
		return pdfFacts{}, fmt.Errorf("parse pdf: %w", err)
	}
	pages, blank, err := countPages(ctx, doc.XRefTable, isCut(content))
	if err != nil {
		return pdfFacts{}, err
	}
	active, err := activeParts(ctx, doc.XRefTable)
	if err != nil {
		return pdfFacts{}, err
	}
	facts = pdfFacts{pages: pages, restricted: doc.Encrypt != nil, active: active}
	facts.problem = elsewhere(doc.XRefTable, active, blank)
	return facts, nil
}

// isCut tells whether the end of a file is missing, so that its objects were put together
// without it.
func isCut(content []byte) bool {
	return bytes.LastIndex(content, []byte("%%EOF")) < bytes.LastIndex(content, []byte("endobj"))
}

// isSigned finds the dictionary of a digital signature, which an e-meterai has too. It is
// never compressed, since it names the bytes that are signed (ISO 32000-1, 12.8.1), and
// is found in a file that does not open as well.
func isSigned(content []byte) bool {
	return bytes.Contains(content, []byte("/ByteRange")) && bytes.Contains(content, []byte("/SubFilter"))
}

// elsewhere names the file whose pages show none of what it holds: a portfolio with its
// files, and a form that a program draws (ISO 32000-1, 12.7.8 and 7.11.6).
func elsewhere(x *model.XRefTable, active []Active, blank bool) Problem {
	if slices.Contains(active, Portfolio) && slices.Contains(active, Embedded) {
		return Folder
	}
	if slices.Contains(active, XFA) && isDrawnByProgram(x, blank) {
		return DynamicForm
	}
	return Fine
}

// isDrawnByProgram tells a form whose pages say only that another reader is needed from
// one that has its fields on its pages as well.
func isDrawnByProgram(x *model.XRefTable, blank bool) bool {
	root, err := x.Catalog()
	if err != nil {
		return false
	}
	if needs, err := x.DereferenceBoolean(root["NeedsRendering"], model.V10); err == nil && needs != nil && needs.Value() {
		return true
	}
	form, err := x.DereferenceDict(root["AcroForm"])
	if err != nil || form == nil {
		return false
	}
	fields, err := x.DereferenceArray(form["Fields"])
	return blank || err == nil && len(fields) == 0
}

// pdfSettings are made by hand: those that the library offers come with a
// configuration directory in the user's home.
func pdfSettings() *model.Configuration {
	limits := model.DefaultResourceLimits()
	limits.MaxStreamBytes = MaxSize
	limits.MaxDecodeBytes = 8 << 20 // each; only the structure is unpacked, no picture
	limits.MaxObjectCount = 1_000_000
	limits.MaxXRefEntries = 1_000_000
	limits.MaxObjectStreamCount = 100_000
	return &model.Configuration{
		Cmd:            model.LISTINFO,
		Reader15:       true,
		ValidationMode: model.ValidationRelaxed,
		Offline:        true,
		Limits:         limits,
	}
}
