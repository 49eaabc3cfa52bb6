package workflow_test

import (
	"fmt"
	"time"

	"izinbot/workflow"
)

// counterSOP is a procedure of three steps: an application with one document, its check,
// and a numbered permit.
func counterSOP() *workflow.SOP {
	return &workflow.SOP{
		Ref: workflow.SOPRef{Name: "contoh", Version: "1"}, Code: "CTH",
		Roles: []workflow.RoleDef{{Role: workflow.RoleApplicant}, {Role: "loket"}},
		Documents: []workflow.DocDef{
			{Code: "B1", Need: workflow.NeedAlways},
		},
		Letters: []workflow.LetterDef{{Kind: "surat_izin", Register: workflow.RegisterPermits}},
		Steps: []workflow.Step{
			{No: 1, Kind: workflow.KindSubmit, Role: workflow.RoleApplicant, Then: []workflow.Branch{{Outcome: workflow.OutcomeNext, To: 2}}},
			{No: 2, Kind: workflow.KindCheck, Role: "loket", Time: workflow.Budget{N: 2, Unit: workflow.Hour}, Then: []workflow.Branch{
				{Outcome: workflow.OutcomeComplete, To: 3}, {Outcome: workflow.OutcomeIncomplete, To: 1},
			}},
			{No: 3, Kind: workflow.KindIssue, Role: "loket", Letters: []workflow.LetterKind{"surat_izin"}, Then: []workflow.Branch{
				{Outcome: workflow.OutcomeNext, End: workflow.EndGranted},
			}},
		},
	}
}

func counterApplicant() workflow.Actor {
	return workflow.Actor{Person: "P-1", Role: workflow.RoleApplicant, Name: "Ayu CONTOH"}
}

func counterOfficer() workflow.Actor {
	return workflow.Actor{Officer: "O-1", Role: "loket", Name: "Bona CONTOH"}
}

func counterApplication() workflow.Submit {
	return workflow.Submit{
		ID: workflow.MakeCaseID("CTH", 2026, 42), SOP: workflow.SOPRef{Name: "contoh", Version: "1"},
		Documents: []workflow.Document{{Code: "B1", Files: []workflow.File{{SHA256: "…", Name: "akta.pdf"}}}},
	}
}

// counterNow is Monday, 23 November 2026, 08.00 WIB.
func counterNow() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB()) }

// checked gives a case whose file was found complete.
func checked(def *workflow.SOP) workflow.Case {
	var c workflow.Case
	for _, cmd := range []workflow.Command{
		{Actor: counterApplicant(), Act: counterApplication()},
		{Actor: counterOfficer(), Act: workflow.Judge{Documents: []workflow.DocCode{"B1"}, OK: true}},
		{Actor: counterOfficer(), Act: workflow.Pass{}},
	} {
		d, err := workflow.Decide(def, c, cmd, counterNow())
		if err != nil {
			panic(err)
		}
		c = d.Case
		c.Version++ // as Append does
	}
	return c
}

func ExampleDecide() {
	def := counterSOP()
	submit := workflow.Command{Key: "in-1", Actor: counterApplicant(), Act: counterApplication()}
	d, err := workflow.Decide(def, workflow.Case{}, submit, counterNow())
	if err != nil {
		fmt.Println(err)
		return
	}
	c := d.Case
	c.Version = 1
	fmt.Println(c.ID, "is at step", c.Step, "and waits for", c.WaitsFor(def))
	fmt.Println("to be told:", d.Notices[0].Role, d.Notices[0].Key)

	pass := workflow.Command{Key: "in-2", Actor: counterApplicant(), Act: workflow.Pass{}}
	_, err = workflow.Decide(def, c, pass, counterNow())
	fmt.Println("refused:", err)
	// Output:
	// CTH-2026-00042-7 is at step 2 and waits for loket
	// to be told: loket task.new
	// refused: forbidden loket
}

func ExampleNumbersNeeded() {
	def := counterSOP()
	c := checked(def)
	issue := workflow.Command{Key: "in-4", Actor: counterOfficer(), Act: workflow.Issue{}}
	fmt.Println("needed:", workflow.NumbersNeeded(def, c, issue, counterNow()))

	issue.Numbers = map[workflow.LetterID]workflow.Number{
		"surat_izin": {Register: workflow.RegisterPermits, Year: 2026, Seq: 1, Text: "503/001/CONTOH/2026"},
	}
	d, err := workflow.Decide(def, c, issue, counterNow())
	fmt.Println(d.Case.End, d.Case.Letters[0].Number.Text, err)
	// Output:
	// needed: [surat_izin]
	// terbit 503/001/CONTOH/2026 <nil>
}

func ExampleVerifyHistory() {
	def := counterSOP()
	submit := workflow.Command{Key: "in-1", Actor: counterApplicant(), Act: counterApplication()}
	d, err := workflow.Decide(def, workflow.Case{}, submit, counterNow())
	if err != nil {
		fmt.Println(err)
		return
	}
	c, first, err := workflow.Append(d.Case, submit, nil, workflow.Facts{}, counterNow())
	if err != nil {
		fmt.Println(err)
		return
	}
	seq, _ := workflow.VerifyHistory(c.ID, []workflow.Entry{first})
	fmt.Println("first wrong entry:", seq)

	first.At = first.At.Add(-24 * time.Hour) // somebody dates it back
	seq, reason := workflow.VerifyHistory(c.ID, []workflow.Entry{first})
	fmt.Println("entry", seq, reason)
	// Output:
	// first wrong entry: 0
	// entry 1 was changed after it was written
}

func ExampleParseCaseID() {
	id, err := workflow.ParseCaseID("lks 2026 00042 7")
	fmt.Println(id, err)
	_, err = workflow.ParseCaseID("LKS-2026-00024-7") // two digits swapped
	fmt.Println(err)
	// Output:
	// LKS-2026-00042-7 <nil>
	// invalid case_id
}

func ExampleField_Accepts() {
	day := workflow.Field{Key: "berlaku_sampai", Type: workflow.FieldDate}
	fmt.Println(day.Accepts("2027-02-28"), day.Accepts("2027-02-30"))
	// Output:
	// true false
}
