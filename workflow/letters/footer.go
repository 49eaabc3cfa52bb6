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
		p.qr(code, leftEdge, bottomEdge+5, 17)
		p.grey(70)
		y := bottomEdge + 5.2
		for _, l := range p.wrap(words, textWidth-21) {
			p.put(box{leftEdge + 21, textWidth - 21}, y, alignLeft, l.text)
			y += p.lineHeight()
		}
		p.put(body(), bottomEdge+18.5, alignRight, fmt.Sprintf("%s · %s · halaman %d dari %d", p.office.ShortName, p.c.ID, no, pages))
		p.grey(0)
	}
	return nil
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
