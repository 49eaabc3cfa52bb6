package letters

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"

	"izinbot/workflow"
)

//go:embed office.yaml
var sampleOffice []byte

// Office holds the data of the office that letters print. An office edits it as a YAML
// file; the tags are the keys of that file.
type Office struct {
	Government     string        `yaml:"pemerintah"`    // first line of the letterhead
	Name           string        `yaml:"nama"`          // full name of the dinas
	ShortName      string        `yaml:"singkatan"`     //
	Address        string        `yaml:"alamat"`        //
	Seat           string        `yaml:"tempat"`        // letter-spaced in the letterhead, and part of the date line
	Phone          string        `yaml:"telepon"`       // optional
	Email          string        `yaml:"pos_el"`        // optional
	Website        string        `yaml:"laman"`         // optional
	Code           string        `yaml:"kode_opd"`      // of the dinas, in letter numbers
	NumberFormats  NumberFormats `yaml:"format_nomor"`  // see FormatNumber
	PublicURL      string        `yaml:"url_publik"`    // base of the status and verification pages, without a slash at the end
	Complaints     string        `yaml:"pengaduan"`     // how to complain, as printed
	TeamHead       string        `yaml:"tim_teknis"`    // addressee of the request to the Tim Teknis, a title
	Superior       string        `yaml:"atasan"`        // title of the superior of the head of the dinas, for appeals
	TeamTown       string        `yaml:"tim_teknis_di"` // where that addressee is; the office's seat if it is left out
	Area           Area          `yaml:"wilayah"`       // optional; Kabupaten Dairi if it is left out
	EmblemFile     string        `yaml:"lambang"`       // optional PNG, beside the office file; see ReadFiles
	TextsDir       string        `yaml:"teks_surat"`    // optional directory of text blocks, beside the office file; see ReadFiles
	TeamLetterhead Letterhead    `yaml:"kop_tim_teknis"`
	Charge         Charge        `yaml:"skrd"`

	emblem      emblem
	letterTexts *Texts // nil: the built-in ones

	// Bases lists the regulations that letters rest on, by the code of the procedure, each with its
	// title ("… tentang …"). Those of the procedure that it does not name are added.
	Bases map[string][]string `yaml:"dasar_surat"`
	// Untitled are the kinds of letters in which the signatory's name stands without academic and
	// other titles, as Permendagri 1/2023 article 44 wants it of a penetapan.
	Untitled []workflow.LetterKind `yaml:"nama_tanpa_gelar"`
	// CopiesTo lists who gets a copy (tembusan) of a kind of letter.
	CopiesTo map[workflow.LetterKind][]string `yaml:"tembusan"`
	// Limits says what a permit is not, by the code of its procedure (docs/sop/aturan.md, 10).
	Limits map[string][]string `yaml:"batasan"`
}

// Letterhead is the kop of another office.
type Letterhead struct {
	Government string `yaml:"pemerintah"` // that of the office if it is left out
	Name       string `yaml:"nama"`       // empty: there is no other letterhead
	Address    string `yaml:"alamat"`
	Seat       string `yaml:"tempat"`
	Phone      string `yaml:"telepon"`
	Email      string `yaml:"pos_el"`
	Website    string `yaml:"laman"`
}

// letterhead is the office's own.
func (o Office) letterhead() Letterhead {
	return Letterhead{
		Government: o.Government, Name: o.Name, Address: o.Address, Seat: o.Seat,
		Phone: o.Phone, Email: o.Email, Website: o.Website,
	}
}

// FullName is the office's name as running text writes it: "Dinas Penanaman Modal, Pelayanan Terpadu
// Satu Pintu dan Ketenagakerjaan" where the office file has it in capitals.
func (o Office) FullName() string {
	if o.Name != strings.ToUpper(o.Name) {
		return o.Name
	}
	words := strings.Fields(strings.ToLower(o.Name))
	for i, w := range words {
		if !slices.Contains([]string{"dan", "di", "untuk", "yang", "serta"}, w) {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}

// bases gives the regulations that letters of a procedure rest on: those of the office file with
// their titles, then those of the procedure that are not among them.
func (o Office) bases(sop *workflow.SOP) []string {
	out := slices.Clone(o.Bases[sop.Code])
	for _, have := range sop.LegalBasis {
		short := strings.TrimRight(have, "; ")
		if !slices.ContainsFunc(out, func(full string) bool { return full == short || strings.HasPrefix(full, short+" ") }) {
			out = append(out, have)
		}
	}
	return out
}

// Charge is what an SKRD says of its payment.
type Charge struct {
	Account string `yaml:"rekening"` // bank and number of the treasury's account
	// PayerNumber writes the payer's number (NPWRD); {resi} stands for the case's.
	PayerNumber string `yaml:"npwrd"`
	Days        int    `yaml:"hari_jatuh_tempo"` // from the day of the SKRD on
}

// Area is the circle for which the office is competent. A point outside of it is asked about.
type Area struct {
	Seat   string  `yaml:"pusat"`   // name of the place in the middle
	Lat    float64 `yaml:"lintang"` // of its middle, in degrees
	Lon    float64 `yaml:"bujur"`
	Radius float64 `yaml:"radius_km"`
}

// Distance gives how far a place is from the middle, in kilometres.
func (a Area) Distance(p workflow.Coordinates) float64 {
	return p.Distance(workflow.Coordinates{Lat: a.Lat, Lon: a.Lon}) / 1000
}

// dairi is a circle around Sidikalang that holds the Kabupaten Dairi.
func dairi() Area {
	return Area{Seat: "Sidikalang", Lat: 2.7431, Lon: 98.3126, Radius: 60}
}

// StatusURL is the page on which anybody may see how far a case is.
func (o Office) StatusURL(id workflow.CaseID) string {
	return o.PublicURL + "/s/" + url.PathEscape(string(id))
}

// VerifyURL is the page on which anybody may check that a letter is genuine.
func (o Office) VerifyURL(id workflow.CaseID, letter workflow.LetterID) string {
	return o.PublicURL + "/v/" + url.PathEscape(string(id)) + "/" + url.PathEscape(string(letter))
}
