package sop

import (
	"slices"

	"izinbot/workflow"
)

// checkFields checks the form and the fields of every step.
func (s *source) checkFields() {
	unique(s.form, "kunci", fieldKey)
	all := slices.Clone(s.form)
	for _, st := range s.steps {
		unique(st.fields, "kunci", fieldKey)
		for _, f := range st.fields {
			if f.has("setelah") {
				f.fault(f.at("setelah"), "“setelah” hanya untuk isian formulir")
			}
		}
		unique(st.items, "kunci", func(c workflow.CheckItem) string { return c.Key })
		all = append(all, st.fields...)
	}
	s.checkAfter()
	unique(all, "makna", func(f workflow.Field) string { return string(f.Meaning) })
	for _, f := range all {
		s.checkType(f)
		checkDefault(f)
	}
	if len(s.form) > 0 && !s.means(s.form, workflow.MeansBody) {
		s.top.fault(s.top.at("formulir"), "belum ada isian dengan “makna: %s”", workflow.MeansBody)
	}
}

// checkAfter sees to it that the document after which a question is asked is always asked for,
// or the question may be left out.
func (s *source) checkAfter() {
	for _, f := range s.form {
		if f.v.After == "" {
			continue
		}
		i := slices.IndexFunc(s.documents, func(d row[workflow.DocDef]) bool { return d.v.Code == f.v.After })
		switch {
		case i < 0:
			f.fault(f.at("setelah"), "dokumen “%s” tidak ada", f.v.After)
		case s.documents[i].v.Need != workflow.NeedAlways && !f.v.Optional:
			f.fault(f.at("setelah"), "dokumen “%s” tidak selalu diminta, jadi isian ini perlu “wajib: tidak”", f.v.After)
		}
	}
}

func fieldKey(f workflow.Field) string { return f.Key }

func (s *source) checkType(f row[workflow.Field]) {
	if f.v.Type == "" {
		return
	}
	if want := typeOf(f.v.Meaning); want != "" && f.v.Type != want {
		f.fault(f.at("tipe"), "“makna: %s” memerlukan “tipe: %s”", f.v.Meaning, want)
	}
	if f.v.Type == workflow.FieldChoice {
		f.must("pilihan")
	} else if f.has("pilihan") {
		f.fault(f.at("pilihan"), "“pilihan” hanya untuk “tipe: %s”", workflow.FieldChoice)
	}
	if f.v.Type == workflow.FieldOfficers {
		f.must("peran")
		s.officer(f.table, "peran", f.v.Role)
	} else if f.has("peran") {
		f.fault(f.at("peran"), "“peran” hanya untuk “tipe: %s”", workflow.FieldOfficers)
	}
}

// checkDefault reports a default that its own field would not take.
func checkDefault(f row[workflow.Field]) {
	value := f.v.Default
	if value == "" || f.v.Type == "" || f.v.Accepts(value) {
		return
	}
	if f.v.Type == workflow.FieldChoice {
		if len(f.v.Options) > 0 {
			f.fault(f.at("bawaan"), "“bawaan: %s” tidak ada pada “pilihan”", value)
		}
		return
	}
	f.fault(f.at("bawaan"), "“bawaan: %s” bukan isian yang benar untuk “tipe: %s”", oneLine(value), f.v.Type)
}
