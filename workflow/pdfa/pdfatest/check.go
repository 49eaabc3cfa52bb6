package pdfatest

import "fmt"

// Rule is one rule of the standard.
type Rule struct {
	Clause string // of ISO 19005-2, or of ISO 32000-1 with a leading "PDF "
	Says   string
	Tagged bool // for level A only
	broken func(*document, *faults)
}

// Rules gives all rules that are checked.
func Rules() []Rule {
	var all []Rule
	for _, some := range [][]Rule{fileRules(), metadataRules(), pageRules(), fontRules(), treeRules()} {
		all = append(all, some...)
	}
	return all
}

// Check gives a sentence for each fault, and the level that the file claims, "A" or "U".
func Check(pdf []byte) (all []string, level string) {
	d, err := parse(pdf)
	if err != nil {
		return []string{err.Error()}, ""
	}
	level = d.xmp["conformance"]
	for _, r := range Rules() {
		if r.Tagged && level != "A" {
			continue
		}
		var found faults
		r.broken(d, &found)
		for _, fault := range found {
			all = append(all, fmt.Sprintf("%s (%s): %s", r.Clause, r.Says, fault))
		}
	}
	return all, level
}

// faults collects what a rule finds.
type faults []string

func (f *faults) addf(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// unless adds a fault if something does not hold.
func (f *faults) unless(ok bool, format string, args ...any) {
	if !ok {
		f.addf(format, args...)
	}
}
