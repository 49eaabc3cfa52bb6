package blocks_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"izinbot/workflow/letters/blocks"
)

type fields struct {
	Pemohon, Izin, Kuasa string
	hidden               string //nolint:unused // no line may name it
	Count                int
}

func grammar() blocks.Grammar {
	return blocks.Grammar{
		Fields:    fields{},
		Functions: map[string]func(string) string{"kapital": strings.ToUpper},
		Printable: func(s string) (rune, bool) {
			if i := strings.IndexFunc(s, func(r rune) bool { return r > 0x2fff || r == utf8.RuneError }); i >= 0 {
				r, _ := utf8.DecodeRuneInString(s[i:])
				return r, false
			}
			return 0, true
		},
	}
}

func parse(t *testing.T, files map[string]string) (blocks.Set, error) {
	t.Helper()
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return blocks.Parse(dir, grammar())
}

func good(t *testing.T, text string) blocks.Set {
	t.Helper()
	set, err := parse(t, map[string]string{"surat.txt": text, "catatan.md": "[bukan surat"})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestRows(t *testing.T) {
	set := good(t, "\ufeff# komentar\r\n[a]\r\n{{if .Kuasa}}Kuasa {{.Kuasa}}{{else}}Tanpa kuasa, {{kapital .Pemohon}}{{end}}.\r\n\r\n"+
		"{{.Kuasa}}\n[ b ]\nPemohon | {{.Pemohon}}\nKuasa | {{.Kuasa}}\n{{if .Kuasa}}Ada | ya{{end}}\n{{if and .Kuasa (not .Izin)}}x{{end}} | {{or .Kuasa .Izin}}\n")
	for _, c := range []struct {
		block string
		given fields
		want  string
	}{
		{"a", fields{Pemohon: "contoh"}, "[[Tanpa kuasa, CONTOH.]]"},
		{"a", fields{Kuasa: "B"}, "[[Kuasa B.] [B]]"},
		{"b", fields{Pemohon: "a | b\nc"}, "[[Pemohon a | b\nc] [Kuasa ]]"},
		{"b", fields{Kuasa: "K"}, "[[Pemohon ] [Kuasa K] [Ada ya] [x K]]"},
	} {
		rows, err := set.Rows("surat", c.block, c.given)
		if got := fmt.Sprint(rows); err != nil || got != c.want {
			t.Errorf("%s of %+v: got %s, %v, want %s", c.block, c.given, got, err, c.want)
		}
	}
	if _, err := set.Rows("surat", "c", fields{}); err == nil {
		t.Error("a block that does not exist is filled in")
	}
}

// TestFaults names every fault with its line; all of them are found at once.
func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"teks":                           "1: teks ini di luar blok; tulis dahulu nama bloknya, misalnya [pembuka]",
		"[a]\n[b]\nx\n[b]\ny":            "1: blok [a] kosong\n4: blok [b] sudah ada di baris 2",
		"[a]\nx {{.Pemohn}}\ny {{.Apa}}": "2: isian .Pemohn tidak dikenal; mungkin maksudnya Pemohon\n3: isian .Apa tidak dikenal",
		"[a]\n{{if .Izin}}x{{else}}{{.Izn}}{{end}}":  "2: isian .Izn tidak dikenal; mungkin maksudnya Izin",
		"[a]\n{{.hidden}} {{.Count}} {{.Pemohon.X}}": "2: isian .Count tidak dikenal\n2: isian .Pemohon.X tidak dikenal; mungkin maksudnya Pemohon\n2: isian .hidden tidak dikenal",
		"[a]\nx {{.Izin":                  "2: tanda {{ belum ditutup dengan }} di baris ini",
		"[a]\nx {{.Izin} y":               "2: tanda {{ belum ditutup dengan }} di baris ini",
		"[a]\n{{if .Izin}}x\n{{end}}":     "2: {{if …}} belum ditutup dengan {{end}} di baris ini\n3: {{end}} atau {{else}} tanpa {{if …}} di baris ini",
		"[a]\n{{Izin}}":                   "2: fungsi Izin tidak dikenal; yang ada: kapital; nama isian diawali titik, misalnya {{.Pemohon}}",
		"[a]\n{{kapitl .Izin}}":           "2: fungsi kapitl tidak dikenal; mungkin maksudnya kapital; yang ada: kapital; nama isian diawali titik, misalnya {{.Pemohon}}",
		"[a]\n{{kapital}}":                "2: kapital harus diikuti 1 isian, misalnya {{kapital .Pemohon}}",
		"[a]\n{{kapital (not .Izin)}}":    "2: kapital hanya untuk isian, bukan untuk not",
		"[a]\n{{not .Izin}}":              "2: not hanya boleh di dalam {{if …}}",
		"[a]\n{{printf \"%d\" 3}}":        "2: fungsi printf tidak dikenal; yang ada: kapital",
		"[a]\n{{slice .Izin 0 99}}":       "2: fungsi slice tidak dikenal; yang ada: kapital",
		"[a]\n漢\n{{range .Izin}}x{{end}}": "2: tanda 漢 tidak bisa dicetak pada surat\n3: di dalam {{ }} hanya boleh isian, fungsi, dan {{if …}} … {{else}} … {{end}}",
		"[a]\n{{$x := .Izin}}{{.Izin | kapital}}{{3}}{{.}}{{define \"b\"}}x{{end}}": "2: di dalam {{ }} hanya boleh isian, fungsi, dan {{if …}} … {{else}} … {{end}}",
		strings.Repeat("# panjang\n", 30_000):                                       "1: berkasnya terlalu besar, paling banyak 256 KB",
	} {
		_, err := parse(t, map[string]string{"surat.txt": text})
		var faults blocks.Faults
		if !errors.As(err, &faults) {
			t.Errorf("%.40q: got %v", text, err)
			continue
		}
		if got := strings.ReplaceAll(faults.Error(), "surat.txt:", ""); got != want {
			t.Errorf("%.60q: got\n%s\nwant\n%s", text, got, want)
		}
	}
}

func TestReplace(t *testing.T) {
	base := good(t, "[pembuka]\nlama\n[data]\nA | a\nB | b\n")
	theirs := good(t, "[data]\nC | {{.Izin}}\n")
	both, err := base.Replace(theirs)
	if err != nil {
		t.Fatal(err)
	}
	opening, _ := both.Rows("surat", "pembuka", fields{})
	data, _ := both.Rows("surat", "data", fields{Izin: "i"})
	if got := fmt.Sprint(opening, data); got != "[[lama]] [[C i]]" {
		t.Errorf("got %s", got)
	}
	if rows, _ := base.Rows("surat", "data", fields{}); len(rows) != 2 {
		t.Errorf("the set itself changed: %v", rows)
	}
	if !slices.Equal(both.Files(), []string{"surat"}) || !slices.Equal(both.Names("surat"), []string{"data", "pembuka"}) {
		t.Errorf("got %v, %v", both.Files(), both.Names("surat"))
	}
}

func TestReplaceFaults(t *testing.T) {
	base := good(t, "[pembuka]\nlama\n[data]\nA | a\n")
	theirs, err := parse(t, map[string]string{
		"surta.txt": "[pembuka]\nx\n", "surat.txt": "[pembka]\nx\n[pembuka]\nsatu | dua\n[data]\nsatu saja\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = base.Replace(theirs)
	const want = "surat.txt:1: blok [pembka] tidak dikenal; mungkin maksudnya pembuka\n" +
		"surat.txt:4: baris ini terbagi 2 oleh tanda |, sedangkan blok ini tidak terbagi\n" +
		"surat.txt:6: baris ini harus terdiri dari 2 bagian yang dipisahkan tanda |, bukan 1\n" +
		"surta.txt:1: tidak ada surat dengan nama ini; mungkin maksudnya surat"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// FuzzLine holds whatever is typed: what was read can be filled in.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{"{{.Izin}}", "{{if .Izin}}a{{else if .Kuasa}}b{{end}}", "a | {{kapital (or .Izin .Kuasa)}}", "{{- .Izin -}}", "{{/* x */}}", "{{not .Izin}}", "{{and}}", "{{\"a\"}}", "{{len .Izin}}", "{{if 1}}x{{end}}", "{{break}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		set, err := blocks.Parse(fstest.MapFS{"a.txt": {Data: []byte("[a]\n" + line)}}, grammar())
		if err != nil {
			return
		}
		for _, given := range []fields{{}, {Pemohon: "p", Izin: "i|\x1f", Kuasa: "k\n"}} {
			for _, name := range set.Names("a") {
				if _, err := set.Rows("a", name, given); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
