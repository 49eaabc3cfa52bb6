package texts

import (
	"errors"
	"slices"
	"testing"
)

func TestParseMessageFaults(t *testing.T) {
	for text, want := range map[string]error{
		"a } b":                 errStrayBrace,
		"{":                     errName,
		"{}":                    errName,
		"{Resi}":                errName,
		"{resi":                 errName,
		"{resi nomor}":          errName,
		"{n|one":                errOpenBrace,
		"{n|one|":               errOpenBrace,
		"{n|one}":               errForms,
		"{n|one|two|three}":     errForms,
		"{n|{m|a|b}|c}":         errNested,
		"{by?{by}|{n|one|two}}": errNested,
	} {
		if _, err := parseMessage(text); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	m, err := parseMessage("{b} 1|2? {n|{a}|{n} {b}}{c?|}")
	if err != nil {
		t.Fatal(err)
	}
	if got := m.names(); !slices.Equal(got, []string{"a", "b", "c", "n"}) {
		t.Errorf("got %v", got)
	}
}

func FuzzParseMessage(f *testing.F) {
	f.Add("Sudah{by? oleh {by} ({at})|}. {n|satu|{n}}", "Kabid")
	f.Add("{a", "}")
	f.Fuzz(func(t *testing.T, text, argument string) {
		m, err := parseMessage(text)
		if err != nil {
			return
		}
		var args []any
		for _, name := range m.names() {
			args = append(args, name, argument)
		}
		if _, missing := m.appendTo(nil, args); missing != "" {
			t.Errorf("%q needs {%s}, which names() does not list", text, missing)
		}
	})
}
