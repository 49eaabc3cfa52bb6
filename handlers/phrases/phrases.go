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
	Nothing  Kind = "nothing"  // there is nothing to answer: "tidak ada", "-"
	Skip     Kind = "skip"     // pass the question over
	Done     Kind = "done"     //
	Greeting Kind = "greeting" //
	Wait     Kind = "wait"     // the answer will come
	Thanks   Kind = "thanks"   //
	Question Kind = "question" //
)

// Of tells what a text says. Who is spoken to and words of politeness do not matter: "ok
// pak", "selamat pagi Bu".
func Of(text string) Kind {
	said := Bare(text)
	if said == "" {
		return sign(text)
	}
	for _, kind := range []Kind{Yes, No, Nothing, Skip, Done, Greeting, Wait, Thanks} {
		if slices.Contains(table(kind), said) {
			return kind
		}
	}
	switch first, rest, _ := strings.Cut(said, " "); {
	case asks(text, first):
		return Question
	case rest != "" && Of(first) == Greeting && Of(rest) != None:
		return Of(rest) // "halo, ya"
	}
	return None
}

// Agrees tells whether a text begins with a yes: "ya, saya setuju".
func Agrees(text string) bool {
	first, _, _ := strings.Cut(normalize.Plain(text), " ")
	return Of(text) == Yes || first != "" && slices.Contains(table(Yes), first)
}

// Declines tells whether a text is a no, or begins with one and goes on: "tidak, terima kasih".
func Declines(text string) bool {
	first, rest, _ := strings.Cut(normalize.Plain(text), " ")
	return Of(text) == No || slices.Contains(table(No), first) && Of(rest) == Thanks
}

// SaysSelf tells whether a text says that the applicant himself applies, without a proxy.
func SaysSelf(text string) bool {
	says := strings.Fields("sendiri langsung tidak tanpa myself ourselves no without")
	around := strings.Fields("saya kami aku pimpinan oleh dengan yang urus diurus mengurus diajukan mengajukan kuasa dikuasakan ada perlu pakai memakai " +
		"proxy a i we by")
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
	for len(words) > 1 && slices.Contains(polite(), words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && slices.Contains(polite(), words[0]) {
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

// polite lists forms of address, and words that change nothing.
func polite() []string {
	return strings.Fields("pak bapak bu ibu bpk kak kakak min admin mas mbak bang bro sis petugas sir madam maam ya yah dong deh saja aja sih kok nih lah " +
		"dulu please pls tolong mohon maaf semua semuanya all")
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

// asks tells a question: by its mark, or by the word that it begins with.
func asks(text, first string) bool {
	return strings.HasSuffix(strings.TrimRight(normalize.Line(text), " .!\"'”)"), "?") ||
		slices.Contains(strings.Fields("apa apakah berapa brp kapan bagaimana gimana gmn mengapa kenapa dimana siapa bisakah bolehkah haruskah how when why what where who which"), first)
}
