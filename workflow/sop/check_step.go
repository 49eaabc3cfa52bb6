package sop

import (
	"slices"

	"izinbot/workflow"
)

// checkNumbers reports gaps and repeats in the steps' numbers.
func (s *source) checkNumbers() {
	seen := map[int]int{}
	last := 0
	for _, st := range s.steps {
		if st.No < 1 {
			continue
		}
		first, again := seen[st.No]
		switch {
		case again:
			st.fault(st.at("no"), "nomor %d sudah dipakai di baris %d", st.No, first)
			continue
		case st.No != last+1:
			st.fault(st.at("no"), "nomor tidak urut: setelah %d harus %d", last, last+1)
		}
		seen[st.No] = st.at("no")
		last = st.No
	}
}

func (s *source) checkStep(i int, st *step) {
	if st.Role != "" && !s.role(st.Role) {
		st.fault(st.at("pelaksana"), "“pelaksana”: peran “%s” tidak ada pada daftar “peran”", st.Role)
	}
	s.checkStepLetters(st)
	if st.Kind == "" {
		return
	}
	s.checkPerformer(i, st)
	s.checkKindKeys(st)
	checkOutcomes(st)
	for _, b := range st.branches {
		if b.v.To > 0 && !slices.ContainsFunc(s.steps, func(o *step) bool { return o.No == b.v.To }) {
			b.fault(b.at("ke"), "tidak ada langkah %d", b.v.To)
		}
	}
}

// checkPerformer: the applicant submits and receives; everything else is an
// officer's.
func (s *source) checkPerformer(i int, st *step) {
	submits := st.Kind == workflow.KindSubmit
	applicants := submits || st.Kind == workflow.KindReceive
	switch {
	case i == 0 && !submits:
		st.fault(st.at("aksi"), "langkah pertama harus “aksi: %s”", workflow.KindSubmit)
	case i > 0 && submits:
		st.fault(st.at("aksi"), "“aksi: %s” hanya untuk langkah pertama", workflow.KindSubmit)
	}
	if st.Role == "" {
		return
	}
	if isApplicant := st.Role == workflow.RoleApplicant; applicants && !isApplicant {
		st.fault(st.at("pelaksana"), "“aksi: %s” harus dilakukan pemohon", st.Kind)
	} else if !applicants && isApplicant {
		st.fault(st.at("pelaksana"), "“aksi: %s” tidak boleh dilakukan pemohon", st.Kind)
	}
}

func (s *source) checkStepLetters(st *step) {
	seen := map[string]bool{}
	for _, l := range st.letters {
		if !s.hasLetter(workflow.LetterKind(l.text)) {
			st.fault(l.no, "surat “%s” tidak ada pada daftar “surat”", l.text)
		}
		if seen[l.text] {
			st.fault(l.no, "surat “%s” ditulis dua kali", l.text)
		}
		seen[l.text] = true
	}
}

// checkKindKeys checks the keys that only some kinds of step have.
func (s *source) checkKindKeys(st *step) {
	only(st, "penanda_tangan", st.Kind == workflow.KindCoordinate)
	only(st, "daftar_periksa", st.Kind == workflow.KindVisit)
	only(st, "persetujuan", st.Kind == workflow.KindVisit)
	allow(st, "surat", slices.Contains(makesLetters(), st.Kind))
	allow(st, "isian", slices.Contains(takesFields(), st.Kind))
	if st.Kind == workflow.KindCoordinate {
		st.must("surat")
		s.officer(st.table, "penanda_tangan", st.Signer)
	}
	if st.Kind == workflow.KindDraft && len(st.Letters) != 1 {
		st.fault(st.at("surat"), "“aksi: %s” harus membuat tepat satu surat, sekarang %d", st.Kind, len(st.Letters))
	}
}

// only demands a key for the kinds that need it and forbids it for the others.
func only(st *step, key string, needed bool) {
	if needed {
		st.must(key)
	}
	allow(st, key, needed)
}

func allow(st *step, key string, allowed bool) {
	if !allowed && st.has(key) {
		st.fault(st.at(key), "“%s” tidak berlaku untuk “aksi: %s”", key, st.Kind)
	}
}

// checkOutcomes: a step names each outcome of its kind once, and no other.
func checkOutcomes(st *step) {
	want := st.Kind.Outcomes()
	unique(st.branches, "hasil", func(b workflow.Branch) string { return string(b.Outcome) })
	for _, b := range st.branches {
		if b.v.Outcome != "" && !slices.Contains(want, b.v.Outcome) {
			b.fault(b.at("hasil"), "“hasil: %s” tidak berlaku untuk “aksi: %s”", b.v.Outcome, st.Kind)
		}
	}
	if !st.readable() {
		return
	}
	for _, o := range want {
		if _, ok := st.Branch(o); !ok {
			st.fault(st.at("lanjut"), "“lanjut” belum menyebut “hasil: %s”", o)
		}
	}
}

// readable tells whether every branch says its outcome, so that one that seems
// missing is not just misspelt.
func (st *step) readable() bool {
	if len(st.branches) == 0 {
		return false
	}
	return !slices.ContainsFunc(st.branches, func(b row[workflow.Branch]) bool { return b.v.Outcome == "" })
}
