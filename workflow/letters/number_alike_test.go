package letters

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

func TestAlike(t *testing.T) {
	const usual = "{klasifikasi}/{urut}/{opd}/{bulan_romawi}/{tahun}"
	for _, tc := range []struct {
		name, first, second string
		sample              string // empty: never
	}{
		{"one format for both", usual, usual, "503/001/DINAS/XI/2026"},
		{"a word of its own", usual, "{klasifikasi}/{urut}/IZIN/{opd}/{bulan_romawi}/{tahun}", ""},
		{"other separators", usual, "{klasifikasi}-{urut}-{opd}-{bulan_romawi}-{tahun}", ""},
		{"another sign between", "{urut}/{tahun}", "{urut} / {tahun}", ""},
		{"the office's code written out", usual, "503/{urut}/DINAS/{bulan_romawi}/{tahun}", "503/001/DINAS/XI/2026"},
		{"another case", usual, "503/{urut}/Dinas/{bulan_romawi}/{tahun}", ""},
		{"the places of number and year changed", "{urut}/{tahun}", "{tahun}/{urut}", "2026/2027"},
		{"a month can be no number", "{bulan_romawi}/{urut}/{tahun}", "{urut}/{urut}/{tahun}", ""},
		{"a month for a word", "{bulan_romawi}/{urut}/{tahun}", "XII/{urut}/{tahun}", "XII/001/2026"},
		{"no month", "{bulan_romawi}/{urut}/{tahun}", "XIII/{urut}/{tahun}", ""},
		{"a number for a word", "{urut}/{urut}/{tahun}", "007/{urut}/{tahun}", "007/007/2026"},
		{"no number has two digits", "{urut}/{urut}/{tahun}", "07/{urut}/{tahun}", ""},
		{"no number begins with 0 past the three", "{urut}/{urut}/{tahun}", "0007/{urut}/{tahun}", ""},
		{"there is no number 0", "{urut}/{urut}/{tahun}", "000/{urut}/{tahun}", ""},
		{"one number cannot be two", "{urut}/{urut}/{urut}/{tahun}", "001/002/{urut}/{tahun}", ""},
		{"five digits are no year", "{tahun}/{urut}/{tahun}", "12026/{urut}/{tahun}", ""},
		{"one year cannot be two", "{tahun}/{urut}/{tahun}", "2026/{urut}/2027/{tahun}", ""},
		{"a class that holds a separator", "{klasifikasi}/4/{urut}/{tahun}", "503/{urut}/{urut}/{tahun}", ""},
		{"a class that holds a number", "A/{urut}/{tahun}/{klasifikasi}", "A/{urut}/{tahun}/503", "A/001/2026/503"},
		{"longer", usual, usual + "/", ""},
		{"a mark begins", "/{urut}/{tahun}", "{urut}/{tahun}", ""},
		{"letters of another script", "А/{urut}/{tahun}", "A/{urut}/{tahun}", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, pair := range [][2]string{{tc.first, tc.second}, {tc.second, tc.first}} {
				for _, f := range pair {
					if err := checkParts(f); err != nil {
						t.Fatal(err)
					}
				}
				got, ok := alike(tokens(pair[0], "503", "DINAS"), tokens(pair[1], "503", "DINAS"), false)
				if ok != (tc.sample != "") || ok && got != tc.sample {
					t.Errorf("%s and %s: %q, %t", pair[0], pair[1], got, ok)
				}
			}
		})
	}
}

// TestAlikeInOneRegister: there two letters never have the same number of the same year, but
// another class can bring parts to other places.
func TestAlikeInOneRegister(t *testing.T) {
	for _, tc := range []struct {
		format, first, second string
		want                  bool
	}{
		{"{klasifikasi}/{urut}/{tahun}", "503", "503", false},
		{"{klasifikasi}/{urut}/{tahun}", "503", "094", false},
		{"{urut}/{klasifikasi}/{urut}/{tahun}", "001/002", "002/002", false},
		{"{klasifikasi}/{urut}/{tahun}/{klasifikasi}", "001", "002", false},
		{"{tahun}/{urut}/{klasifikasi}", "001", "001/X", false},
		{"{klasifikasi}/{urut}/{tahun}/{tahun}", "503", "503/001", false},
		{"{klasifikasi}{klasifikasi}/{urut}/{tahun}", "5/5", "55", false},
		{"{klasifikasi}/{tahun}.{urut}/{klasifikasi}", "A", "A", false},
	} {
		got, ok := alike(tokens(tc.format, tc.first, "X"), tokens(tc.format, tc.second, "X"), true)
		if ok != tc.want {
			t.Errorf("%+v: %q, %t", tc, got, ok)
		}
	}
	// Formats that differ are compared as well: procedures may be older than the office file.
	if got, ok := alike(tokens("{urut}/{tahun}/001", "", ""), tokens("002/{tahun}/{urut}", "", ""), true); !ok || got != "002/2026/001" {
		t.Errorf("%q, %t", got, ok)
	}
}

// drawFormats draws two formats, most often of one length and with the same signs, so that
// many pairs are alike.
func drawFormats(t *rapid.T) (pair [2]string) {
	words := []string{partSeq, partSeq, partYear, partMonth, partClass, partCode, "001", "002", "012", "0012", "000", "12", "2026", "2027", "XI", "I", "A"}
	n := rapid.IntRange(0, 3).Draw(t, "words")
	for i := range pair {
		list := []string{partSeq, partYear}
		for range n {
			list = append(list, rapid.SampledFrom(words).Draw(t, "word"))
		}
		if rapid.Bool().Draw(t, "in another order") {
			list = rapid.Permutation(list).Draw(t, "order")
		}
		pair[i] = strings.Join(list, rapid.SampledFrom([]string{"/", "/", "/", "/", "-", "//"}).Draw(t, "sign"))
	}
	return pair
}

// TestAlikeIsExact compares the decision with all numbers of a small office: those that can be
// met by the words of its formats and classes.
func TestAlikeIsExact(t *testing.T) {
	var same, differ int
	rapid.Check(t, func(t *rapid.T) {
		classes := []string{"", "503", "001", "A", "A/002", "2026-XI"}
		class := [2]string{rapid.SampledFrom(classes).Draw(t, "first class"), rapid.SampledFrom(classes).Draw(t, "second class")}
		formats := drawFormats(t)
		one := rapid.Bool().Draw(t, "one register")
		if one {
			formats[1] = formats[0]
		}
		o := Office{Code: "A", NumberFormats: NumberFormats{"first": formats[0], "second": formats[1]}}
		printed := printAll(o, "first", class[0])
		sample, ok := alike(tokens(formats[0], class[0], o.Code), tokens(formats[1], class[1], o.Code), one)
		found, seen := "", false
		for text, rows := range printAll(o, "second", class[1]) {
			for _, b := range rows {
				for _, a := range printed[text] {
					if !one || a != b {
						found = text
					}
					seen = seen || text == sample && (!one || a != b)
				}
			}
		}
		if ok != (found != "") || ok && !seen {
			t.Fatalf("%q and %q, classes %q, one register %t: decided %t (%q), found %q", formats[0], formats[1], class, one, ok, sample, found)
		}
		if ok {
			same++
		} else {
			differ++
		}
	})
	if same == 0 || differ == 0 {
		t.Errorf("%d were alike and %d not: nothing was compared", same, differ)
	}
}

// row is a number's place in its register.
type row struct{ year, seq int }

func printAll(o Office, register, class string) map[string][]row {
	all := map[string][]row{}
	for _, seq := range []int{1, 2, 3, 4, 12, 503, 2026, 2027, 2028} {
		for _, year := range []int{2026, 2027, 2028, 2029} {
			for _, month := range []time.Month{time.January, time.November, time.December} {
				text := o.FormatNumber(register, class, seq, time.Date(year, month, 9, 9, 0, 0, 0, workflow.WIB()))
				all[text] = append(all[text], row{year, seq})
			}
		}
	}
	return all
}
