package letters

import (
	"fmt"

	"izinbot/workflow"
)

// footers prints on every page, now that their number is known: the QR code that
// leads to the verification page, what the law says about an electronic
// document, and the page number.
func (p *letter) footers() error {
	address := p.office.VerifyURL(p.c.ID, p.l.ID)
	code, err := newQR(address)
	if err != nil {
		return err
	}
	words := p.footerWords() + " Periksa keaslian surat ini dengan memindai kode QR atau membuka " + address
	pages := p.pdf.PageCount()
	for no := 1; no <= pages; no++ {
		p.page(no)
		p.font(regular, 7.5)
		p.rule(body(), bottomEdge+3, 0.2)
		verify := func() { p.verification(code, address, words) }
		if no == 1 { // read out once
			verify()
		} else {
			p.marks.Artifact("Footer", verify)
		}
		p.marks.Artifact("Footer", func() {
			p.grey(70)
			p.put(body(), bottomEdge+18.5, alignRight, fmt.Sprintf("%s · %s · halaman %d dari %d", p.office.ShortName, p.c.ID, no, pages))
			p.grey(0)
		})
	}
	return nil
}

// verification is the QR code and the words beside it.
func (p *letter) verification(code qrCode, address, words string) {
	p.qr(code, "Kode QR ke "+address, leftEdge, bottomEdge+5, 17)
	p.grey(70)
	y := bottomEdge + 5.2
	b := box{leftEdge + 21, textWidth - 21}
	p.marks.Text(func() {
		for _, l := range p.wrap(words, b.w) {
			p.putLine(b, y, alignLeft, l)
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
