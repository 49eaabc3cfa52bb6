package form

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFileNameIsFitToBePrinted(t *testing.T) {
	for name, want := range map[string]string{
		"akta.pdf":               "akta.pdf",
		"  akta   pendirian.pdf": "akta pendirian.pdf",
		"../../etc/passwd":       "_.._etc_passwd.pdf",
		"akta\u202efdp.exe":      "akta_fdp.pdf",
		"😀.pdf":                  "berkas.pdf",
		"":                       "berkas.pdf",
	} {
		if got := fileName(name, "application/pdf"); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := fileName(rapid.String().Draw(t, "name"), "image/jpeg")
		if _, ok := printable(got); !ok || got == "" || len([]rune(got)) > maxFileName {
			t.Fatalf("%q", got)
		}
		if again := fileName(got, "image/jpeg"); again != got {
			t.Fatalf("%q becomes %q", got, again)
		}
	})
}
