package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
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

// ProposedProvisions gives the provisions that are proposed for a permit: those given, then the conditions of the
// recommendation that are not among them. A condition stands there however the officer wrote its
// capitals, spaces and full stop.
func (c Case) ProposedProvisions(given string) string {
	out := lines(given)
	for _, condition := range c.Conditions() {
		if !among(out, condition) {
			out = append(out, condition)
		}
	}
	return strings.Join(out, "\n")
}

// Provisions gives the provisions that a permit prints: those given, then the conditions of the
// recommendation that they leave out. A line of the officer's own that has half of a condition's
// words is that condition in other words; standing are the lines of every permit of its kind.
func (c Case) Provisions(given, standing string) []string {
	out, always, conditions := lines(given), lines(standing), c.Conditions()
	own := slices.DeleteFunc(slices.Clone(out), func(s string) bool { return among(always, s) || among(conditions, s) })
	for _, condition := range conditions {
		reworded := slices.ContainsFunc(own, func(s string) bool { return rewords(s, condition) })
		if !reworded && !among(out, condition) {
			out = append(out, condition)
		}
	}
	return out
}

func among(list []string, sentence string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return sameSentence(s, sentence) })
}

// rewords tells whether a sentence has at least half of the words of another one.
func rewords(s, other string) bool {
	words, of := longWords(s), longWords(other)
	n := 0
	for _, w := range of {
		if slices.ContainsFunc(words, func(v string) bool { return sameRoot(v, w) }) {
			n++
		}
	}
	return len(of) > 0 && 2*n >= len(of)
}

// longWords gives the words of a sentence that carry its meaning: numbers, and words of four
// letters and more but "yang".
func longWords(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), func(w string) bool { return len(w) < 4 && !unicode.IsDigit(rune(w[0])) || w == "yang" })
}

// sameRoot tells whether two words are alike but for their affixes: "melapor" and "laporan" have
// five letters in a row in common.
func sameRoot(a, b string) bool {
	const root = 5
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return len(a) > 3 && len(b) > 3 || a == b
	}
	for i := 0; i+root <= len(a); i++ {
		if strings.Contains(b, a[i:i+root]) {
			return true
		}
	}
	return false
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
