package letters

import (
	"strconv"
	"strings"

	"izinbot/workflow"
)

// Fields are what the text blocks of letters may name, {{.Pemohon}}: facts of the case, the
// office and the letter as they are printed. The names are Indonesian because offices write
// them. Where it is not said otherwise a field is empty if the case does not hold its value
// yet; instants are printed as a dash then, and dates of a letter that waits for its
// signature as dots.
type Fields struct {
	// The procedure.
	Izin            string // name of the permit
	Tarif           string // "Rp 250.000"; empty if the permit costs nothing
	TarifTerbilang  string // the amount in words, without "rupiah"
	NPWRD           string // the payer's number, if the office file says how it is written
	Rekening        string // account to which is paid, if the office file names one
	JatuhTempo      string // last day of the payment, if the office file says how many there are
	LamaLayanan     string // "10 (sepuluh) hari kerja"
	DasarLayanan    string // the decree that promises it
	LamaJawab       string // to answer a clarification
	LamaPeninjauan  string // for the visit
	LamaRekomendasi string // for the recommendation
	LamaKeberatan   string // to object to a refusal, "21 (dua puluh satu) hari kerja"
	LamaBanding     string // to appeal against the answer to an objection

	// The office.
	Tempat    string // its seat
	TimTeknis string // title of the addressee of the request
	Atasan    string // title of the superior of the head of the dinas
	Pengaduan string // how to complain

	// The applicant's answers.
	Pemohon         string // the body, or the person where there is none
	PenanggungJawab string // the head of the body
	PenerimaKuasa   string // a proxy
	Penerima        string // addressee of a letter to the applicant
	LembagaPenerima string // the body, below the addressee
	Alamat          string // of the office in Indonesia
	TempatTujuan    string // where the addressee is
	Lokasi          string // address of the activity, on one line
	Koordinat       string // the declared point
	Bidang          string // field of service

	// The case.
	Resi                string
	AlamatStatus        string // web page of its state
	Putaran             string // number of the round of clarification
	JumlahDokumen       string // "4 (empat) dokumen", or a dash
	TanggalMasuk        string // "23 November 2026"
	WaktuMasuk          string // "Senin, 23 November 2026, 10.12 WIB"
	NomorAgenda         string // in the agenda of incoming letters
	SuratPemohon        string // the applicant's own letter, "nomor 01/YCH/XI/2026, tanggal 20 November 2026"
	TanggalLengkap      string // when the file was complete, or handed in if it is not
	MulaiLayanan        string // start of the service clock
	BatasLayanan        string // its end, with the time of day
	TanggalBatasLayanan string // its end, day and date
	BatasJawab          string // day and date until which a clarification is answered
	PukulBatasJawab     string // and the time of day

	// Earlier letters of the case, "Surat Perintah Tugas Nomor 1 tanggal 26 November 2026".
	SuratPermintaan string
	SuratPerintah   string
	BeritaAcara     string
	Rekomendasi     string

	// The letter.
	Nomor           string // or dots
	Hal             string // its subject
	Sifat           string // its urgency, if somebody chose one
	TanggalSurat    string // day of its signature, or of its making
	Tahun           string // and its year
	WaktuDibuat     string // when it was made
	WaktuSingkat    string // the same, "23/11/2026 11.30"
	Penandatangan   string // title of who signs it
	HariKunjungan   string // planned day of the visit
	LamaKunjungan   string // "1 (satu)", days
	HariPeninjauan  string // the day of the visit in words
	PukulPeninjauan string // and the time of day
	BerlakuSampai   string // last day of the permit
	DokumenBerbatas string // papers that the permit may not outlive, with their last days
	NamaSurat       string // what the letter is, "Surat Izin"; in a summary in English
	NomorSurat      string // the number; empty if the letter has none
	Kantor          string // the office's full name
	Kontak          string // telephone, e-mail and website; in a summary only
	BatasKeberatan  string // last day to object to a refusal; in a summary only
	BatasBanding    string // last day to appeal, if objected and answered on the last days; in a summary only
	Butir           string // the item at hand, in a block that is printed for each of several
}

// values gives the fields of the letter.
func (p *letter) values() Fields {
	var f Fields
	p.procedureFields(&f)
	p.applicantFields(&f)
	p.caseFields(&f)
	p.letterFields(&f)
	return f
}

func (p *letter) procedureFields(f *Fields) {
	f.Izin = p.sop.Permit.ID
	if p.sop.Tariff > 0 {
		f.Tarif, f.TarifTerbilang = rupiah(p.sop.Tariff), spell(int(p.sop.Tariff))
	}
	charge := p.office.Charge
	f.NPWRD, f.Rekening = strings.ReplaceAll(charge.PayerNumber, "{resi}", string(p.c.ID)), charge.Account
	if charge.Days > 0 {
		f.JatuhTempo = dayAndDate(p.date().AddDate(0, 0, charge.Days))
	}
	f.LamaLayanan, f.DasarLayanan = workingTime(p.sop.ServiceTime), p.sop.CharterBasis
	if !p.sop.ReplyTime.IsZero() {
		f.LamaJawab = workingTime(p.sop.ReplyTime)
	}
	f.LamaKeberatan, f.LamaBanding = workingDays(workflow.ObjectionDays), workingDays(workflow.AppealDays)
	f.LamaPeninjauan, f.LamaRekomendasi = p.timeFor(workflow.KindVisit), p.timeFor(workflow.KindRecommend)
	f.Tempat, f.TimTeknis, f.Atasan, f.Pengaduan = p.seat(), p.office.TeamHead, p.office.Superior, p.office.Complaints
}

// timeFor is the working time that the procedure gives the first step of a kind.
func (p *letter) timeFor(kind workflow.Kind) string {
	for _, st := range p.sop.Steps {
		if st.Kind == kind && !st.Time.IsZero() {
			return workingTime(st.Time)
		}
	}
	return ""
}

func (p *letter) applicantFields(f *Fields) {
	f.Pemohon, f.PenanggungJawab = p.applicant(), p.of(workflow.MeansHead)
	f.PenerimaKuasa, f.Alamat, f.Lokasi = p.of(workflow.MeansProxy), p.of(workflow.MeansAddress), p.site()
	f.Koordinat, f.Bidang = p.shown(workflow.MeansSiteCoordinates), p.shown(workflow.MeansField)
	f.Penerima, f.TempatTujuan = or(f.PenanggungJawab, f.Pemohon), p.destination()
	if f.Penerima != f.Pemohon {
		f.LembagaPenerima = f.Pemohon
	}
}

func (p *letter) caseFields(f *Fields) {
	f.Resi, f.AlamatStatus = string(p.c.ID), p.office.StatusURL(p.c.ID)
	f.Putaran, f.JumlahDokumen = itoa(max(p.c.Round, 1)), p.enclosures()
	f.TanggalMasuk, f.WaktuMasuk, f.TanggalLengkap = date(p.c.Submitted), moment(p.c.Submitted), date(p.filed())
	if p.c.Agenda != nil {
		f.NomorAgenda = p.c.Agenda.Text
	}
	f.SuratPemohon = p.ownLetter()
	if at := p.c.ServiceClock.Start; !at.IsZero() {
		f.MulaiLayanan = moment(at)
	}
	if due := p.c.ServiceClock.Due; !due.IsZero() {
		f.BatasLayanan, f.TanggalBatasLayanan = moment(due), dayAndDate(due)
	}
	if due := p.c.ReplyClock.Due; !due.IsZero() {
		f.BatasJawab, f.PukulBatasJawab = dayAndDate(due), clock(due)
	}
	f.SuratPermintaan = p.cite(kindRequest, "Surat Permintaan Rekomendasi")
	f.SuratPerintah = p.cite(kindAssignment, "Surat Perintah Tugas")
	f.BeritaAcara = p.cite(kindVisitReport, "Berita Acara Peninjauan Lapangan")
	f.Rekomendasi = p.cite(kindRecommendation, "Rekomendasi Tim Teknis")
}

// ownLetter names the applicant's own letter by what was stated of it.
func (p *letter) ownLetter() string {
	var parts []string
	if n := flat(p.of(workflow.MeansLetterNumber)); n != "" {
		parts = append(parts, "nomor "+n)
	}
	if day := p.shown(workflow.MeansLetterDate); day != "" {
		parts = append(parts, "tanggal "+day)
	}
	return strings.Join(parts, ", ")
}

func (p *letter) letterFields(f *Fields) {
	f.Nomor, f.Hal, f.Sifat = p.number(), p.def.About, p.field(keyUrgency)
	f.TanggalSurat = date(p.date())
	if p.unsigned() {
		f.TanggalSurat = pending
	}
	f.Tahun = strconv.Itoa(p.date().In(workflow.WIB()).Year())
	f.WaktuDibuat, f.WaktuSingkat = moment(p.l.Made.At), stamp(p.l.Made.At)
	f.Penandatangan = p.signerTitle()
	f.HariKunjungan, f.LamaKunjungan = p.visitDay(), p.visitLength()
	began := p.l.Made.At
	if v := p.c.Visit; v != nil && !v.Started.At.IsZero() {
		began = v.Started.At
	}
	f.HariPeninjauan, f.PukulPeninjauan = dateInWords(began), clock(began)
	f.BerlakuSampai, f.DokumenBerbatas = p.validUntil(), p.expiring()
}
