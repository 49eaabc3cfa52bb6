package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

const (
	embeddedSOP = "../../../../workflow/sop/lks-asing.yaml"
	smallSOP    = "../../../../workflow/sop/testdata/reklame.yaml"
	brokenSOP   = "../../../../workflow/sop/testdata/salah.yaml"
)

func TestSOPCheck(t *testing.T) {
	izinbot(t, "sop", "check", embeddedSOP).ends(0).prints("benar. lks-asing versi 1-", "23 langkah, 17 dokumen")
	izinbot(t, "sop", "check", smallSOP).ends(0).prints("benar. reklame versi 1-", "6 langkah, 2 dokumen")
}

func TestSOPCheckNamesTheFileAsItWasNamed(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("sop.yaml", []byte("judul: CONTOH\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := izinbot(t, "sop", "check", "sop.yaml").ends(1); !strings.HasPrefix(r.out, "sop.yaml:1: ") {
		t.Errorf("said:\n%s", r.out)
	}
}

// TestSOPCheckListsEveryFault compares with what the broken file says about itself.
func TestSOPCheckListsEveryFault(t *testing.T) {
	source, err := os.ReadFile(brokenSOP)
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	r := izinbot(t, "sop", "check", brokenSOP).ends(1)
	for no, line := range strings.Split(string(source), "\n") {
		for _, fault := range strings.Split(line, "# ! ")[1:] {
			want++
			if !regexp.MustCompile(`salah\.yaml:` + itoa(no+1) + `: ` + regexp.QuoteMeta(strings.TrimSpace(fault))).MatchString(r.out) {
				t.Errorf("line %d: no %q in\n%s", no+1, fault, r.out)
			}
		}
	}
	r.prints(itoa(want) + " kesalahan")
	if r.errs != "" || want < 10 {
		t.Errorf("%d faults; errors %q", want, r.errs)
	}
}

func TestSOPDraw(t *testing.T) {
	for format, kept := range map[string]string{"md": "../../../../docs/sop/lks-asing.md", "svg": "../../../../docs/sop/lks-asing.svg"} {
		want, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"sop", "draw", "--format", format}, {"sop", "draw", embeddedSOP, "--format", format}} {
			if r := izinbot(t, args...).ends(0); r.out != string(want) {
				t.Errorf("izinbot %q does not draw what %s keeps", args, kept)
			}
		}
	}
	izinbot(t, "sop", "draw", smallSOP).ends(0).prints("Memeriksa permohonan", "Kepala Kantor")
	izinbot(t, "sop", "draw", brokenSOP).ends(1).complains("izinbot: ")
}
