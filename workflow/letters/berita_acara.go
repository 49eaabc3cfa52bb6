package letters

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/workflow"
)

// visitReport is the Berita Acara Peninjauan Lapangan (step 7).
func (p *letter) visitReport() {
	p.letterhead()
	p.title()
	v := workflow.Visit{}
	if p.c.Visit != nil {
		v = *p.c.Visit
	}
	p.say("pembuka")
	p.gap(1)
	p.table(p.teamTable(body(), p.reporters(v)))
	p.gap(2)
	p.say("mandat")
	p.gap(1)
	p.facts(body(), 46, p.labelled("objek"))
	p.part("judul_keberadaan", 10, func() { p.presence(v) })
	p.part("judul_pemeriksaan", 10, func() { p.findings(v) })
	p.part("judul_foto", p.photoRoom(), p.photos)
	p.part("judul_pernyataan", 10, func() { p.quote(v.Statement) })
	p.part("judul_kesimpulan", 10, func() { p.quote(v.Conclusion) })
	p.others()
	p.approvals(v)
}

// reporters are the team of the Surat Perintah Tugas, or whoever made the visit.
func (p *letter) reporters(v workflow.Visit) []member {
	if team := p.team(); len(team) > 0 {
		return team
	}
	var out []member
	seen := map[string]bool{}
	for _, m := range append([]workflow.Mark{v.Started}, v.Approved...) {
		if a := m.By; a.Name != "" && !seen[a.Name] {
			seen[a.Name] = true
			out = append(out, member{a.Name, a.Rank, a.NIP, a.Title})
		}
	}
	return out
}

// part prints the heading in a block; it stays with the first room millimetres of what
// follows it.
func (p *letter) part(head string, room float64, draw func()) {
	p.gap(3.5)
	p.need(8 + room)
	p.heading(bodySize, p.words(head))
	p.gap(1)
	draw()
}

// findings prints the check table; a line without an answer is shown as such.
func (p *letter) findings(v workflow.Visit) {
	found := map[string]workflow.Finding{}
	for _, f := range v.Findings {
		found[f.Item] = f
	}
	var rows [][]string
	add := func(text string, f workflow.Finding, ok bool) {
		verdict := "belum diperiksa"
		if ok {
			verdict = "tidak sesuai"
			if f.OK {
				verdict = "sesuai"
			}
		}
		rows = append(rows, []string{itoa(len(rows)+1) + ".", text, orNone(f.Note), verdict})
	}
	for _, item := range p.checks() {
		f, ok := found[item.Key]
		add(item.Text, f, ok)
		delete(found, item.Key)
	}
	for _, f := range v.Findings { // of a checklist that is not this step's
		if _, left := found[f.Item]; left {
			add(f.Item, f, true)
		}
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, none, none, none})
	}
	p.table(table{ruled: true, size: 9.5, rows: rows, cols: p.headed("kepala_pemeriksaan",
		column{width: 10, align: alignCentre}, column{width: 64}, column{}, column{width: 27, align: alignCentre})})
}

// checks is the check table's lines: the step's, or those of the visit's step if
// the letter was made by another.
func (p *letter) checks() []workflow.CheckItem {
	if len(p.step.Checklist) > 0 {
		return p.step.Checklist
	}
	for _, st := range p.sop.Steps {
		if st.Kind == workflow.KindVisit {
			return st.Checklist
		}
	}
	return nil
}

// quote prints a statement or a conclusion.
func (p *letter) quote(text string) { p.para(body(), alignJustify, orNone(text)) }

// photoWidth and photoHeight are the room for a photo: two beside each other.
const (
	photoWidth  = (textWidth - 6) / 2
	photoHeight = 56.0
)

// photoRoom is the height of the first row of photos.
func (p *letter) photoRoom() float64 {
	if len(p.pictures) == 0 {
		return p.lineHeight()
	}
	return p.rowHeight(0)
}

// rowHeight is the height of the row of photos that begins with number i, with its captions.
func (p *letter) rowHeight(i int) float64 {
	lines := 0
	p.with(bold, smallSize, func() {
		for j := i; j < min(i+2, len(p.pictures)); j++ {
			said := p.caption(j+1, p.pictures[j].Photo) + "\n" + p.doubts(p.pictures[j].Photo)
			lines = max(lines, len(p.wrap(said, photoWidth)))
		}
	})
	return photoHeight + 1 + float64(lines)*smallSize*mmPerPoint*p.spacing.lines
}

// photos prints the pictures in two columns, each with its caption, when and where
// it was taken, when it was sent, and its hash.
func (p *letter) photos() {
	if len(p.pictures) == 0 {
		p.say("tanpa_foto")
		return
	}
	for i := 0; i < len(p.pictures); i += 2 {
		p.need(p.rowHeight(i))
		top, bottom := p.y, p.y
		for j := i; j < min(i+2, len(p.pictures)); j++ {
			p.y = top
			p.photo(j+1, p.pictures[j], box{leftEdge + float64(j-i)*(photoWidth+6), photoWidth})
			bottom = max(bottom, p.y)
		}
		p.y = bottom + 2
	}
}

func (p *letter) photo(no int, pic printed, at box) {
	top := p.y
	p.ornament(func() {
		p.pdf.SetDrawColor(170, 175, 180)
		p.pdf.Rect(at.x, top, at.w, photoHeight, "D")
		p.pdf.SetDrawColor(0, 0, 0)
	})
	if pic.jpeg == nil {
		p.y = top + photoHeight/2 - 3
		p.para(at, alignCentre, "(foto tidak dapat ditampilkan)")
	} else {
		p.image(no, pic, at, top)
	}
	p.y = top + photoHeight + 0.8
	p.with(regular, smallSize, func() { p.para(at, alignLeft, p.caption(no, pic.Photo)) })
	if doubts := p.doubts(pic.Photo); doubts != "" {
		p.with(bold, smallSize, func() { p.para(at, alignLeft, doubts) })
	}
}

// image places a photo in the middle of its room.
func (p *letter) image(no int, pic printed, at box, top float64) {
	const inner = 0.6
	scale := min((at.w-2*inner)/float64(pic.w), (photoHeight-2*inner)/float64(pic.h))
	w, h := float64(pic.w)*scale, float64(pic.h)*scale
	opts := fpdf.ImageOptions{ImageType: "JPEG"}
	p.pdf.RegisterImageOptionsReader(pic.File.SHA256, opts, bytes.NewReader(pic.jpeg))
	x, y := at.x+(at.w-w)/2, top+(photoHeight-h)/2
	p.figure("Foto "+itoa(no)+" dari peninjauan lapangan", box{x, w}, y, h, func() {
		p.pdf.ImageOptions(pic.File.SHA256, x, y, w, h, false, opts, 0, "")
	})
}

// caption says when and where a photo was taken, as its camera recorded it, how far that is from
// the declared site, when and by whom it was sent, and its hash.
func (p *letter) caption(no int, ph workflow.Photo) string {
	taken := "waktu kamera tidak ada"
	if !ph.Taken.IsZero() {
		taken = "diambil " + stamp(ph.Taken) + " WIB"
	}
	where := "koordinat kamera tidak ada"
	if ph.Coordinates != nil {
		where = coordinates(ph.Coordinates.Lat, ph.Coordinates.Lon)
		if site := p.c.Site(p.sop); site != nil {
			where += ", " + metres(ph.Coordinates.Distance(*site)) + " dari lokasi yang dinyatakan"
		}
	}
	said := ""
	if ph.Caption != "" {
		said = strings.Join(strings.Fields(ph.Caption), " ") + "\n"
	}
	return fmt.Sprintf("Foto %d: %s%s; dikirim %s WIB oleh %s\n%s\nSHA-256 %s", no, said, taken, stamp(ph.At), orNone(ph.By.Name), where, grouped(ph.File.SHA256))
}

// grouped writes a hash in groups of eight, so that it wraps and can be compared.
func grouped(hash string) string {
	var parts []string
	for len(hash) > 8 {
		parts, hash = append(parts, hash[:8]), hash[8:]
	}
	return strings.Join(append(parts, hash), " ")
}

// approvals are the closing sentence and, on the same page if they fit on one, the
// marks of the team and the applicant, or why the applicant's is missing.
func (p *letter) approvals(v workflow.Visit) {
	rows := make([][]string, 0, len(v.Approved)+1)
	for _, m := range v.Approved {
		rows = append(rows, []string{itoa(len(rows)+1) + ".", m.By.Name, "Tim Teknis", p.approvedAt(m)})
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, pending, "Tim Teknis", "menunggu persetujuan"})
	}
	last := []string{"", or(p.of(workflow.MeansHead), p.applicant()), "Pemohon", "menunggu persetujuan"}
	switch {
	case v.Agreed != nil:
		last[1], last[3] = or(v.Agreed.By.Name, last[1]), p.approvedAt(*v.Agreed)
	case v.Absent != nil:
		last[3] = "tidak ada persetujuan: " + orNone(v.Absent.Text) + " (dicatat " + orNone(v.Absent.By.Name) + ", " + stamp(v.Absent.At) + " WIB)"
	}
	last[0] = itoa(len(rows)+1) + "."
	rows = append(rows, last)
	p.gap(3)
	p.need(min(float64(len(rows)+2)*12, keepHeight))
	p.say("penutup")
	p.gap(4)
	p.table(table{ruled: true, size: 9.5, gap: 1.6, rows: rows, cols: p.headed("kepala_persetujuan",
		column{width: 10, align: alignCentre}, column{width: 55}, column{width: 27, align: alignCentre}, column{})})
}

func (p *letter) approvedAt(m workflow.Mark) string {
	s := "disetujui secara elektronik, " + stamp(m.At) + " WIB"
	if !p.certified {
		s += "\nCONTOH – TIDAK SAH"
	}
	return s
}
