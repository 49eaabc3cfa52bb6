package workflow_test

import (
	"testing"

	"izinbot/workflow"
)

func TestWhoKeepsTheBooks(t *testing.T) {
	def := lks()
	for role, want := range map[workflow.Role]bool{
		"ksb_umum": true, "sekretaris": true, "kadis": true,
		"kabid": false, "backoffice": false, "front_office": false, "tim_teknis": false,
		workflow.RoleApplicant: false, workflow.RoleSystem: false, "": false,
	} {
		if got := def.KeepsBooks(role); got != want {
			t.Errorf("%q: %v", role, got)
		}
	}
	if none := (&workflow.SOP{}); none.KeepsBooks("") {
		t.Error("a procedure without numbers has a keeper of its books")
	}
}
