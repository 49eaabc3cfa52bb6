package inspect

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// pdfFacts holds the facts that are read from a PDF.
type pdfFacts struct {
	pages      int
	restricted bool
	active     []Active
}

func (r Report) withPDF(ctx context.Context, content []byte) Report {
	facts, err := parsePDF(ctx, content)
	r.Pages, r.Restricted, r.Active = facts.pages, facts.restricted, facts.active
	switch {
	case err == nil && strayText(content):
		r.Problem = TwoFormats
	case err == nil:
		r.Problem = Fine
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
	pages, err := countPages(ctx, doc.XRefTable)
	if err != nil {
		return pdfFacts{}, err
	}
	active, err := activeParts(ctx, doc.XRefTable)
	if err != nil {
		return pdfFacts{}, err
	}
	return pdfFacts{pages: pages, restricted: doc.Encrypt != nil, active: active}, nil
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
