package letters

import (
	"fmt"

	"izinbot/workflow"
)

const (
	// moduleSide is the side of a module of the footer's QR code in millimetres: three pixels on
	// a screen of 96 dpi, of which cameras and programs make out each.
	moduleSide = 0.8
	// quietZone is the white around a QR code that readers want, in modules.
	quietZone = 4
)

// footer is what stands below the text on every page.
type footer struct {
	address string // of the verification page
	code    qrCode
}

// newFooter encodes the address with little correction of errors: larger modules are read more
// surely than small ones that are corrected.
func newFooter(address string) (footer, error) {
	code, err := newQR(address, lowCorrection)
	return footer{address, code}, err
}

func (f footer) side() float64 { return float64(f.code.size) * moduleSide }

// top is where the text of a page ends.
func (f footer) top() float64 { return paperEdge - f.side() - quietZone*moduleSide - 2 }

// footers prints on every page, now that their number is known: the QR code that
// leads to the verification page, what the law says about an electronic
// document, the office's name and the page number.
func (p *letter) footers() {
	words := p.footerWords() + " Periksa keaslian surat ini dengan memindai kode QR atau membuka " + p.footer.address
	pages := p.pdf.PageCount()
	beside := box{leftEdge + p.footer.side() + quietZone*moduleSide, 0}
	beside.w = rightEdge - beside.x
	for no := 1; no <= pages; no++ {
		p.page(no)
		p.font(regular, smallSize)
		p.rule(body(), p.bottom+1.5, 0.2)
		verify := func() { p.verification(beside, words) }
		if no == 1 { // read out once
			verify()
		} else {
			p.marks.Artifact("Footer", verify)
		}
		p.marks.Artifact("Footer", func() {
			p.grey(70)
			last := paperEdge - p.lineHeight()
			name := p.wrap(p.office.FullName(), beside.w)
			for i, l := range name {
				p.put(beside, last-float64(len(name)-i)*p.lineHeight(), alignLeft, l.text)
			}
			p.put(beside, last, alignLeft, string(p.c.ID))
			p.put(beside, last, alignRight, fmt.Sprintf("halaman %d dari %d", no, pages))
			p.grey(0)
		})
	}
}

// verification is the QR code and the words beside it.
func (p *letter) verification(beside box, words string) {
	p.qr(p.footer.code, "Kode QR ke "+p.footer.address, leftEdge, paperEdge-p.footer.side(), p.footer.side())
	p.grey(70)
	y := paperEdge - p.footer.side() - 0.5
	p.marks.Text(func() {
		for _, l := range p.wrap(words, beside.w) {
			p.putLine(beside, y, alignLeft, l)
			y += p.lineHeight()
		}
	})
	p.grey(0)
}

// footerWords say what the document is in law (UU 11/2008 as amended, ITE).
func (p *letter) footerWords() string {
	const law = "Informasi Elektronik dan/atau Dokumen Elektronik dan/atau hasil cetaknya merupakan alat bukti hukum yang sah (UU ITE Pasal 5 ayat 1)."
	switch {
	case p.l.Status == workflow.LetterVoid:
		return "Surat ini batal dan tidak berlaku."
	case p.draft():
		return "Draf; belum berlaku sebagai surat dinas."
	case p.l.Signed != nil && p.certified:
		return "Dokumen ini ditandatangani secara elektronik. " + law
	case p.l.Signed != nil:
		return "Dokumen ini ditandatangani secara elektronik. " + law + " Tanda tangan pada dokumen ini CONTOH – TIDAK SAH."
	}
	return "Dokumen ini dibuat secara elektronik oleh sistem perizinan. " + law
}
