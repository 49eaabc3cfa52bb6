package workflowtest

import (
	"time"

	"izinbot/workflow"
)

// Application gives a whole application for any procedure: every field answered, and
// a file for each document that is needed of everybody or for a reason. All of it is
// made up.
func Application(def *workflow.SOP, now time.Time) workflow.Submit {
	s := workflow.Submit{Lang: workflow.Indonesian, Form: workflow.Answers{}, Started: now}
	for _, f := range def.Form {
		s.Form[f.Key] = Answer(f, now)
	}
	for _, d := range def.Documents {
		if d.Need != workflow.NeedIfExists {
			s.Documents = append(s.Documents, Document(d, string(d.Code)))
		}
	}
	return s
}

// Document gives a document of one page, with an expiry date in 2028 where it needs
// one. sum stands for the SHA-256 of its file.
func Document(def workflow.DocDef, sum string) workflow.Document {
	name := string(def.Code) + ".pdf"
	d := workflow.Document{Code: def.Code, Files: []workflow.File{{SHA256: sum, Name: name, Type: "application/pdf", Size: 1, Pages: 1}}}
	if def.Expires {
		d.Expiry = "2028-06-30"
	}
	return d
}

// Answer gives an answer that a field takes: a date is in a month, a choice the first.
// Officers are words, for only the caller knows whom there are.
func Answer(f workflow.Field, now time.Time) string {
	switch f.Type {
	case workflow.FieldEmail:
		return "kantor@contoh.example"
	case workflow.FieldPhone:
		return "+6280000000000"
	case workflow.FieldDate:
		return now.In(workflow.WIB()).AddDate(0, 1, 0).Format(time.DateOnly)
	case workflow.FieldCoordinates:
		return "2.740000,98.320000"
	case workflow.FieldChoice:
		return f.Options[0].Key
	case workflow.FieldNumber:
		return "1"
	case workflow.FieldReasons:
		return "Kegiatan tidak sesuai proposal CONTOH | Persyaratan D1"
	case workflow.FieldText, workflow.FieldLong, workflow.FieldList, workflow.FieldOfficers:
	}
	return "Contoh " + f.Key
}
