package handlers

import (
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
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

func TestRupiah(t *testing.T) {
	for amount, want := range map[int64]string{0: "Rp 0", 950: "Rp 950", 1000: "Rp 1.000", 1250000: "Rp 1.250.000"} {
		if got := rupiah(amount); got != want {
			t.Errorf("%d is %q, want %q", amount, got, want)
		}
	}
}

func TestLooksLikeInvitation(t *testing.T) {
	for arg, want := range map[string]bool{
		"ABCDE-FGH23": true, "abcdefgh23": true, "": false, "selamat pagi": false, "pagi": false, "LKS-2026-00042-7": false, "ABCDE-FGH01": false, "permohonan": false,
	} {
		if _, got := workflow.ParseInvitation(arg); got != want {
			t.Errorf("%q: %v", arg, got)
		}
	}
}

func TestListPosition(t *testing.T) {
	for s, want := range map[string][2]int{"": {-1, 0}, ",8": {-1, 8}, "2,0": {2, 0}, "2,8": {2, 8}, "x,-3": {-1, 0}} {
		if group, from := listAt(s); group != want[0] || from != want[1] {
			t.Errorf("%q: %d, %d", s, group, from)
		}
	}
}
