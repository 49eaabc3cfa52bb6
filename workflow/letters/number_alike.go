package letters

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// token is a part of a number: a text that is always the same, or what a part of the format
// prints. Words and separators take turns, so a number falls apart into its tokens in one way
// alone, and two numbers are the same if all of their tokens are.
type token struct {
	text string // a word, or what stands between two
	part string // partSeq, partMonth or partYear; then there is no text
}

// tokens takes apart what a format prints for a class of letters. The format was checked.
func tokens(format, class, code string) (list []token) {
	rest := format
	literal := ""
	for rest != "" {
		at := braced().FindStringIndex(rest)
		if at == nil {
			at = []int{len(rest), len(rest)}
		}
		literal += rest[:at[0]]
		switch part := rest[at[0]:at[1]]; part {
		case partClass:
			literal += class
		case partCode:
			literal += code
		case partSeq, partMonth, partYear:
			list = append(append(list, words(literal)...), token{part: part})
			literal = ""
		default:
			literal += part
		}
		rest = rest[at[1]:]
	}
	return append(list, words(literal)...)
}

// words splits a text into words and what separates them.
func words(text string) (list []token) {
	word := false
	for i, r := range text {
		if i == 0 || isWord(r) != word {
			list = append(list, token{})
			word = isWord(r)
		}
		list[len(list)-1].text += string(r)
	}
	return list
}

// side tells whose part a variable is, so that two formats can be compared: both have an
// {urut}, and each its own.
type side struct {
	token
	second bool
}

// groups are the variables and texts that have to be equal, one group a key: its first member.
type groups map[side][]side

func (g groups) of(s side) side {
	for first, members := range g {
		if slices.Contains(members, s) {
			return first
		}
	}
	g[s] = []side{s}
	return s
}

func (g groups) join(a, b side) {
	x, y := g.of(a), g.of(b)
	if x != y {
		g[x] = append(g[x], g[y]...)
		delete(g, y)
	}
}

// alike tells whether two lists of tokens can print the same text, and gives one. sample is
// what they then both print. In one register they have different numbers or years, so that
// alone is looked for.
func alike(a, b []token, oneRegister bool) (sample string, ok bool) {
	if len(a) != len(b) {
		return "", false
	}
	g := groups{}
	for i := range a {
		g.join(sided(a[i], false), sided(b[i], true))
	}
	if oneRegister && g.same(partSeq) && g.same(partYear) {
		return "", false
	}
	values, ok := g.fixed()
	if !ok {
		return "", false
	}
	var text strings.Builder
	for _, t := range a {
		first := g.of(sided(t, false))
		if values[first] == "" {
			values[first] = g.unused(first, values)
		}
		text.WriteString(values[first])
	}
	return text.String(), true
}

func sided(t token, second bool) side { return side{t, second && t.part != ""} }

// same tells whether both sides' part is always the same.
func (g groups) same(part string) bool {
	return g.of(side{token{part: part}, false}) == g.of(side{token{part: part}, true})
}

// fixed gives the texts of the groups that have one. !ok: nothing can be printed by all members
// of one.
func (g groups) fixed() (values map[side]string, ok bool) {
	values = map[side]string{}
	for first, members := range g {
		text, ok := fixedText(members)
		if !ok {
			return nil, false
		}
		if text != "" {
			values[first] = text
		}
		month := hasPart(members, partMonth)
		if month && (hasPart(members, partSeq) || hasPart(members, partYear)) {
			return nil, false
		}
	}
	return values, true
}

// unused gives a text that all members of a group without one can print, and no other group of
// the values does, if it can be helped.
func (g groups) unused(first side, values map[side]string) string {
	used := slices.Collect(maps.Values(values))
	candidate := func(n int) string { return strconv.Itoa(1001 + n)[1:] }
	if hasPart(g[first], partMonth) {
		return "XI"
	}
	if hasPart(g[first], partYear) {
		candidate = func(n int) string { return strconv.Itoa(2026 + n) }
	}
	n := 0
	for slices.Contains(used, candidate(n)) {
		n++
	}
	return candidate(n)
}

func hasPart(members []side, part string) bool {
	return slices.ContainsFunc(members, func(s side) bool { return s.part == part })
}

// fixedText gives the text in a group, empty if there is none, and whether all members can
// print it.
func fixedText(members []side) (text string, ok bool) {
	for _, m := range members {
		if m.part == "" && text != "" && m.text != text {
			return text, false
		}
		if m.part == "" {
			text = m.text
		}
	}
	for _, m := range members {
		if text != "" && m.part != "" && !canPrint(m.part, text) {
			return text, false
		}
	}
	return text, true
}

// canPrint tells whether a part of a format can print a text.
func canPrint(part, text string) bool {
	switch part {
	case partSeq:
		return text != "000" && regexp.MustCompile(`^([0-9]{3}|[1-9][0-9]{3,})$`).MatchString(text)
	case partYear:
		return regexp.MustCompile(`^[1-9][0-9]{3}$`).MatchString(text)
	}
	for m := time.January; m <= time.December; m++ {
		if romanMonth(m) == text {
			return true
		}
	}
	return false
}
