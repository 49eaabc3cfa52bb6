package workflow_test

import (
	"testing"

	"izinbot/workflow"
)

func TestMaskIdentity(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"X0000000": "X••••00", "1234567890123456": "1••••56", "ABCDEF": "A••••EF", "ABCDE": "••••", "": "••••", "é23456": "é••••56",
	} {
		if got := workflow.MaskIdentity(number); got != want {
			t.Errorf("%q is shown as %q, want %q", number, got, want)
		}
	}
}

// TestIdentitiesOfASmallProcedure: the head of an office without other superiors oversees
// those who check, and whoever drafts needs no identity.
func TestIdentitiesOfASmallProcedure(t *testing.T) {
	t.Parallel()
	def := &workflow.SOP{
		Roles: []workflow.RoleDef{{Role: workflow.RoleApplicant}, {Role: "loket", Superior: "kepala"}, {Role: "penata", Superior: "kepala"}, {Role: "kepala"}},
		Steps: []workflow.Step{
			{No: 1, Role: workflow.RoleApplicant, Kind: workflow.KindSubmit},
			{No: 2, Role: "loket", Kind: workflow.KindCheck},
			{No: 3, Role: "penata", Kind: workflow.KindDraft},
			{No: 4, Role: "kepala", Kind: workflow.KindSign},
		},
	}
	for role, want := range map[workflow.Role][2]bool{
		"loket": {true, false}, "penata": {false, false}, "kepala": {true, true}, workflow.RoleApplicant: {false, false}, workflow.RoleAdmin: {false, false}, "": {false, false},
	} {
		if got := [2]bool{def.SeesIdentity(role), def.OverseesIdentity(role)}; got != want {
			t.Errorf("%q sees and oversees %v, want %v", role, got, want)
		}
	}
}
