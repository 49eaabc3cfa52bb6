package workflowtest

import (
	"errors"
	"fmt"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

func registerTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"numbers follow each other, one a key":  registerNumbers,
		"a number's status moves with its case": registerStatus,
		"a text is printed once":                registerTexts,
		"a key keeps its number in a new year":  registerNewYear,
		"rows of a stretch come in pages":       registerStretch,
		"a number is found by its text":         registerPrinted,
		"every version of a procedure is kept":  registerSOPs,
	}
}

func (s *suite) reserve(register string, year int, key string) int {
	s.Helper()
	n, err := s.store.Reserve(s.Context(), Reservation(register, year, key), start())
	s.ok(err)
	s.equal(n, workflow.Number{Register: register, Year: n.Year, Seq: n.Seq, Text: text(register, n.Year, n.Seq)})
	return n.Seq
}

// Reservation asks a register for a number that is printed unlike all others.
func Reservation(register string, year int, key string) store.Reservation {
	return store.Reservation{
		Register: register, Year: year, Key: key,
		Print: func(seq int, _ time.Time) string { return text(register, year, seq) },
	}
}

func text(register string, year, seq int) string {
	return fmt.Sprintf("%03d/%s/%d", seq, register, year)
}

func registerNumbers(s *suite) {
	s.equal([]int{s.reserve("agenda", 2026, "a"), s.reserve("agenda", 2026, "b"), s.reserve("agenda", 2026, "a")}, []int{1, 2, 1})
	s.equal([]int{s.reserve("agenda", 2027, "d"), s.reserve("izin", 2026, "b")}, []int{1, 1})
	s.restart()
	s.equal(s.reserve("agenda", 2026, "c"), 3)
	rows, err := s.store.Numbers(s.Context(), "agenda", 2026)
	s.ok(err)
	for i, key := range []string{"a", "b", "c"} {
		s.equal(rows[i], store.NumberRow{
			Register: "agenda", Year: 2026, Seq: i + 1, Key: key, Status: workflow.NumberReserved, Taken: start(),
			Printed: text("agenda", 2026, i+1),
		})
	}
	s.equal(len(rows), 3)
}

// registerStretch reads two days of three, a row a page.
func registerStretch(s *suite) {
	day := start().Truncate(24 * time.Hour)
	for i, key := range []string{"a", "b", "c", "d", "e"} {
		_, err := s.store.Reserve(s.Context(), Reservation("agenda", 2026, key), day.Add(time.Duration(i)*12*time.Hour))
		s.ok(err)
	}
	s.reserve("izin", 2026, "x")
	q := store.NumberQuery{Register: "agenda", Year: 2026, From: day.Add(12 * time.Hour), To: day.Add(48 * time.Hour), Limit: 2}
	var keys []string
	for range 4 {
		rows, err := s.store.NumbersTaken(s.Context(), q)
		s.ok(err)
		for _, row := range rows {
			keys = append(keys, row.Key)
			s.equal(row, store.NumberRow{
				Register: "agenda", Year: 2026, Seq: row.Seq, Key: row.Key, Status: workflow.NumberReserved,
				Taken: day.Add(time.Duration(row.Seq-1) * 12 * time.Hour), Printed: text("agenda", 2026, row.Seq),
			})
			q.After = row.Seq
		}
	}
	s.equal(keys, []string{"b", "c", "d"})
	q.Year, q.After = 2025, 0
	rows, err := s.store.NumbersTaken(s.Context(), q)
	s.ok(err)
	s.equal(len(rows), 0)
}

func registerPrinted(s *suite) {
	s.reserve("agenda", 2026, "a")
	s.reserve("izin", 2026, "b")
	row, err := s.store.NumberPrinted(s.Context(), text("izin", 2026, 1))
	s.ok(err)
	s.equal(row, store.NumberRow{
		Register: "izin", Year: 2026, Seq: 1, Key: "b", Status: workflow.NumberReserved, Taken: start(), Printed: text("izin", 2026, 1),
	})
	for _, other := range []string{"", text("izin", 2026, 2), "001/IZIN/2026"} {
		_, err := s.store.NumberPrinted(s.Context(), other)
		s.code(err, workflow.CodeNotFound)
	}
}

// alike asks for a number that is printed as the other registers print theirs.
func alike(register, key string) store.Reservation {
	r := Reservation(register, 2026, key)
	r.Print = func(seq int, _ time.Time) string { return text("agenda", 2026, seq) }
	return r
}

// registerTexts has a second register print as the first one does. What is refused takes no
// number, and goes on once it is printed otherwise.
func registerTexts(s *suite) {
	s.equal(s.reserve("agenda", 2026, "a"), 1)
	for range 2 {
		_, err := s.store.Reserve(s.Context(), alike("izin", "b"), start())
		s.code(err, workflow.CodeDuplicate)
		if e, ok := errors.AsType[*workflow.Error](err); !ok || e.Field != text("agenda", 2026, 1) {
			s.Errorf("the refusal names %+v", e)
		}
	}
	rows, err := s.store.Numbers(s.Context(), "izin", 2026)
	s.ok(err)
	s.equal(len(rows), 0)
	s.equal(s.reserve("izin", 2026, "b"), 1)
	n, err := s.store.Reserve(s.Context(), alike("izin", "b"), start()) // it has been printed
	s.ok(err)
	s.equal(n.Text, text("izin", 2026, 1))
	n, err = s.store.Reserve(s.Context(), alike("izin", "c"), start())
	s.ok(err)
	s.equal([]any{n.Seq, n.Text}, []any{2, text("agenda", 2026, 2)})
	_, err = s.store.Reserve(s.Context(), Reservation("agenda", 2026, "d"), start())
	s.code(err, workflow.CodeDuplicate)
	s.restart()
	_, err = s.store.Reserve(s.Context(), Reservation("agenda", 2026, "d"), start())
	s.code(err, workflow.CodeDuplicate)
}

// registerNewYear repeats, in January, what a crash cut off after it had reserved a number in
// December.
func registerNewYear(s *suite) {
	december := Reservation("agenda", 2026, "a")
	want, err := s.store.Reserve(s.Context(), december, start())
	s.ok(err)
	s.restart()
	got, err := s.store.Reserve(s.Context(), Reservation("agenda", 2027, "a"), start().AddDate(0, 2, 0))
	s.ok(err)
	s.equal(got, want)
	rows, err := s.store.Numbers(s.Context(), "agenda", 2027)
	s.ok(err)
	s.equal(len(rows), 0)
	s.equal(s.reserve("agenda", 2027, "b"), 1)
	other, err := s.store.Reserve(s.Context(), Reservation("izin", 2027, "a"), start()) // another register's key
	s.ok(err)
	s.equal([]int{other.Year, other.Seq}, []int{2027, 1})
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
	refs, err := s.store.SOPRefs(s.Context())
	s.ok(err)
	s.equal(refs, []workflow.SOPRef{ref, {Name: ref.Name, Version: "2-00000000"}})
	source, err := s.store.SOPSource(s.Context(), ref)
	s.ok(err)
	s.equal(string(source), "nama: a")
}
