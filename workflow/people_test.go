package workflow_test

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"izinbot/workflow"
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
	form := fill(def.Form, now)
	var documents []workflow.Document
	for _, d := range def.Documents {
		if d.Need != workflow.NeedIfExists {
			documents = append(documents, document(d, 1))
		}
	}
	return workflow.Submit{
		ID: workflow.MakeCaseID(def.Code, 2026, 42), SOP: def.Ref, Lang: workflow.English,
		Form: form, Documents: documents, Started: now.Add(-10 * time.Minute),
	}
}

// document is the n-th version of a document.
func document(def workflow.DocDef, n int) workflow.Document {
	d := workflow.Document{Code: def.Code, Files: []workflow.File{{
		SHA256: string(def.Code) + "-" + strconv.Itoa(n), Name: string(def.Code) + ".pdf", Type: "application/pdf", Size: 1, Pages: 1,
	}}}
	if def.Expires {
		d.Expiry = "2028-06-30"
	}
	return d
}

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
	switch f.Type {
	case workflow.FieldEmail:
		return "kantor@contoh.example"
	case workflow.FieldPhone:
		return "+6280000000000"
	case workflow.FieldDate:
		return now.In(workflow.WIB()).AddDate(0, 1, 0).Format(time.DateOnly)
	case workflow.FieldPlace:
		return "2.740000,98.320000"
	case workflow.FieldChoice:
		return f.Options[0].Key
	case workflow.FieldNumber:
		return "1"
	case workflow.FieldReasons:
		return "Kegiatan tidak sesuai proposal CONTOH | Persyaratan D1"
	case workflow.FieldOfficers:
		return strings.Join([]string{string(officer(f.Role, 1).Officer), string(officer(f.Role, 2).Officer)}, "\n")
	case workflow.FieldText, workflow.FieldLong, workflow.FieldList:
	}
	return "Contoh " + f.Key
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
