package form

import (
	"slices"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/normalize"
	"izinbot/workflow/spelling"
)

// pick finds the option that a text names: by its words in either language, part of them,
// with words around them that name no other, or misspelt. It gives "" where none or
// several fit, and where one is only ruled out: "bukan KTP".
func pick(options []workflow.Option, text string) string {
	var said []string
	for word := range strings.FieldsSeq(normalize.Plain(text)) {
		if short, ok := spelledOut()[word]; ok {
			said = append(said, strings.Fields(short)...)
		} else if !slices.Contains(besideChoices(), word) {
			said = append(said, word)
		}
	}
	if slices.ContainsFunc(said, func(w string) bool { return slices.Contains(ruledOut(), w) }) {
		return ""
	}
	for _, fits := range []func(label, said []string) bool{slices.Equal[[]string], contains, containedIn, alike, together} {
		found := ""
		for _, o := range options {
			if !slices.ContainsFunc(labels(o), func(label []string) bool { return fits(label, said) }) {
				continue
			}
			if found != "" {
				return ""
			}
			found = o.Key
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// labels gives the words of an option's label in both languages.
func labels(o workflow.Option) [][]string {
	return [][]string{strings.Fields(normalize.Plain(o.Label.ID)), strings.Fields(normalize.Plain(o.Label.EN))}
}

// contains tells that all that was said is in the label: "disabilitas".
func contains(label, said []string) bool {
	return len(said) > 0 && !slices.ContainsFunc(said, func(w string) bool { return !slices.Contains(label, w) })
}

// containedIn tells that the whole label was said among other words: "Sidikalang, Dairi".
func containedIn(label, said []string) bool { return len(label) > 0 && contains(said, label) }

// alike tells that each word of the label was said, perhaps misspelt.
func alike(label, said []string) bool {
	return len(label) > 0 && len(label) == len(said) && !slices.ContainsFunc(label, func(w string) bool {
		return !slices.ContainsFunc(said, func(x string) bool { return x == w || spelling.Nearest(x, []string{w}) == w })
	})
}

// together tells that the label was written with other spaces, perhaps misspelt: "Tiga Lingga".
func together(label, said []string) bool {
	whole, written := strings.Join(label, ""), strings.Join(said, "")
	return whole != "" && (whole == written || spelling.Nearest(written, []string{whole}) != "")
}

// ruledOut lists words that say that the choice behind them is not meant.
func ruledOut() []string { return strings.Fields("bukan tidak tak tanpa belum not no without") }

// besideChoices lists words that stand beside the name of a choice.
func besideChoices() []string {
	return strings.Fields("kecamatan kec kabupaten kab bidang pelayanan sosial pilih saya kami yang di nomor no itu ini ya pak bu dan the in field of")
}

// spelledOut gives the words behind common short forms and other names.
func spelledOut() map[string]string {
	return map[string]string{"lansia": "lanjut usia", "difabel": "disabilitas", "ektp": "ktp", "jompo": "lanjut usia", "elderly": "older", "passport": "paspor", "disabled": "disabilities"}
}
