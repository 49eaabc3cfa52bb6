package letters

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"izinbot/workflow"
)

// Printed for a missing value: in a finished letter, and in a draft.
const (
	none    = "–"
	pending = "……………………"
)

func orNone(s string) string { return or(s, none) }

func or(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// of gives the applicant's answer with a meaning.
func (p *letter) of(m workflow.Meaning) string { return p.c.Form.Of(p.sop.Form, m) }

// applicant gives the applying body's name, or the person's where there is none.
func (p *letter) applicant() string {
	return or(p.of(workflow.MeansBody), or(p.of(workflow.MeansHead), "pemohon resi "+string(p.c.ID)))
}

// shown is of as people write it.
func (p *letter) shown(m workflow.Meaning) string {
	for _, f := range p.sop.Form {
		if f.Meaning == m {
			return show(f, p.c.Form[f.Key])
		}
	}
	return ""
}

// site is the address of the activity on one line, with village and district if
// the form asks for them by themselves.
func (p *letter) site() string {
	parts := []string{flat(p.of(workflow.MeansSite))}
	for _, f := range p.sop.Form {
		if v := p.c.Form[f.Key]; v != "" && (f.Key == keyVillage || f.Key == keyDistrict) {
			v = flat(show(f, v))
			if f.Key == keyDistrict && !strings.HasPrefix(strings.ToLower(v), keyDistrict) {
				v = "Kecamatan " + v
			}
			parts = append(parts, v)
		}
	}
	return strings.TrimPrefix(strings.Join(parts, ", "), ", ")
}

// publicFacts gives the applicant's answers by their labels, in the form's order,
// without empty ones and without those that no letter prints: who needs them sees
// the file.
func (p *letter) publicFacts() []fact {
	identity := ""
	for _, f := range p.sop.Form {
		if f.Meaning == workflow.MeansIDNumber {
			identity = f.Group.ID
		}
	}
	var out []fact
	for _, f := range p.sop.Form {
		v := p.c.Form[f.Key]
		switch {
		case strings.TrimSpace(v) == "", slices.Contains(personal(), f.Meaning), slices.Contains(ownLetter(), f.Meaning):
		case identity != "" && f.Group.ID == identity && f.Meaning == "": // says what kind of number it is
		default:
			out = append(out, fact{f.Label.ID, show(f, v)})
		}
	}
	return out
}

// ownLetter lists what the receipt alone says of the applicant's own letter.
func ownLetter() []workflow.Meaning {
	return []workflow.Meaning{workflow.MeansLetterNumber, workflow.MeansLetterDate}
}

func personal() []workflow.Meaning {
	return []workflow.Meaning{workflow.MeansIDNumber, workflow.MeansEmail, workflow.MeansPhone, workflow.MeansValidUntil}
}

// show writes a value of a field as people do.
func show(f workflow.Field, v string) string {
	switch f.Type {
	case workflow.FieldDate:
		return formDate(v)
	case workflow.FieldCoordinates:
		if lat, lon, ok := parsePlace(v); ok {
			return coordinates(lat, lon)
		}
	case workflow.FieldChoice:
		for _, o := range f.Options {
			if o.Key == v {
				return o.Label.ID
			}
		}
	case workflow.FieldReasons:
		return strings.ReplaceAll(v, " | ", " – ")
	case workflow.FieldText, workflow.FieldLong, workflow.FieldEmail, workflow.FieldPhone,
		workflow.FieldNumber, workflow.FieldList, workflow.FieldOfficers:
	}
	return v
}

func parsePlace(s string) (lat, lon float64, ok bool) {
	a, b, found := strings.Cut(s, ",")
	lat, errLat := strconv.ParseFloat(strings.TrimSpace(a), 64)
	lon, errLon := strconv.ParseFloat(strings.TrimSpace(b), 64)
	return lat, lon, found && errLat == nil && errLon == nil
}

// field gives a value that the letter's maker filled in; choices and dates come as
// people write them.
func (p *letter) field(key string) string {
	v := p.l.Fields[key]
	for _, f := range p.step.Fields {
		if f.Key == key {
			return show(f, v)
		}
	}
	return v
}

// otherFacts gives the fields that no letter has a place for, by their labels:
// those of the step's form first, then the rest by key.
func (p *letter) otherFacts() []fact {
	known := knownKeys()
	var out []fact
	for _, f := range p.step.Fields {
		v := p.l.Fields[f.Key]
		if !known[f.Key] && !known[string(f.Meaning)] && strings.TrimSpace(v) != "" {
			out = append(out, fact{f.Label.ID, show(f, v)})
		}
		known[f.Key] = true
	}
	var rest []string
	for key, v := range p.l.Fields {
		if !known[key] && strings.TrimSpace(v) != "" {
			rest = append(rest, key)
		}
	}
	slices.Sort(rest)
	for _, key := range rest {
		out = append(out, fact{strings.ReplaceAll(key, "_", " "), p.l.Fields[key]})
	}
	return out
}

// others prints otherFacts, if there are any.
func (p *letter) others() {
	if list := p.otherFacts(); len(list) > 0 {
		p.gap(2)
		p.facts(body(), 48, list)
	}
}

// othersHeight is about the height of otherFacts.
func (p *letter) othersHeight() float64 { return float64(len(p.otherFacts())) * (p.lineHeight() + 0.6) }

// list gives the lines of a field that are not empty.
func list(v string) []string {
	var out []string
	for l := range strings.SplitSeq(clean(v), "\n") {
		if l != "" {
			out = append(out, l)
		}
	}
	return out
}

// cells splits the lines of a field at their bars into n cells each; bars too
// many stay in the last cell.
func cells(v string, n int) [][]string {
	var out [][]string
	for _, l := range list(v) {
		row := make([]string, n)
		for i, part := range strings.SplitN(l, "|", n) {
			row[i] = strings.TrimSpace(part)
		}
		out = append(out, row)
	}
	return out
}

// latest gives the case's last letter of a kind that was not void.
func (p *letter) latest(name workflow.LetterKind) (workflow.Letter, bool) {
	for _, l := range slices.Backward(p.c.Letters) {
		if l.Kind == name && l.Status != workflow.LetterVoid {
			return l, true
		}
	}
	return workflow.Letter{}, false
}

// cite names an earlier letter of the case, "Surat Perintah Tugas Nomor 1 tanggal
// 23 November 2026", or nothing if there is none.
func (p *letter) cite(name workflow.LetterKind, words string) string {
	l, ok := p.latest(name)
	if !ok {
		return ""
	}
	number := l.Fields[keyOwnNumber]
	if l.Number != nil {
		number = l.Number.Text
	}
	if number != "" {
		words += " Nomor " + number
	}
	at := l.Made.At
	if l.Signed != nil {
		at = l.Signed.At
	}
	return words + " tanggal " + date(at)
}

// filed gives the instant at which the file was complete, or handed in if it is not.
func (p *letter) filed() time.Time {
	if l, ok := p.latest(kindReceipt); ok {
		return l.Made.At
	}
	return p.c.Submitted
}

// number is the letter's number, or dots where it will be. A recommendation may have one
// that the Tim Teknis gave it.
func (p *letter) number() string {
	if own := p.field(keyOwnNumber); own != "" && p.l.Kind == kindRecommendation {
		return own
	}
	if p.l.Number != nil {
		return p.l.Number.Text
	}
	return pending
}

func itoa(n int) string { return strconv.Itoa(n) }

// wholeNumber reads a count that a person typed.
func wholeNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0
}

// initials writes a name's first letters, as a paraf has them: "SC" for "Siti
// Contoh"; without says what to print for nobody.
func initials(name, without string) string {
	var out []rune
	for w := range strings.FieldsSeq(flat(name)) {
		if r := []rune(w)[0]; unicode.IsLetter(r) && len(out) < 3 {
			out = append(out, unicode.ToUpper(r))
		}
	}
	return or(string(out), without)
}
