package workflow_test

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/workflowtest"
)

func applicant() workflow.Actor {
	return workflow.Actor{Person: "P-1", Role: workflow.RoleApplicant, Name: "Pemohon CONTOH"}
}

func stranger() workflow.Actor {
	return workflow.Actor{Person: "P-2", Role: workflow.RoleApplicant, Name: "Orang Lain CONTOH"}
}

// officer is the n-th made-up officer of a role, from 1.
func officer(role workflow.Role, n int) workflow.Actor {
	id := string(role) + "-" + strconv.Itoa(n)
	return workflow.Actor{
		Person: workflow.PersonID("P-" + id), Officer: workflow.OfficerID(id), Role: role,
		Name: "Petugas CONTOH " + id, NIP: "000000000000000000", Rank: "Penata, III/c", Title: "Jabatan " + string(role),
	}
}

func frontOffice() workflow.Actor { return officer("front_office", 1) }
func backOffice() workflow.Actor  { return officer("backoffice", 1) }
func team(n int) workflow.Actor   { return officer("tim_teknis", n) }
func kabid() workflow.Actor       { return officer("kabid", 1) }
func secretary() workflow.Actor   { return officer("sekretaris", 1) }
func kadis() workflow.Actor       { return officer("kadis", 1) }
func registry() workflow.Actor    { return officer("ksb_umum", 1) }

// application is a whole application for any procedure.
func application(def *workflow.SOP, now time.Time) workflow.Submit {
	s := workflowtest.Application(def, now.Add(-10*time.Minute))
	s.ID, s.SOP, s.Lang, s.Form = workflow.MakeCaseID(def.Code, 2026, 42), def.Ref, workflow.English, fill(def.Form, now)
	for i, d := range s.Documents {
		s.Documents[i].Files[0].SHA256 = sumOf(d.Code, 1)
	}
	return s
}

// document is the n-th version of a document.
func document(def workflow.DocDef, n int) workflow.Document {
	return workflowtest.Document(def, sumOf(def.Code, n))
}

func sumOf(code workflow.DocCode, n int) string { return string(code) + "-" + strconv.Itoa(n) }

// documents are the n-th versions of some documents.
func documents(def *workflow.SOP, n int, codes ...workflow.DocCode) []workflow.Document {
	var out []workflow.Document
	for _, code := range codes {
		d, _ := def.Document(code)
		out = append(out, document(d, n))
	}
	return out
}

// fill answers every field of a form.
func fill(fields []workflow.Field, now time.Time) workflow.Answers {
	answers := workflow.Answers{}
	for _, f := range fields {
		answers[f.Key] = sample(f, now)
	}
	return answers
}

// without gives the answers but some.
func without(answers workflow.Answers, keys ...string) workflow.Answers {
	out := maps.Clone(answers)
	for _, k := range keys {
		delete(out, k)
	}
	return out
}

func sample(f workflow.Field, now time.Time) string {
	if f.Type == workflow.FieldOfficers {
		return strings.Join([]string{string(officer(f.Role, 1).Officer), string(officer(f.Role, 2).Officer)}, "\n")
	}
	return workflowtest.Answer(f, now)
}

// proposal names the first n members of the team.
func proposal(step workflow.Step, now time.Time, n int) workflow.Propose {
	p := workflow.Propose{Fields: fill(step.Fields, now)}
	for _, f := range step.Fields {
		if f.Type != workflow.FieldOfficers {
			continue
		}
		var ids []string
		for i := range n {
			member := officer(f.Role, i+1)
			p.Team, ids = append(p.Team, member), append(ids, string(member.Officer))
		}
		p.Fields[f.Key] = strings.Join(ids, "\n")
	}
	return p
}
