// Package phrases knows what people say in a chat besides answers: yes, no, nothing,
// greetings, thanks, "one moment", questions; in Indonesian and English, in words, short
// forms and emoji. It is the only place that lists them.
package phrases

import (
	"slices"
	"strings"

	"izinbot/workflow/normalize"
)

// Kind classifies a whole text: a greeting, a question, yes, no.
type Kind string

// Kinds of phrases.
const (
	None     Kind = ""         // something else
	Yes      Kind = "yes"      //
	No       Kind = "no"       //
	Nothing  Kind = "nothing"  // there is nothing to answer, or it is not known: "tidak ada", "-", "belum tahu"
	Same     Kind = "same"     // what was answered before: "idem"
	Skip     Kind = "skip"     // pass the question over
	Done     Kind = "done"     //
	Greeting Kind = "greeting" //
	Wait     Kind = "wait"     // the answer will come
	Thanks   Kind = "thanks"   //
	Question Kind = "question" //
	Talk     Kind = "talk"     // something that answers nothing: "hmm", "salah kirim"
)

// kinds lists the kinds by their weight: a text of several phrases is of the first.
func kinds() []Kind {
	return []Kind{Question, Wait, Nothing, Same, Skip, No, Done, Talk, Yes, Thanks, Greeting}
}

// Of tells what a text says: every word of it belongs to a phrase, or is one that stands
// beside phrases: "ok pak", "selamat pagi Bu", "saya masih belum tahu". about are more such
// words: what is asked for, so that "belum ada mitra" says the same as "belum ada".
func Of(text string, about ...string) Kind {
	said := Bare(text)
	if said == "" {
		return sign(text)
	}
	found := phrasesIn(strings.Fields(said), about)
	switch first, rest, _ := strings.Cut(said, " "); {
	case asks(text, said):
		return Question
	case found[Yes] && found[No]:
		return None // which of them?
	case len(found) == 0 && laughs(said):
		return Talk
	case len(found) == 0 && rest != "" && kindOf(first) == Greeting && asks(rest, rest):
		return Question
	}
	for _, kind := range kinds() {
		if found[kind] {
			return kind
		}
	}
	return None
}

// phrasesIn gives the kinds of the phrases that words consist of; none if one of the words
// is part of no phrase.
func phrasesIn(words, about []string) map[Kind]bool {
	found := map[Kind]bool{}
	for i := 0; i < len(words); {
		kind, n := phraseAt(words[i:])
		switch {
		case n > 0:
			found[kind] = true
			i += n
		case stands(words[i]) || slices.Contains(about, words[i]):
			i++
		default:
			return nil
		}
	}
	return found
}

// longest is the greatest number of words of a phrase.
const longest = 5

// phraseAt gives the longest phrase that words begin with, and its number of words.
func phraseAt(words []string) (Kind, int) {
	for n := min(longest, len(words)); n > 0; n-- {
		said := strings.Join(words[:n], " ")
		if n > 1 && has(words[n-1]) && refuses(strings.Join(words[:n-1], " ")) {
			return Nothing, n
		}
		if kind := kindOf(said); kind != None {
			return kind, n
		}
	}
	return None, 0
}

// laughs tells laughter: "wkwk", "hahaha", "hehe".
func laughs(said string) bool {
	for _, laugh := range []string{"wk", "ha", "he", "hi", "ho", "xi"} {
		if rest := strings.TrimSuffix(strings.ReplaceAll(said, laugh, ""), laugh[:1]); rest == "" && len(said) > 3 {
			return true
		}
	}
	return false
}

// Agrees tells whether a text is a yes, or begins with one and takes nothing of it back:
// "ya, saya setuju".
func Agrees(text string) bool {
	switch Of(text) { //nolint:exhaustive // the others say nothing of it
	case Yes:
		return true
	case Question, No, Nothing, Wait:
		return false
	}
	words := strings.Fields(normalize.Plain(text))
	return len(words) > 0 && slices.Contains(strings.Fields("ya iya yes ok oke okay setuju sepakat baik siap sip agree"), words[0]) &&
		!slices.ContainsFunc(words, func(w string) bool {
			return refuses(w) || begins(w) ||
				slices.Contains(strings.Fields("bukan jangan tapi tetapi tp asal asalkan kalau but unless if keberatan tanya bertanya"), w)
		})
}

// Declines tells whether a text is a no, with or without thanks.
func Declines(text string) bool { return Of(text) == No }

// SaysSelf tells whether a text says that the applicant himself applies, without a proxy.
func SaysSelf(text string) bool {
	says := strings.Fields("sendiri langsung tidak tanpa urus diurus mengurus diajukan mengajukan myself ourselves himself herself nobody no not without")
	around := strings.Fields("saya kami aku pimpinan pimpinannya direktur ketua oleh dengan yang yg kuasa dikuasakan memberi ada perlu pakai memakai " +
		"kepada siapa pun siapapun orang lain pihak proxy a i we do it by the director one anyone else is needed")
	found := false
	for word := range strings.FieldsSeq(Bare(text)) {
		switch {
		case slices.Contains(says, word):
			found = true
		case !slices.Contains(around, word):
			return false // a name may have the word in it: "Budi Sendiri"
		}
	}
	return found
}

// SaysEndless tells whether a text says that something has no date of expiry.
func SaysEndless(text string) bool {
	said := " " + Bare(text) + " "
	return slices.ContainsFunc([]string{
		" seumur hidup ", " selamanya ", " tidak terbatas ", " tak terbatas ", " tanpa batas ", " unlimited ", " lifetime ", " forever ", " permanen ", " permanent ",
		" tidak ada masa berlaku ", " tanpa masa berlaku ", " tidak ada batas ", " no expiry ", " no expiration ", " does not expire ", " indefinite ", " indefinitely ",
		" selama kegiatan berlangsung ", " selama masih beroperasi ", " tidak kedaluwarsa ", " tidak kadaluarsa ",
	}, func(w string) bool { return strings.Contains(said, w) })
}

// Bare gives a text without words of politeness at its ends, and without letters drawn
// out: "yaaa kak" is "ya".
func Bare(text string) string {
	words := strings.Fields(normalize.Plain(text))
	for i, w := range words {
		words[i] = shortened(w)
	}
	for len(words) > 1 && polite(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && polite(words[0]) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// Wished gives what somebody says that he wants: "saya mau batal saja" is "batal".
func Wished(text string) string {
	words := strings.Fields(Bare(text))
	for len(words) > 1 && slices.Contains(strings.Fields("saya aku kami kita i we mau ingin pengen pingin minta want wish would like to bisa boleh can could please tolong mohon coba"), words[0]) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// shortened writes a letter that is drawn out once: three or more of it.
func shortened(word string) string {
	var out []rune
	rs := []rune(word)
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && rs[j] == rs[i] {
			j++
		}
		n := j - i
		if n > 2 && (rs[i] < '0' || rs[i] > '9') {
			n = 1
		}
		for range n {
			out = append(out, rs[i])
		}
		i = j
	}
	return string(out)
}

// sign classifies a text without letters: an emoji, a dash, question marks.
func sign(text string) Kind {
	text = strings.TrimSpace(normalize.Dashes(normalize.Text(text)))
	switch {
	case text == "":
		return None
	case strings.Trim(text, "?!") == "":
		return Question
	case strings.Trim(text, "-./ ") == "":
		return Nothing
	}
	for _, r := range text {
		switch {
		case strings.ContainsRune("👍✅👌✔☑🆗💯", r):
			return Yes
		case strings.ContainsRune("👎❌✖🚫", r):
			return No
		case strings.ContainsRune("🙏❤💕💖😊🙂😀😁🤗", r):
			return Thanks
		case strings.ContainsRune("👋", r):
			return Greeting
		}
	}
	return None
}

// asks tells a question: by its mark, or by the word that it begins or ends with.
func asks(text, said string) bool {
	words := strings.Fields(said)
	return strings.HasSuffix(strings.TrimRight(normalize.Line(text), " .!\"'”)"), "?") ||
		begins(words[0]) || len(words) > 1 && interrogative(words[len(words)-1])
}

// Returned gives the answer that a greeting of a faith or a people calls for, "" for another
// greeting.
func Returned(text string) string {
	said := " " + Bare(text)
	for _, g := range [][2]string{
		{" ass", "Waalaikumsalam"},
		{" samlekum", "Waalaikumsalam"},
		{" aslm", "Waalaikumsalam"},
		{" askum", "Waalaikumsalam"},
		{" asalam", "Waalaikumsalam"},
		{" asw", "Waalaikumsalam"},
		{" horas", "Horas"},
		{" njuah juah", "Njuah-njuah"},
		{" mejuah juah", "Mejuah-juah"},
		{" shalom", "Shalom"},
		{" syalom", "Syalom"},
		{" om swastiastu", "Om swastiastu"},
		{" salam sejahtera", "Salam sejahtera"},
	} {
		if strings.HasPrefix(said, g[0]) && Of(text) != None {
			return g[1]
		}
	}
	return ""
}

// Begins gives the kind of the phrase that a label begins with. "Tidak ada masa berlaku" begins
// with no no, and "Ada yang kurang" with no yes.
func Begins(label string) Kind {
	words := strings.Fields(normalize.Plain(label))
	kind, n := phraseAt(words)
	if n < len(words) && n > 0 && slices.Contains(strings.Fields("ada sudah bisa boleh sesuai benar betul belum salah"), words[0]) {
		return None
	}
	return kind
}

// Greets tells whether a text begins with a greeting, whatever follows it.
func Greets(text string) bool {
	words := strings.Fields(Bare(text))
	kind, n := phraseAt(words)
	return n > 0 && kind == Greeting
}

// English tells whether a text is written in English: it has words of that language alone,
// and none of Indonesian alone.
func English(text string) bool {
	english := strings.Fields("hello good morning afternoon evening dear the how what where when who which why is are do does can could would please thank thanks you your we our my " +
		"i need want apply application permit license licence help english foreign organisation organization")
	indonesian := strings.Fields("saya kami mau ingin tanya pak bu kak selamat pagi siang sore malam yang dan di ke dari apa bagaimana berapa izin permohonan tolong mohon terima kasih tidak ada ini itu")
	found := false
	for word := range strings.FieldsSeq(normalize.Plain(text)) {
		if slices.Contains(indonesian, word) {
			return false
		}
		found = found || slices.Contains(english, word)
	}
	return found
}
