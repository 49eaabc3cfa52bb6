package workflow_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

func FuzzCaseID(f *testing.F) {
	f.Add("LKS", 2026, 42)
	f.Add("RKL", 1, 999_999_999)
	f.Fuzz(func(t *testing.T, code string, year, seq int) {
		if !slices.Contains([]string{"LKS", "RKL", "AB", "ABCDE"}, code) {
			code = "LKS"
		}
		year, seq = 1+abs(year)%9999, 1+abs(seq)%999_999_999
		id := workflow.MakeCaseID(code, year, seq)
		for _, typed := range []string{
			string(id), strings.ToLower(string(id)), " " + string(id) + "\n",
			strings.ReplaceAll(string(id), "-", " "), strings.ReplaceAll(string(id), "-", "."),
		} {
			if got, err := workflow.ParseCaseID(typed); err != nil || got != id {
				t.Errorf("ParseCaseID(%q) = %q, %v; want %q", typed, got, err, id)
			}
		}
	})
}

func abs(n int) int { return max(n, -(n + 1)) }

func FuzzParseCaseID(f *testing.F) {
	for _, s := range []string{"LKS-2026-00042-7", "lks 2026 00042 7", "LKS-2026-42-7", "", "----", "LKS-+026-00042-7", "ＬＫＳ-2026-00042-7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := workflow.ParseCaseID(s)
		if err != nil {
			if workflow.CodeOf(err) != workflow.CodeInvalid || id != "" {
				t.Errorf("ParseCaseID(%q) = %q, %v", s, id, err)
			}
			return
		}
		parts := strings.Split(string(id), "-")
		year, _ := strconv.Atoi(parts[1])
		seq, _ := strconv.Atoi(parts[2])
		if again := workflow.MakeCaseID(parts[0], year, seq); again != id {
			t.Errorf("%q was read as %q, which is made as %q", s, id, again)
		}
	})
}

func TestCaseIDOfTheExamples(t *testing.T) {
	if id := workflow.MakeCaseID("LKS", 2026, 42); id != "LKS-2026-00042-7" {
		t.Errorf("case 42 is %s; the manuals show LKS-2026-00042-7", id)
	}
}

// TestMistypedCaseIDsAreFound: no single wrong digit and no swap of neighbours,
// across a dash or not, names another case.
func TestMistypedCaseIDsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := workflow.MakeCaseID("LKS", rapid.IntRange(1000, 9999).Draw(t, "year"), rapid.IntRange(1, 99_999).Draw(t, "seq"))
		var digits []int
		for i, r := range string(id) {
			if r >= '0' && r <= '9' {
				digits = append(digits, i)
			}
		}
		for n, i := range digits {
			for d := byte('0'); d <= '9'; d++ {
				wrong := []byte(id)
				wrong[i] = d
				mustNotParse(t, id, string(wrong))
			}
			if n > 0 {
				swapped := []byte(id)
				swapped[i], swapped[digits[n-1]] = swapped[digits[n-1]], swapped[i]
				mustNotParse(t, id, string(swapped))
			}
		}
	})
}

func mustNotParse(t *rapid.T, id workflow.CaseID, typed string) {
	if _, err := workflow.ParseCaseID(typed); typed != string(id) && err == nil {
		t.Errorf("%s mistyped as %s names another case", id, typed)
	}
}

func TestParseCaseIDRefusesOtherForms(t *testing.T) {
	for _, s := range []string{
		"", "LKS", "LKS-2026-00042", "LKS-2026-00042-8", "LKS-2026-42-7", "LKS-26-00042-7", "LKS-2026-000042-7",
		"L-2026-00042-7", "LKSLKS-2026-00042-7", "LK5-2026-00042-7", "LKS-2026-00000-0", "LKS-0000-00042-7",
		"LKS-2026-00042-7-7", "LKS-2026-+0042-7", "LKS-2026-0004２-7",
		string(workflow.MakeCaseID("LK5", 2026, 42)), string(workflow.MakeCaseID("L", 2026, 42)),
		string(workflow.MakeCaseID("LKSLKS", 2026, 42)), string(workflow.MakeCaseID("L[S", 2026, 42)),
	} {
		if id, err := workflow.ParseCaseID(s); workflow.CodeOf(err) != workflow.CodeInvalid {
			t.Errorf("ParseCaseID(%q) = %q, %v", s, id, err)
		}
	}
}

func FuzzLetterID(f *testing.F) {
	f.Add("klarifikasi", 1)
	f.Add("surat_izin-2", 2)
	f.Fuzz(func(t *testing.T, kind string, serial int) {
		serial = 1 + abs(serial)%1000
		id := workflow.MakeLetterID(workflow.LetterKind(kind), serial)
		gotKind, got, err := workflow.ParseLetterID(id)
		if strings.Contains(kind, "-") || kind == "" {
			return // no kind has a dash; it need only not panic
		}
		if err != nil || string(gotKind) != kind || got != serial {
			t.Errorf("%q was read as %q, %d, %v", id, gotKind, got, err)
		}
	})
}

func TestParseLetterIDRefusesOtherForms(t *testing.T) {
	for _, id := range []workflow.LetterID{"", "-2", "resi-", "resi-1", "resi-02", "resi-x", "resi-2-3"} {
		if _, _, err := workflow.ParseLetterID(id); workflow.CodeOf(err) != workflow.CodeInvalid {
			t.Errorf("ParseLetterID(%q): %v", id, err)
		}
	}
}
