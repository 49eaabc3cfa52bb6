package letters

import (
	"slices"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/pdfa"
)

// signatureBox gives the column of a signature block: the right half of the page.
func signatureBox() box { return box{leftEdge + 83, textWidth - 83} }

// signatureHeight is the free height for the visible signature, millimetres. A
// certified signature, which is put in afterwards, has its picture there.
const signatureHeight = 17.0

// blockGap is the space between the text and a signature block.
const blockGap = 5.0

// blockHeight is the height of a signature block with some lines above the title:
// title, room for the signature, name, rank and NIP.
func (p *letter) blockHeight(above int) float64 {
	title := p.signerTitle()
	if p.l.Signed != nil {
		title = actingTitle(p.l.Signed.By)
	}
	lines := above + 3
	p.with(bold, bodySize, func() { lines += len(p.wrap(title+",", signatureBox().w)) })
	return blockGap + float64(lines)*p.lineHeight() + signatureHeight
}

// closing prints the block "penutup" on the page on which the signature will stand:
// a signature alone on a page could be put under another letter. above counts the
// lines of the signature block above its title.
func (p *letter) closing(above int) {
	sentence := p.words("penutup")
	p.need(float64(len(p.wrap(sentence, textWidth)))*p.lineHeight() + p.blockHeight(above))
	p.para(body(), alignJustify, sentence)
}

// signature prints the block of the official who signs the letter.
func (p *letter) signature(above ...string) {
	p.need(p.blockHeight(len(above)))
	p.gap(blockGap)
	p.signedAt = position{p.pdf.PageNo(), p.y}
	b := signatureBox()
	for _, line := range above {
		p.para(b, alignLeft, line)
	}
	if p.l.Signed == nil {
		p.signatory(b, workflow.Actor{Title: p.signerTitle(), Name: pending, Rank: pending, NIP: pending}, "")
		return
	}
	p.signatory(b, p.l.Signed.By, p.signedMark())
}

// signatory prints title, room for the signature with its mark, name, rank and
// NIP.
func (p *letter) signatory(b box, who workflow.Actor, mark string) {
	p.with(bold, bodySize, func() { p.para(b, alignLeft, actingTitle(who)+",") })
	top := p.y
	if mark != "" {
		p.stamped(b, mark)
	}
	p.y = top + signatureHeight
	p.with(bold, bodySize, func() { p.para(b, alignLeft, or(p.signedName(who.Name), pending)) })
	if who.Rank != "" {
		p.para(b, alignLeft, who.Rank)
	}
	if who.NIP != "" {
		p.para(b, alignLeft, "NIP. "+who.NIP)
	}
}

// signedName is a signatory's name, without titles where the office file asks for it.
func (p *letter) signedName(name string) string {
	if !slices.Contains(p.office.Untitled, p.l.Kind) {
		return name
	}
	return untitled(name)
}

// untitled leaves out the titles before and after a name: "Drs. H. Budi CONTOH, M.Si." is
// "Budi CONTOH". An initial, as in "M. Contoh", is a part of the name.
func untitled(name string) string {
	name, _, _ = strings.Cut(name, ",")
	words := strings.Fields(name)
	for len(words) > 1 && isTitle(words[0]) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// isTitle tells whether a word is a title that stands before names.
func isTitle(word string) bool {
	return slices.Contains([]string{
		"prof.", "dr.", "dra.", "drs.", "ir.", "drg.", "drh.", "h.", "hj.", "k.h.", "kh.", "pdt.", "st.", "apt.", "ns.",
	}, strings.ToLower(word))
}

// signedMark gives the text in the place of a signature by hand.
func (p *letter) signedMark() string {
	mark := "Ditandatangani secara elektronik\n" + moment(p.l.Signed.At)
	if !p.certified {
		mark += "\nCONTOH – TIDAK SAH"
	}
	return mark
}

// stamped prints a signature's mark in its box.
func (p *letter) stamped(b box, mark string) {
	p.ornament(func() {
		p.pdf.SetDrawColor(120, 130, 140)
		p.pdf.RoundedRect(b.x, p.y+2, 62, signatureHeight-4, 1.2, "1234", "D")
		p.pdf.SetDrawColor(0, 0, 0)
	})
	p.y += 3.2
	p.with(regular, 8.5, func() {
		for text := range strings.SplitSeq(mark, "\n") {
			warn := strings.HasPrefix(text, "CONTOH")
			if warn {
				p.font(bold, 9.5)
				p.pdf.SetTextColor(170, 20, 20)
			}
			p.para(box{b.x + 2.5, 59}, alignLeft, text)
			p.grey(0)
		}
	})
}

// actingTitle is the official's title with the mark of a stand-in (rule 11).
func actingTitle(a workflow.Actor) string {
	title := or(a.Title, string(a.Role))
	if a.Acting != "" {
		return a.Acting + " " + title
	}
	return title
}

// signerTitle gives the title of the official who will sign the letter: the step's own signer, or
// the role of the signing step that the draft goes to.
func (p *letter) signerTitle() string {
	role := p.step.Signer
	at := p.step
	for range p.sop.Steps { // as many at most: a drawn procedure may have loops
		if role != "" {
			break
		}
		if at.Kind == workflow.KindSign {
			role = at.Role
		}
		next, ok := at.Branch(workflow.OutcomeNext)
		if !ok {
			break
		}
		if at, ok = p.sop.Step(next.To); !ok {
			break
		}
	}
	def, _ := p.sop.RoleDef(role)
	return or(def.Title, or(def.Name.ID, "Kepala Dinas"))
}

// officerBlock prints the officer who made a letter that nobody signs.
func (p *letter) officerBlock(above ...string) {
	p.gap(4)
	p.need(30)
	b := signatureBox()
	for _, line := range above {
		p.para(b, alignLeft, line)
	}
	who := p.l.Made.By
	p.para(b, alignLeft, actingTitle(who)+",")
	p.y += 2
	p.grey(90)
	p.with(regular, 9, func() { p.para(b, alignLeft, p.sharedWords("dibuat")) })
	p.grey(0)
	p.y += 2
	p.with(bold, bodySize, func() { p.para(b, alignLeft, or(who.Name, pending)) })
	if who.NIP != "" {
		p.para(b, alignLeft, "NIP. "+who.NIP)
	}
}

// copies prints the list of the other addressees (tembusan).
func (p *letter) copies() {
	who := p.office.CopiesTo[p.l.Kind]
	if len(who) == 0 {
		return
	}
	b := box{leftEdge, textWidth - signatureBox().w - 5}
	p.with(regular, 9.5, func() {
		list := []string{p.sharedWords("judul_tembusan")}
		lines := 1
		for i, w := range who {
			list = append(list, itoa(i+1)+".  "+w)
			lines += len(p.wrap(list[i+1], b.w))
		}
		bottom := p.y
		p.y = p.besideSignature(float64(lines) * p.lineHeight())
		p.para(b, alignLeft, list[0])
		p.marks.In(pdfa.Element{Role: "L"}, func() {
			for _, l := range list[1:] {
				p.marks.In(pdfa.Element{Role: "LI"}, func() {
					p.marks.In(pdfa.Element{Role: "LBody"}, func() { p.para(b, alignLeft, l) })
				})
			}
		})
		if p.pdf.PageNo() == p.signedAt.page {
			p.y = max(p.y, bottom)
		}
	})
}

// besideSignature gives the top of an element of height h that ends level with the
// signature block, or begins with it if it is higher.
func (p *letter) besideSignature(h float64) float64 {
	if p.pdf.PageNo() != p.signedAt.page {
		return p.y
	}
	return max(p.y-h, p.signedAt.y)
}

// parafBox prints the paraf hierarki on the archive's copy: the initials of this
// revision so far, and the signature.
func (p *letter) parafBox() {
	rows := make([][]string, 0, len(p.l.Initials)+1)
	for _, m := range p.l.Initials {
		rows = append(rows, []string{itoa(len(rows) + 1), actingTitle(m.By), m.By.Name, "paraf", stamp(m.At)})
	}
	if m := p.l.Signed; m != nil {
		rows = append(rows, []string{itoa(len(rows) + 1), actingTitle(m.By), m.By.Name, "tanda tangan", stamp(m.At)})
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, "belum ada paraf", "", "", ""})
	}
	p.gap(6)
	p.need(float64(len(rows)+2) * 10)
	p.heading(9.5, "PARAF HIERARKI")
	p.table(table{ruled: true, size: 9, rows: rows, cols: []column{
		{head: "No.", width: 9, align: alignCentre},
		{head: "Jabatan"},
		{head: "Nama", width: 45},
		{head: "Tanda", width: 22, align: alignCentre},
		{head: "Waktu (WIB)", width: 30, align: alignCentre},
	}})
}
