package workflow_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

func TestFindCaseID(t *testing.T) {
	const id = "LKS-2026-00001-3"
	for text, rest := range map[string]string{
		id: "", "lks-2026-00001-3": "", "LKS 2026 00001 3": "", "LKS.2026.00001.3": "", "LKS2026000013": "", "LKS-2026-00001-3.": ".", "LKS/2026/00001/3": "", "Lks 2026-00001-3": "",
		"LKS-2O26-OOOOl-3": "", "LKS: 2026-00001-3": "", "*LKS-2026-00001-3*": "* *", "LKS - 2026 - 00001 - 3": "",
		"status LKS-2026-00001-3": "status", "buka LKS-2026-00001-3 sekarang": "buka sekarang", "ketik STATUS LKS-2026-00001-3 ya": "ketik STATUS ya",
		"resi saya LKS-2026-00001-3 ok": "resi saya ok", "LKS-2026-00001-3 2 lembar": "2 lembar", "LKS Contoh, LKS-2026-00001-3": "LKS Contoh,",
		"LKS-2026-00001-4 atau LKS-2026-00001-3": "LKS-2026-00001-4 atau",
	} {
		if got := workflow.FindCaseID(text, "LKS"); got.ID != id || got.Rest != rest || got.Slip != "" {
			t.Errorf("%q: %q, rest %q, slip %q", text, got.ID, got.Rest, got.Slip)
		}
	}
	for text, slip := range map[string]string{
		"LKS-2026-00001-4": "LKS-2026-00001-4", "status lks 2026 00001 4": "LKS-2026-00001-4", "LKS Contoh Dairi": "", "XLKS-2026-00001-3": "", "LKS-2026-001-3": "", "081234567890": "",
		"": "", "LKS": "", "ABC-2026-00001-3": "", "LKS tahun 2026": "", "LKS 2026": "",
	} {
		if got := workflow.FindCaseID(text, "LKS"); got.ID != "" || got.Slip != slip || slip == "" && got.Rest != text {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// TestEveryCaseIsFound writes a case's number in many ways into sentences.
func TestEveryCaseIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := workflow.MakeCaseID("LKS", rapid.IntRange(2020, 2099).Draw(t, "year"), rapid.IntRange(1, 99999).Draw(t, "seq"))
		between := rapid.SampledFrom([]string{"-", " ", ".", "", "/", "_", " - "}).Draw(t, "between")
		text := strings.ReplaceAll(string(want), "-", between)
		if rapid.Bool().Draw(t, "letters") {
			text = text[:3] + strings.NewReplacer("0", "O", "1", "l").Replace(text[3:])
		}
		if rapid.Bool().Draw(t, "small") {
			text = "lks" + text[3:]
		}
		text = rapid.SampledFrom([]string{"", "status ", "resi kami: ", "(", "*"}).Draw(t, "before") + text + rapid.SampledFrom([]string{"", ".", " terima kasih", "*", ")"}).Draw(t, "after")
		if got := workflow.FindCaseID(text, "LKS"); got.ID != want {
			t.Fatalf("%q: %+v, want %s", text, got, want)
		}
	})
}

func TestShortCaseID(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, workflow.WIB())
	if id, err := workflow.ShortCaseID("00042-7", "LKS", now); err != nil || id != "LKS-2026-00042-7" {
		t.Errorf("%s, %v", id, err)
	}
	for _, text := range []string{"", "00042-1", "42", "12-7", "00042-77", "31-12", "a-7", "00000-1"} {
		if id, err := workflow.ShortCaseID(text, "LKS", now); err == nil {
			t.Errorf("%q is %s", text, id)
		}
	}
}

func TestLikelySlips(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, workflow.WIB())
	for slip, want := range map[string]workflow.CaseID{"LKS-2026-00024-7": "LKS-2026-00042-7", "LKS-2062-00042-7": "LKS-2026-00042-7"} {
		if got := workflow.LikelySlips(slip, now); len(got) == 0 || got[0] != want {
			t.Errorf("%s is taken for %v, want %s", slip, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		id := string(workflow.MakeCaseID("LKS", 2026, rapid.IntRange(1, 99999).Draw(t, "seq")))
		at := rapid.IntRange(4, len(id)-1).Draw(t, "at")
		slip := id[:at] + rapid.SampledFrom(strings.Split("0123456789", "")).Draw(t, "digit") + id[at+1:]
		for _, got := range workflow.LikelySlips(slip, now) {
			if _, err := workflow.ParseCaseID(string(got)); err != nil {
				t.Fatalf("%s is taken for %s, which is no number", slip, got)
			}
		}
	})
}
