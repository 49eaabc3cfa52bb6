package handlers

import (
	"testing"
)

func TestMaskCodesLeavesWordsAlone(t *testing.T) {
	for _, text := range []string{"", "permohonan izin", "mulai", "halo semuanya", "status LKS-2026-00001-3", "081234567890", "gabung"} {
		if got := maskCodes(text, commandTable()); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
