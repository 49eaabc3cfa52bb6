package letters

import (
	"strings"

	"izinbot/workflow"
)

// clarification is the Klarifikasi Berkas: the one consolidated list of what is
// missing or wrong (sop.md rule 1).
func (p *letter) clarification() {
	p.letterhead()
	p.title()
	p.facts(body(), 42, []fact{
		{"Nomor resi/berkas", string(p.c.ID)},
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
	p.para(body(), alignJustify, "Selama menunggu jawaban, waktu pelayanan berhenti dan tidak dihitung. Bila tidak dijawab sampai batas waktu"+p.replyTime()+", berkas ditutup sebagai tidak dilengkapi dan dapat dibuka kembali oleh Front Office. Layanan ini "+p.tariff()+".")
	p.officerBlock(p.placeAndDate())
}

func (p *letter) replyTime() string {
	if p.sop.ReplyTime.IsZero() {
		return ""
	}
	return " (" + workingTime(p.sop.ReplyTime) + ")"
}

// wanting lists the documents to send: number, code, name, what is wrong.
func (p *letter) wanting() [][]string {
	required := map[workflow.DocCode]bool{}
	for _, d := range p.sop.Required(p.c.Form) {
		required[d.Code] = true
	}
	var rows [][]string
	for _, d := range p.sop.Documents {
		reason := ""
		doc, sent := p.c.Document(d.Code)
		switch {
		case !sent || len(doc.Files) == 0:
			if required[d.Code] {
				reason = "Belum ada. Mohon dikirim." + sentence(d.Note.ID)
			}
		case doc.Verdict != nil && !doc.Verdict.OK:
			reason = or(doc.Verdict.Reason, "Tidak sesuai. Mohon dikirim ulang.")
		}
		if reason != "" {
			rows = append(rows, []string{itoa(len(rows)+1) + ".", string(d.Code), d.Name.ID, reason})
		}
	}
	return rows
}

// sentence makes a note follow another sentence.
func sentence(note string) string {
	note = strings.TrimSpace(note)
	if note == "" {
		return ""
	}
	return " (" + note + ")"
}
