package letters

import (
	"slices"
	"strings"

	"izinbot/workflow"
)

// signatureBox gives the column of a signature block: the right half of the page.
func signatureBox() box { return box{leftEdge + 83, textWidth - 83} }

// signatureHeight is the free height for the visible signature, millimetres. A
// certified signature, which is put in afterwards, has its picture there.
const signatureHeight = 17.0

// blockGap is the space between the text and a signature block.
const blockGap = 5.0

// blockHeight is the height of a signature block with some lines above the title:
// title, room for the signature, name, rank and NIP. What stands beside it may be higher; it
// counts in both copies, so that their pages end alike.
func (p *letter) blockHeight(above int) float64 {
	title := p.signerTitle()
	if p.l.Signed != nil {
		title = actingTitle(p.l.Signed.By)
	}
	lines := above + 3
	p.with(bold, bodySize, func() { lines += len(p.wrap(title+",", signatureBox().w)) })
	return blockGap + max(float64(lines)*p.lineHeight()+signatureHeight, p.asideHeight())
}

// closingHeight is the height of the block "penutup" and the signature after it.
func (p *letter) closingHeight(above int) float64 {
	return p.sayHeight("penutup") + p.blockHeight(above)
}

// closing prints the block "penutup" on the page on which the signature will stand:
// a signature alone on a page could be put under another letter. above counts the
// lines of the signature block above its title.
func (p *letter) closing(above int) {
	p.need(p.closingHeight(above))
	p.say("penutup")
}

// listed prints a list under the heading in a block, or nothing if it is empty. The heading stays
// with the first item, the last item with what follows, of which tail is the height.
func (p *letter) listed(head string, items []string, tail float64) {
	if len(items) == 0 {
		return
	}
	p.gap(3)
	first := p.linesHeight(items[:1], textWidth-7)
	if len(items) == 1 {
		first += tail
	}
	p.need(p.sayHeight(head) + min(first, keepHeight))
	p.para(body(), alignLeft, p.words(head))
	p.numberedBefore(body(), items, tail)
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
	} else {
		p.signatory(b, p.l.Signed.By, p.signedMark())
	}
	p.aside()
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

// signerTitle gives the title of the official who will sign the letter.
func (p *letter) signerTitle() string {
	def := p.sop.Signatory(p.step)
	return or(def.Title, or(def.Name.ID, "Kepala Dinas"))
}

// officerHeight is the height of an officer's block with some lines above it.
func (p *letter) officerHeight(above int) float64 {
	lines := above + 2 + len(p.wrap(actingTitle(p.l.Made.By)+",", signatureBox().w))
	p.with(bold, bodySize, func() { lines += len(p.wrap(or(p.l.Made.By.Name, pending), signatureBox().w)) })
	return 8 + max(float64(lines)*p.lineHeight(), p.asideHeight())
}

// officerBlock prints the officer who made a letter that nobody signs.
func (p *letter) officerBlock(above ...string) {
	p.gap(4)
	p.need(p.officerHeight(len(above)) - 4)
	p.signedAt = position{p.pdf.PageNo(), p.y}
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
	p.aside()
}
