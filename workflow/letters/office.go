package letters

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

//go:embed office.yaml
var sampleOffice []byte

// Office holds the data of the office that letters print. An office edits it as a YAML
// file; the tags are the keys of that file.
type Office struct {
	Government    string        `yaml:"pemerintah"`   // first line of the letterhead
	Name          string        `yaml:"nama"`         // full name of the dinas
	ShortName     string        `yaml:"singkatan"`    //
	Address       string        `yaml:"alamat"`       //
	Seat          string        `yaml:"tempat"`       // letter-spaced in the letterhead, and part of the date line
	Phone         string        `yaml:"telepon"`      // optional
	Email         string        `yaml:"pos_el"`       // optional
	Website       string        `yaml:"laman"`        // optional
	Code          string        `yaml:"kode_opd"`     // of the dinas, in letter numbers
	NumberFormats NumberFormats `yaml:"format_nomor"` // see FormatNumber
	PublicURL     string        `yaml:"url_publik"`   // base of the status and verification pages, without a slash at the end
	Complaints    string        `yaml:"pengaduan"`    // how to complain, as printed
	TeamHead      string        `yaml:"tim_teknis"`   // addressee of the request to the Tim Teknis, a title
	Superior      string        `yaml:"atasan"`       // title of the superior of the head of the dinas, for appeals
	Area          Area          `yaml:"wilayah"`      // optional; Kabupaten Dairi if it is left out

	// CopiesTo lists who gets a copy (tembusan) of a kind of letter.
	CopiesTo map[workflow.LetterKind][]string `yaml:"tembusan"`
	// Limits says what a permit is not, by the code of its procedure (docs/sop/aturan.md, 10).
	Limits map[string][]string `yaml:"batasan"`
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

// DefaultOffice is the embedded sample, whose values are obviously made up.
func DefaultOffice() (Office, error) { return ParseOffice(sampleOffice) }

// ParseOffice reads an office file. Unknown keys, missing values and a number
// format that would give the same number twice are refused; the error lists
// every fault with its line.
func ParseOffice(src []byte) (Office, error) {
	o := Office{Area: dairi()}
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(&o); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("baris 1: berkasnya kosong")
		}
		return Office{}, fmt.Errorf("berkas kantor: %w", err)
	}
	o.normalize()
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	if err := errors.Join(o.faults(lineFinder(src))...); err != nil {
		return Office{}, fmt.Errorf("berkas kantor: %w", err)
	}
	return o, nil
}

// normalize puts all that letters print through the gate for text.
func (o *Office) normalize() {
	for _, s := range o.printed() {
		*s = normalize.Line(*s)
	}
	o.NumberFormats.normalize()
	for _, lines := range o.Limits {
		normalizeAll(lines)
	}
	for _, lines := range o.CopiesTo {
		normalizeAll(lines)
	}
}

func normalizeAll(lines []string) {
	for i := range lines {
		lines[i] = normalize.Line(lines[i])
	}
}

// printed lists the fields that letters print.
func (o *Office) printed() []*string {
	return []*string{
		&o.Government, &o.Name, &o.ShortName, &o.Address, &o.Seat, &o.Phone, &o.Email, &o.Website,
		&o.Code, &o.Complaints, &o.TeamHead, &o.Superior,
	}
}

func (o Office) faults(line func(key string) int) []error {
	var faults []error
	report := func(key, what string) {
		faults = append(faults, fmt.Errorf("baris %d: %s %s", line(key), key, what))
	}
	for _, v := range []struct{ key, value string }{
		{"pemerintah", o.Government},
		{"nama", o.Name},
		{"singkatan", o.ShortName},
		{"alamat", o.Address},
		{"tempat", o.Seat},
		{"kode_opd", o.Code},
		{"url_publik", o.PublicURL},
		{"pengaduan", o.Complaints},
		{"tim_teknis", o.TeamHead},
		{"atasan", o.Superior},
	} {
		if strings.TrimSpace(v.value) == "" {
			report(v.key, "belum diisi")
		}
	}
	texts := slices.Collect(maps.Values(o.NumberFormats))
	for _, v := range o.printed() {
		texts = append(texts, *v)
	}
	for _, v := range texts {
		if bad, ok := Printable(v); !ok {
			faults = append(faults, fmt.Errorf("tanda %s tidak bisa dicetak pada surat: %q", normalize.SignIn(v, bad), v))
		}
	}
	if a := o.Area; a.Seat == "" || a.Radius <= 0 || a.Lat == 0 && a.Lon == 0 {
		report("wilayah", "harus memuat pusat, lintang, bujur dan radius_km")
	}
	o.NumberFormats.faults(report)
	if u, err := url.Parse(o.PublicURL); o.PublicURL != "" && (err != nil || u.Scheme == "" || u.Host == "") {
		report("url_publik", "harus alamat seperti https://izin.contoh.go.id")
	}
	return faults
}

// lineFinder tells on which line of a YAML mapping a key stands, or 1. A key of a mapping in
// it is "outer.inner".
func lineFinder(src []byte) func(key string) int {
	lines := map[string]int{}
	var note func(prefix string, mapping *yaml.Node)
	note = func(prefix string, mapping *yaml.Node) {
		for i := 0; i+1 < len(mapping.Content) && mapping.Kind == yaml.MappingNode; i += 2 {
			key := mapping.Content[i]
			lines[prefix+key.Value] = key.Line
			if prefix == "" {
				note(key.Value+".", mapping.Content[i+1])
			}
		}
	}
	var doc yaml.Node
	if yaml.Unmarshal(src, &doc) == nil && len(doc.Content) == 1 {
		note("", doc.Content[0])
	}
	return func(key string) int { return max(lines[key], 1) }
}

// StatusURL is the page on which anybody may see how far a case is.
func (o Office) StatusURL(id workflow.CaseID) string {
	return o.PublicURL + "/s/" + url.PathEscape(string(id))
}

// VerifyURL is the page on which anybody may check that a letter is genuine.
func (o Office) VerifyURL(id workflow.CaseID, letter workflow.LetterID) string {
	return o.PublicURL + "/v/" + url.PathEscape(string(id)) + "/" + url.PathEscape(string(letter))
}
