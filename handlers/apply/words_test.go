package apply_test

import (
	"testing"

	"izinbot/workflow"
)

func TestLooksLikeInvitation(t *testing.T) {
	for arg, want := range map[string]bool{
		"ABCDE-FGH23": true, "abcdefgh23": true, "": false, "selamat pagi": false, "pagi": false, "LKS-2026-00042-7": false, "ABCDE-FGH01": false, "permohonan": false,
	} {
		if _, got := workflow.ParseInvitation(arg); got != want {
			t.Errorf("%q: %v", arg, got)
		}
	}
}
