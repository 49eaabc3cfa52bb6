package sop

import (
	"slices"

	"izinbot/workflow"
)

// check reports what is wrong with the file as a whole; what is wrong within a
// single value was reported when it was read.
func (s *source) check() {
	s.checkRoles()
	s.checkNumbers()
	for i, st := range s.steps {
		s.checkStep(i, st)
	}
	s.checkService()
	s.checkFields()
	s.checkDocuments()
	s.checkLetters()
	s.checkLadder()
	s.checkFlow()
}

// checkService checks where the charter clock starts.
func (s *source) checkService() {
	first := 0
	for _, st := range s.steps {
		switch {
		case !st.StartsService:
		case !s.charter:
			st.fault(st.at("mulai_layanan"), "“mulai_layanan” tanpa “layanan” di awal berkas")
		case first != 0:
			st.fault(st.at("mulai_layanan"), "layanan sudah dimulai di baris %d", first)
		default:
			first = st.at("mulai_layanan")
		}
	}
	if s.charter && first == 0 && len(s.steps) > 0 {
		s.top.fault(s.top.at("layanan"), "“layanan” diisi tetapi tidak ada langkah dengan “mulai_layanan: ya”")
	}
}

func (s *source) checkDocuments() {
	unique(s.documents, "kode", func(d workflow.DocDef) string { return string(d.Code) })
	for _, d := range s.documents {
		if d.v.Need == workflow.NeedIfProxy && !s.means(s.form, workflow.MeansProxy) {
			d.fault(d.at("perlu"), "“%s” memerlukan isian formulir dengan “makna: %s”", d.v.Need, workflow.MeansProxy)
		}
	}
}

func (s *source) checkLetters() {
	unique(s.letters, "jenis", func(l workflow.LetterDef) string { return string(l.Kind) })
	for _, st := range s.steps {
		if st.Kind == workflow.KindCheck && len(s.letters) > 0 && !s.hasLetter(workflow.LetterClarification) {
			s.top.fault(s.top.at("surat"), "surat “%s” belum ada; langkah %d memakainya", workflow.LetterClarification, st.No)
			return
		}
	}
}

func (s *source) hasLetter(kind workflow.LetterKind) bool {
	return slices.ContainsFunc(s.letters, func(l row[workflow.LetterDef]) bool { return l.v.Kind == kind })
}

func (s *source) means(fields []row[workflow.Field], m workflow.Meaning) bool {
	return slices.ContainsFunc(fields, func(f row[workflow.Field]) bool { return f.v.Meaning == m })
}
