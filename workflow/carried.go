package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Keys of fields whose values later letters carry.
const (
	// OwnNumberField is the number that the Tim Teknis took from a register of its own, in place
	// of one of the office's.
	OwnNumberField  = "nomor_rekomendasi"
	ConditionsField = "syarat"    // of a recommendation, one a line
	ProvisionsField = "ketentuan" // of a permit, one a line
)

// ItemBasis gives what a line of a step's check table rests on: its own legal basis, or else its
// place in the procedure. "" for an unknown line.
func (s *SOP) ItemBasis(st Step, key string) string {
	i := slices.IndexFunc(st.Checklist, func(c CheckItem) bool { return c.Key == key })
	switch {
	case i < 0:
		return ""
	case st.Checklist[i].Basis != "":
		return st.Checklist[i].Basis
	}
	return fmt.Sprintf("%s langkah %d, butir periksa %d", s.Number, st.No, i+1)
}

// DocumentBasis gives what the demand for a document rests on: its own legal basis, or else its
// place in the checklist. "" for an unknown document.
func (s *SOP) DocumentBasis(code DocCode) string {
	d, ok := s.Document(code)
	switch {
	case !ok:
		return ""
	case d.Basis != "":
		return d.Basis
	}
	return s.Number + ", persyaratan " + string(code)
}

// ProposedReasons gives the reasons for a refusal that are known at an instant, as a value of a
// [FieldReasons]: those of the recommendation, or before it what the visit found wrong; then the
// documents that were judged wrong or have expired. "" if there are none.
func (c Case) ProposedReasons(def *SOP, now time.Time) string {
	var lines []string
	if given := c.recommendedReasons(def); given != "" {
		lines = strings.Split(given, "\n")
	} else {
		lines = c.foundWrong(def)
	}
	today := now.In(WIB()).Format(time.DateOnly)
	for _, d := range c.Documents {
		doc, _ := def.Document(d.Code)
		switch {
		case d.Verdict != nil && !d.Verdict.OK:
			lines = append(lines, reasonLine(doc.Name.ID+": "+d.Verdict.Reason, def.DocumentBasis(d.Code)))
		case doc.Expires && d.Expiry != "" && d.Expiry != NoExpiry && d.Expiry < today:
			lines = append(lines, reasonLine(doc.Name.ID+" sudah tidak berlaku", def.DocumentBasis(d.Code)))
		}
	}
	return strings.Join(slices.DeleteFunc(lines, blank), "\n")
}

// recommendedReasons gives the reasons of the recommendation against the case.
func (c Case) recommendedReasons(def *SOP) string {
	if c.Recommendation == nil || c.Recommendation.Outcome != OutcomeNotRecommended {
		return ""
	}
	for _, st := range def.Steps {
		for _, f := range st.Fields {
			if st.Kind == KindRecommend && f.Type == FieldReasons {
				return c.Recommendation.Fields[f.Key]
			}
		}
	}
	return ""
}

// foundWrong gives a reason for each line of the check table that the visit found wrong.
func (c Case) foundWrong(def *SOP) (lines []string) {
	if c.Visit == nil {
		return nil
	}
	for _, st := range def.Steps {
		for _, f := range c.Visit.Findings {
			i := slices.IndexFunc(st.Checklist, func(item CheckItem) bool { return item.Key == f.Item })
			if f.OK || i < 0 {
				continue
			}
			said := "Tidak sesuai: " + strings.TrimRight(st.Checklist[i].Text, "? ")
			if !blank(f.Note) {
				said += " – " + f.Note
			}
			lines = append(lines, reasonLine(said, def.ItemBasis(st, f.Item)))
		}
	}
	return lines
}

// reasonLine is one line of a [FieldReasons]; a basis that is not known leaves none.
func reasonLine(reason, basis string) string {
	if blank(reason) || blank(basis) {
		return ""
	}
	one := func(s string) string {
		return strings.Join(strings.Fields(strings.ReplaceAll(s, "|", "/")), " ")
	}
	return one(reason) + " | " + one(basis)
}

// Conditions lists the conditions under which the case was recommended.
func (c Case) Conditions() []string {
	if c.Recommendation == nil || c.Recommendation.Outcome != OutcomeRecommended {
		return nil
	}
	return lines(c.Recommendation.Fields[ConditionsField])
}

// ProposedProvisions gives the provisions of a permit: those given, then the conditions of the
// recommendation that are not among them. A condition stands there however the officer wrote its
// capitals, spaces and full stop.
func (c Case) ProposedProvisions(given string) string {
	out := lines(given)
	for _, condition := range c.Conditions() {
		if !slices.ContainsFunc(out, func(s string) bool { return sameSentence(s, condition) }) {
			out = append(out, condition)
		}
	}
	return strings.Join(out, "\n")
}

func sameSentence(a, b string) bool {
	plain := func(s string) string { return strings.TrimRight(strings.Join(strings.Fields(s), " "), ".;, ") }
	return strings.EqualFold(plain(a), plain(b))
}

// lines gives the lines of a text that are not blank.
func lines(text string) (out []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if !blank(line) {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}
