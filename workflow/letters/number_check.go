package letters

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"izinbot/workflow"
)

// AlikeError says that two kinds of letters can get the same number.
type AlikeError struct {
	First, Second workflow.LetterDef
	Sample        string        // what both can print
	Instead       NumberFormats // formats under which no two are alike; nil if none was found
}

// Error tells the admin of the office which letters they are and what to change.
func (a *AlikeError) Error() string {
	var s strings.Builder
	fmt.Fprintf(&s, "dua jenis surat dapat bernomor sama, misalnya %s:\n", a.Sample)
	for _, l := range []workflow.LetterDef{a.First, a.Second} {
		fmt.Fprintf(&s, "- %s (%s), buku %s, klasifikasi %s\n", l.Title, l.Kind, l.Register, l.Class)
	}
	if a.Instead == nil {
		s.WriteString("Ubah format_nomor di berkas kantor atau klasifikasi di berkas SOP, supaya salah satunya memuat bagian yang tidak ada pada yang lain.")
		return s.String()
	}
	s.WriteString("Ubah di berkas kantor, misalnya menjadi\nformat_nomor:")
	for _, register := range registers() {
		fmt.Fprintf(&s, "\n  %s: %q", register, a.Instead.of(register))
	}
	return s.String()
}

// CheckNumbers fails with [*AlikeError] if two letters of these procedures can ever get the same
// number: two of different registers, which count by themselves, or two of one register that
// have different numbers there.
func (o Office) CheckNumbers(defs ...*workflow.SOP) error {
	all := numbered(defs)
	found := o.alike(all)
	if found == nil {
		return nil
	}
	for _, formats := range []NumberFormats{o.NumberFormats.apart(found.First.Register, found.Second.Register), sampleFormats()} {
		other := o
		other.NumberFormats = formats
		if other.alike(all) == nil {
			found.Instead = formats
			break
		}
	}
	return found
}

// incoming stands for the applicants' letters, which every procedure enters in the agenda.
func incoming() workflow.LetterDef {
	return workflow.LetterDef{Kind: workflow.LetterKind(workflow.AgendaLetter), Title: "Surat masuk", Register: workflow.RegisterIncoming}
}

// numbered gives the kinds of letters that have numbers, those that are numbered alike once.
func numbered(defs []*workflow.SOP) (list []workflow.LetterDef) {
	list = append(list, incoming())
	for _, def := range defs {
		for _, l := range def.Letters {
			same := func(have workflow.LetterDef) bool { return have.Register == l.Register && have.Class == l.Class }
			if l.Register != "" && !slices.ContainsFunc(list, same) {
				list = append(list, l)
			}
		}
	}
	return list
}

// alike gives the first two that can get the same number; nil if there are none.
func (o Office) alike(all []workflow.LetterDef) *AlikeError {
	for i, second := range all {
		for _, first := range all[:i] {
			a := tokens(o.NumberFormats.of(first.Register), first.Class, o.Code)
			b := tokens(o.NumberFormats.of(second.Register), second.Class, o.Code)
			if sample, ok := alike(a, b, first.Register == second.Register); ok {
				return &AlikeError{First: first, Second: second, Sample: sample}
			}
		}
	}
	return nil
}

// apart gives formats of which that of one of two registers has a word of its own.
func (f NumberFormats) apart(first, second string) NumberFormats {
	register := second
	if first == workflow.RegisterPermits {
		register = first
	}
	_, word, ok := strings.Cut(register, "_")
	if !ok {
		word = register
	}
	out := maps.Clone(f)
	out[register] = strings.Replace(f.of(register), partSeq, partSeq+"/"+strings.ToUpper(word), 1)
	return out
}
