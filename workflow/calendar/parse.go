package calendar

import (
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// The keys of the file; the kinds of days off are keys too.
const (
	keyHours        = "jam kerja"
	keyFastingHours = "jam kerja ramadan"
	keyRamadan      = "ramadan"
)

// Parse reads a calendar file; kalender.yaml in this directory shows its form.
// It is strict, because a misspelt holiday would move every deadline: whatever
// it does not know or that contradicts itself makes it fail with a
// [*ParseError] that lists every fault with its line.
func Parse(src []byte) (*Calendar, error) {
	var p parser
	root := p.document(src)
	if root == nil {
		return nil, p.err()
	}
	p.sections(root)
	if err := p.err(); err != nil {
		return nil, err
	}
	return newCalendar(p.normal, p.fasting, p.months, p.holidays), nil
}

// parser reads one file and goes on after a fault.
type parser struct {
	faults
	normal, fasting week
	months          []ramadan
	holidays        map[int]Holiday
}

// document gives the file's only document, or nil and a fault.
func (p *parser) document(src []byte) *yaml.Node {
	docs, err := documents(src)
	switch {
	case err != nil:
		text := problem(err)
		p.addLine(problemLine(src, text), "bukan YAML yang benar: %s", text)
	case len(docs) == 0 || len(docs[0].Content) == 0:
		p.addLine(1, "berkas kosong")
	case len(docs) > 1:
		p.add(&docs[1], "hanya satu dokumen YAML yang boleh ada dalam berkas")
	default:
		return docs[0].Content[0]
	}
	return nil
}

func (p *parser) sections(root *yaml.Node) {
	found := make(map[string]*yaml.Node)
	for _, e := range p.entries(root, "berkas") {
		found[e.key.Value] = e.value
		switch e.key.Value {
		case keyHours, keyFastingHours, keyRamadan:
		case string(National), string(Collective), string(Regional):
		default:
			p.add(e.key, "kunci %q tidak dikenal", e.key.Value)
		}
	}
	p.hours(root, found)
	p.ramadan(found[keyRamadan])
	p.holidays = p.daysOff(found)
}

// hours reads both weeks. The Ramadan one may be missing only if the file gives
// no Ramadan either.
func (p *parser) hours(root *yaml.Node, found map[string]*yaml.Node) {
	if n := found[keyHours]; n != nil {
		p.normal = p.week(n, keyHours)
	} else {
		p.add(root, "%q tidak ada", keyHours)
	}
	n, months := found[keyFastingHours], found[keyRamadan]
	switch {
	case n != nil:
		p.fasting = p.week(n, keyFastingHours)
	case months != nil && len(months.Content) > 0:
		p.add(months, "ada %q tetapi %q tidak ada", keyRamadan, keyFastingHours)
	}
}

// entry is a key and its value.
type entry struct{ key, value *yaml.Node }

// entries gives the entries of a mapping with plain keys, each key once. Nothing
// at all counts as an empty mapping.
func (p *parser) entries(n *yaml.Node, what string) []entry {
	if n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		p.add(n, "%s harus berupa daftar \"kunci: nilai\"", what)
		return nil
	}
	seen := make(map[string]int)
	var list []entry
	for i := 0; i+1 < len(n.Content); i += 2 {
		e := entry{n.Content[i], n.Content[i+1]}
		line, double := seen[e.key.Value]
		switch {
		case e.key.Kind != yaml.ScalarNode:
			p.add(e.key, "kunci dalam %s harus berupa teks", what)
		case double:
			p.add(e.key, "%q sudah ada di baris %d", e.key.Value, line)
		default:
			seen[e.key.Value] = e.key.Line
			list = append(list, e)
		}
	}
	return list
}

// text gives the text of a plain value, or "" and a fault.
func (p *parser) text(n *yaml.Node, what string) string {
	s := strings.TrimSpace(n.Value)
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || s == "" {
		p.add(n, "%s harus diisi dengan teks", what)
		return ""
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		p.add(n, "%s harus satu baris teks biasa", what)
		return ""
	}
	return s
}
