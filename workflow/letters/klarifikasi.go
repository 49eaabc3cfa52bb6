package letters

import "strings"

// clarification is the Klarifikasi Berkas: the one consolidated list of what is
// missing or wrong (docs/sop/aturan.md, 1).
func (p *letter) clarification() {
	p.letterhead()
	p.title()
	p.facts(body(), 42, []fact{
		{p.numberLabel(), string(p.c.ID)},
		{"Pemohon", p.applicant()},
		{"Permohonan", p.sop.Permit.ID},
		{"Putaran", "ke-" + itoa(max(p.c.Round, 1))},
		{"Tanggal", moment(p.l.Made.At)},
	})
	p.gap(3)
	p.para(body(), alignJustify, "Berkas permohonan Bapak/Ibu telah kami periksa. Agar dapat diproses, mohon lengkapi atau perbaiki dokumen berikut. Dokumen lain tidak perlu dikirim ulang.")
	p.gap(2)
	rows := p.wanting()
	if len(rows) == 0 {
		rows = [][]string{{none, none, "Tidak ada dokumen yang perlu diperbaiki.", none}}
	}
	p.table(table{ruled: true, size: 10, rows: rows, cols: []column{
		{head: "No.", width: 10, align: alignCentre},
		{head: "Kode", width: 14, align: alignCentre},
		{head: "Dokumen", width: 62},
		{head: "Yang kurang dan cara memperbaikinya"},
	}})
	p.others()
	p.gap(4)
	if due := p.c.ReplyClock.Due; !due.IsZero() {
		p.with(bold, bodySize, func() {
			p.para(body(), alignJustify, "Mohon dijawab paling lambat "+dayAndDate(due)+", pukul "+clock(due)+".")
		})
	}
	p.para(body(), alignJustify, "Selama menunggu jawaban, waktu pelayanan berhenti dan tidak dihitung. Bila tidak dijawab sampai batas waktu"+p.replyTime()+", berkas ditutup sebagai tidak dilengkapi dan dapat dibuka kembali oleh Front Office. "+capital(p.tariff())+".")
	p.officerBlock(p.placeAndDate())
}

// numberLabel says what the case's number is to the applicant: a resi only once the
// file was complete (docs/sop/aturan.md, 1).
func (p *letter) numberLabel() string {
	if p.c.ServiceClock.Start.IsZero() {
		return "Nomor berkas"
	}
	return "Nomor resi"
}

func (p *letter) replyTime() string {
	if p.sop.ReplyTime.IsZero() {
		return ""
	}
	return " (" + workingTime(p.sop.ReplyTime) + ")"
}

// wanting lists the documents to send: number, code, name, fault.
func (p *letter) wanting() [][]string {
	var rows [][]string
	for _, code := range p.c.Asked(p.sop) {
		def, _ := p.sop.Document(code)
		reason := "Belum ada. Mohon dikirim."
		if doc, ok := p.c.Document(code); ok && doc.Verdict != nil {
			reason = or(doc.Verdict.Reason, "Tidak sesuai. Mohon dikirim ulang.")
		}
		rows = append(rows, []string{itoa(len(rows)+1) + ".", string(code), def.Name.ID, reason})
	}
	return rows
}

// inBrackets makes a note follow a sentence.
func inBrackets(note string) string {
	if strings.TrimSpace(note) == "" {
		return ""
	}
	return " (" + note + ")"
}
