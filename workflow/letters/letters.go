package letters

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"time"

	"izinbot/workflow"
)

// Copy is one of the copies of a letter.
type Copy int

// The copies. Only the archive's shows the paraf hierarki.
const (
	Addressee Copy = iota
	Archive
)

// Errors of Draw.
var (
	ErrUnknownKind = errors.New("no letter of this kind can be drawn")
	ErrNoTariff    = errors.New("an SKRD is drawn only where the tariff is above zero") // docs/sop/aturan.md, 6
)

// Config holds the optional settings of a Drawer.
type Config struct {
	// Open reads a photo of a visit from the file store; key is the SHA-256 of
	// its content. Without it, or if it fails with workflow.CodeNotFound, the
	// place of the photo says that it is missing.
	Open func(ctx context.Context, key string) (io.ReadCloser, error)
	// Shrink makes a photo small, in place of [picture.Shrink]; nil: no picture to show.
	// An error is a passing fault.
	Shrink func(ctx context.Context, photo io.Reader) (*image.RGBA, error)
	// Calendar counts the last days of an applicant's remedies in a [Drawer.Summary]; nil: they
	// are not told.
	Calendar workflow.WorkingTime
	// Certified says that signed letters get a certified electronic signature
	// afterwards. Without it every signature is marked "CONTOH – TIDAK SAH".
	Certified bool
}

// Drawer draws letters. It may be used from several goroutines at once.
type Drawer struct {
	office Office
	cfg    Config
	texts  Texts
	broken error // the built-in texts cannot be read
	fonts  fontSet
	shrunk shrunk
}

// New makes a Drawer for an office. It prepares the fonts, which takes a moment,
// so one Drawer should serve the whole program.
func New(office Office, cfg Config) *Drawer {
	if cfg.Shrink == nil {
		cfg.Shrink = shrinkHere
	}
	d := &Drawer{office: office, cfg: cfg, fonts: cutFonts()}
	if office.letterTexts != nil {
		d.texts = *office.letterTexts
	} else {
		d.texts, d.broken = DefaultTexts()
	}
	return d
}

// letter is one letter while it is drawn.
type letter struct {
	*canvas
	footer    footer
	office    Office
	texts     Texts
	fields    Fields
	certified bool
	sop       *workflow.SOP
	c         workflow.Case
	l         workflow.Letter
	def       workflow.LetterDef
	step      workflow.Step
	copy      Copy
	pictures  []printed
	signedAt  position // start of the signature block
}

// position is a place in the document.
type position struct {
	page int
	y    float64
}

// kind is a kind of letter and how it is drawn.
type kind struct {
	name   workflow.LetterKind
	paint  func(*letter)
	signed bool // carries the signature of an official
}

func kinds() []kind {
	return []kind{
		{name: kindClarification, paint: (*letter).clarification},
		{name: kindReceipt, paint: (*letter).receipt},
		{name: kindDisposition, paint: (*letter).disposition},
		{name: kindRequest, paint: (*letter).request, signed: true},
		{name: kindAssignment, paint: (*letter).assignment, signed: true},
		{name: kindVisitReport, paint: (*letter).visitReport},
		{name: kindRecommendation, paint: (*letter).recommendation},
		{name: kindRefusal, paint: (*letter).refusal, signed: true},
		{name: kindPermit, paint: (*letter).permit, signed: true},
		{name: kindCharge, paint: (*letter).charge},
	}
}

// Draw gives a copy of the letter l of case c as PDF. The same arguments give the
// same bytes. A letter that takes several pages is set a little tighter if that spares one. Values that the case does not hold yet are printed as a dash or dots, so
// that a draft can be drawn at any time. It fails with [ErrUnknownKind],
// [ErrNoTariff], or if a photo cannot be read.
func (d *Drawer) Draw(ctx context.Context, sop *workflow.SOP, c workflow.Case, l workflow.Letter, copied Copy) ([]byte, error) {
	if d.broken != nil {
		return nil, d.broken
	}
	k, ok := kindOf(l.Kind)
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrUnknownKind, l.Kind)
	}
	if k.name == kindCharge && sop.Tariff <= 0 {
		return nil, ErrNoTariff
	}
	p := letter{office: d.office, texts: d.texts, certified: d.cfg.Certified, sop: sop, c: c, l: l, copy: copied}
	p.def = letterDef(sop, l.Kind)
	p.step, _ = sop.Step(l.Step)
	p.fields = p.values()
	var err error
	if p.footer, err = newFooter(d.office.VerifyURL(c.ID, l.ID)); err != nil {
		return nil, err
	}
	if k.name == kindVisitReport && c.Visit != nil {
		if p.pictures, err = d.loadPhotos(ctx, c.Visit.Photos); err != nil {
			return nil, err
		}
	}
	best := d.painted(p, k, spacings()[0])
	for _, tighter := range spacings()[1:] {
		if best.pdf.PageCount() == 1 {
			break
		}
		if other := d.painted(p, k, tighter); other.pdf.PageCount() < best.pdf.PageCount() {
			best = other
		}
	}
	best.footers()
	return best.bytes()
}

// painted gives the letter p set with a spacing, without its footers.
func (d *Drawer) painted(p letter, k kind, set spacing) *letter {
	p.canvas = newCanvas(d.fonts, set, p.def.Title+" "+string(p.c.ID), d.office.Name, p.date())
	p.bottom = p.footer.top()
	p.onPage = p.underlay
	p.newPage()
	k.paint(&p)
	if p.copy == Archive && p.signedAt.page == 0 {
		p.gap(6)
		p.parafBox(body())
	}
	return &p
}

func kindOf(name workflow.LetterKind) (kind, bool) {
	for _, k := range kinds() {
		if k.name == name {
			return k, true
		}
	}
	return kind{}, false
}

// letterDef gives the procedure's own heading of a kind, or one made of the
// kind's name.
func letterDef(sop *workflow.SOP, name workflow.LetterKind) workflow.LetterDef {
	def, _ := sop.Letter(name)
	words := strings.ReplaceAll(string(name), "_", " ")
	if def.Title == "" {
		def.Title = strings.ToUpper(words)
	}
	if def.About == "" {
		def.About = words
	}
	return def
}

// date is the day that the letter bears: that of its signature, or that of its
// making if nobody signs it or has signed it yet.
func (p *letter) date() time.Time {
	if p.l.Signed != nil {
		return p.l.Signed.At
	}
	return p.l.Made.At
}

func (p *letter) draft() bool { return p.l.Status == workflow.LetterDraft }
