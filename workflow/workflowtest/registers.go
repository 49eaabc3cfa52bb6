package workflowtest

import (
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

func registerTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"numbers follow each other, one a key":  registerNumbers,
		"a number's status moves with its case": registerStatus,
		"every version of a procedure is kept":  registerSOPs,
	}
}

func (s *suite) reserve(register string, year int, key string) int {
	s.Helper()
	seq, err := s.store.Reserve(s.Context(), register, year, key, start())
	s.ok(err)
	return seq
}

func registerNumbers(s *suite) {
	s.equal([]int{s.reserve("agenda", 2026, "a"), s.reserve("agenda", 2026, "b"), s.reserve("agenda", 2026, "a")}, []int{1, 2, 1})
	s.equal([]int{s.reserve("agenda", 2027, "a"), s.reserve("izin", 2026, "b")}, []int{1, 1})
	s.restart()
	s.equal(s.reserve("agenda", 2026, "c"), 3)
	rows, err := s.store.Numbers(s.Context(), "agenda", 2026)
	s.ok(err)
	for i, key := range []string{"a", "b", "c"} {
		s.equal(rows[i], store.NumberRow{
			Register: "agenda", Year: 2026, Seq: i + 1, Key: key, Status: workflow.NumberReserved, Taken: start(),
		})
	}
	s.equal(len(rows), 3)
}

func registerStatus(s *suite) {
	first := s.submit("A-2026-00001-1")
	s.save(first)
	seq := s.reserve("agenda", 2026, "A-2026-00001-1/surat_izin")
	move := func(c workflow.Case, status workflow.NumberStatus, seq int) store.CaseChange {
		change := s.change(c, fmt.Sprint(status, seq))
		change.Numbers = []workflow.NumberChange{{
			Letter: "surat_izin", Status: status, Number: workflow.Number{Register: "agenda", Year: 2026, Seq: seq},
		}}
		return change
	}
	issued := move(first.Case, workflow.NumberIssued, seq)
	s.save(issued)
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{move(issued.Case, workflow.NumberVoid, 77)}}, workflow.CodeNotFound)
	s.equal(s.load(first.Case.ID).Version, 2)
	rows, err := s.store.Numbers(s.Context(), "agenda", 2026)
	s.ok(err)
	s.equal(rows[0].Status, workflow.NumberIssued)
}

func registerSOPs(s *suite) {
	ref := workflow.SOPRef{Name: "lks-asing", Version: "1-3fa9c2d1"}
	_, err := s.store.SOPSource(s.Context(), ref)
	s.code(err, workflow.CodeNotFound)
	s.ok(s.store.SaveSOP(s.Context(), ref, []byte("nama: a")))
	s.ok(s.store.SaveSOP(s.Context(), ref, []byte("nama: a")))
	s.ok(s.store.SaveSOP(s.Context(), workflow.SOPRef{Name: ref.Name, Version: "2-00000000"}, []byte("nama: b")))
	s.restart()
	source, err := s.store.SOPSource(s.Context(), ref)
	s.ok(err)
	s.equal(string(source), "nama: a")
}
