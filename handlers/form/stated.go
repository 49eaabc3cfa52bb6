package form

import (
	"slices"
	"strings"

	"izinbot/handlers/phrases"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// statement is an answer taken out of the sentence that it stands in.
type statement struct {
	value string
	label bool   // what it answers was said with it, so it is no talk
	whole string // all that was typed, where that may be the answer as well; "" if it is not
}

// stated takes the answer to a question for words out of what people put around it: the label
// ("Nama: Budi", "nama lembaga kami Kasih"), courtesies ("Belanda ya", "halo, Kasih"), and
// for a proxy a yes before the name.
func stated(field workflow.Field, text string) statement {
	st := statement{value: strings.TrimSpace(text)}
	if !freeText(field) || ownForm(field) || field.Type == workflow.FieldLong && field.Meaning == "" {
		return st
	}
	st.value = withoutCourtesies(st.value)
	if rest, sure, ok := unlabelled(field, st.value); ok {
		if !sure {
			st.whole = st.value
		}
		st.value, st.label = rest, true
	}
	if field.Meaning == "" {
		return st
	}
	words := strings.Fields(st.value)
	bare := withoutFillers(field, words)
	switch {
	case len(bare) == len(words) || len(bare) == 0:
	case field.Meaning == workflow.MeansCountry || field.Meaning == workflow.MeansProxy:
		st.value = strings.Join(bare, " ")
	case !titled(words):
		st.whole, st.value = st.value, strings.Join(bare, " ")
	}
	return st
}

// parted lists what ends a courtesy before or after an answer.
const parted = ",\n.!;"

// withoutCourtesies drops phrases at both ends that punctuation parts from the answer.
func withoutCourtesies(text string) string {
	for {
		i := strings.IndexAny(text, parted)
		if i < 0 || !courtesy(text[:i]) || strings.Trim(text[i:], parted+" ") == "" {
			break
		}
		text = strings.TrimLeft(text[i:], parted+" ")
	}
	for {
		text = strings.TrimRight(text, " \n,;")
		i := strings.LastIndexAny(strings.TrimRight(text, parted+" "), parted)
		if i < 0 || !courtesy(text[i+1:]) || text[i] == '.' && abbreviated(text[:i]) {
			return text
		}
		text = text[:i]
	}
}

// abbreviated tells whether a text ends with a title or an initial: "Rev. Dr".
func abbreviated(text string) bool {
	last := text[strings.LastIndexAny(text, " .")+1:]
	return len(last) <= 3 && last != strings.ToLower(last)
}

// courtesy tells whether a text is a phrase that may stand beside an answer.
func courtesy(text string) bool {
	switch phrases.Of(text) { //nolint:exhaustive // the others change what is said
	case phrases.Greeting, phrases.Yes, phrases.Thanks, phrases.Talk:
		return true
	}
	words := strings.Fields(normalize.Plain(text))
	return len(words) > 0 && len(withoutFillers(workflow.Field{}, append(words, "x"))) == 1
}

// unlabelled cuts the name of what is asked for from the front of an answer. sure is false
// where it may belong to the answer: "Nama Besar".
func unlabelled(field workflow.Field, text string) (rest string, sure, ok bool) {
	around := strings.Fields("adalah ialah yaitu yakni is are am was kami saya our my we i us nya ini itu the di of for untuk bernama called dari")
	others := strings.Fields("organisasi organisation organization lembaga badan pimpinan ketua direktur kepala perwakilan head leader kantor office mitra partner kegiatan")
	known := func(w string) bool {
		return slices.Contains(about(field), w) || slices.Contains(around, w) || slices.Contains(others, w)
	}
	if at := strings.IndexAny(text, ":="); at > 0 && at < len(text)-1 {
		before := strings.Fields(normalize.Plain(text[:at]))
		if rest = strings.TrimSpace(text[at+1:]); rest != "" && len(before) > 0 && !slices.ContainsFunc(before, func(w string) bool { return !known(w) && !lead(field, w) }) {
			return rest, true, true
		}
	}
	words := strings.Fields(text)
	n := 0
	plain := func(i int) string { return strings.TrimSuffix(normalize.Plain(words[i]), " s") }
	for n < len(words) && known(plain(n)) && !slices.Contains(words[:n], words[n]) {
		n++
		if w := plain(n - 1); !slices.Contains(strings.Fields("our my we i"), w) && slices.Contains(around, w) && n < len(words) && !slices.Contains(around, plain(n)) {
			break // "nama kami", "my name is"
		}
	}
	if n == 0 || n == len(words) {
		return text, false, false
	}
	noun := slices.Contains(strings.Fields("nama namanya name alamat alamatnya address negara country nomor"), plain(0))
	links := strings.Fields("adalah ialah yaitu yakni is are am kami saya our my we i bernama called di")
	said := slices.Contains(links, plain(n-1)) && n > 1 || n == 1 && strings.HasSuffix(plain(0), "nya")
	if !noun && (!said || !slices.ContainsFunc(words[:n], func(w string) bool { return slices.Contains(about(field), normalize.Plain(w)) })) {
		return text, false, false
	}
	return strings.Join(words[n:], " "), said || field.Meaning == workflow.MeansCountry || field.Type == workflow.FieldLong, true
}

// withoutFillers drops words of politeness at both ends of an answer, before a country
// "from", and before a proxy what says that there is one.
func withoutFillers(field workflow.Field, words []string) []string {
	before := strings.Fields("ya iya yes ok oke baik maaf mohon sorry halo hai hi hello")
	after := strings.Fields("ya yah pak bapak bu ibu kak kakak min dong deh saja aja please makasih thanks trims")
	plain := func(i int) string { return normalize.Plain(words[i]) }
	for len(words) > 1 && (slices.Contains(before, plain(0)) || lead(field, plain(0))) {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains(after, plain(len(words)-1)) {
		words = words[:len(words)-1]
	}
	if n := len(words); n > 2 && plain(n-1) == "kasih" && plain(n-2) == "terima" {
		words = words[:n-2]
	}
	return words
}

// lead tells words that lead up to the answer of some fields.
func lead(field workflow.Field, word string) bool {
	switch field.Meaning { //nolint:exhaustive // the others have none
	case workflow.MeansCountry:
		return slices.Contains(strings.Fields("dari from kami saya we are asal berasal asalnya"), word)
	case workflow.MeansProxy:
		return slices.Contains(strings.Fields("kuasa kuasanya penerima atas dikuasakan diwakili diwakilkan kepada ke oleh by to proxy is through via nama namanya yaitu adalah ada diurus"), word)
	}
	return false
}
