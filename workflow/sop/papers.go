package sop

import (
	"cmp"
	"maps"
	"slices"

	"izinbot/workflow"
)

// paper is the state of the current letter when a case enters a step.
type paper struct {
	draft    int // step that drafted it; 0 for none yet
	signed   bool
	numbered bool
}

// papers gives for each step every state in which the current letter can come to
// it, along any path from the first step.
func (f flow) papers() map[int]map[paper]bool {
	in := map[int]map[paper]bool{f.first: {paper{}: true}}
	todo := []int{f.first}
	for len(todo) > 0 {
		no := todo[0]
		todo = todo[1:]
		for p := range in[no] {
			out := f.after(no, p)
			for _, to := range f.next[no] {
				if in[to][out] {
					continue
				}
				if in[to] == nil {
					in[to] = map[paper]bool{}
				}
				in[to][out] = true
				todo = append(todo, to)
			}
		}
	}
	return in
}

func (f flow) after(no int, p paper) paper {
	st := f.steps[no]
	if st == nil {
		return p
	}
	if st.Kind == workflow.KindDraft {
		return paper{draft: no}
	}
	p.signed = p.signed || st.Kind == workflow.KindSign
	p.numbered = p.numbered || st.Kind == workflow.KindNumber
	return p
}

// checkPapers checks that every step which handles the current letter finds it
// in the state that it needs, on every path.
func (s *source) checkPapers(f flow) {
	in := f.papers()
	for _, no := range f.numbers() {
		st := f.steps[no]
		for _, p := range order(in[no]) {
			if text := s.paperFault(f, st, p); text != "" {
				st.fault(st.at("aksi"), "%s", text)
				break
			}
		}
		checkReturn(st, in[no])
		s.checkLeft(f, st, in[no])
	}
}

// checkLeft: no case ends while its letter is still a draft, or waits for the
// number that was reserved for it.
func (s *source) checkLeft(f flow, st *step, in map[paper]bool) {
	if st.Kind == workflow.KindDeliver || st.Kind == workflow.KindReceive {
		return // they were told by paperFault
	}
	for _, b := range st.branches {
		for _, p := range order(in) {
			p = f.after(st.No, p)
			if b.v.End == "" || p.draft == 0 {
				continue
			}
			if !p.signed {
				b.fault(b.line, "selesai padahal surat dari langkah %d belum ditandatangani", p.draft)
				break
			}
			if !p.numbered && s.numbers() && s.registered(f.steps[p.draft]) {
				b.fault(b.line, "selesai padahal surat dari langkah %d belum diberi nomor", p.draft)
				break
			}
		}
	}
}

// order sorts the states, so that the same file has the same faults each time.
func order(states map[paper]bool) []paper {
	return slices.SortedFunc(maps.Keys(states), func(a, b paper) int {
		return cmp.Or(cmp.Compare(a.draft, b.draft), compare(a.signed, b.signed), compare(a.numbered, b.numbered))
	})
}

func compare(a, b bool) int {
	if a == b {
		return 0
	}
	if b {
		return -1
	}
	return 1
}

// paperFault tells why the step cannot work on the current letter, or "".
func (s *source) paperFault(f flow, st *step, p paper) string {
	marks := st.Kind == workflow.KindInitial || st.Kind == workflow.KindSign
	sends := st.Kind == workflow.KindDeliver || st.Kind == workflow.KindReceive
	numbers := st.Kind == workflow.KindNumber
	kind := string(st.Kind)
	switch {
	case !marks && !sends && !numbers:
		return ""
	case p.draft == 0:
		return "“aksi: " + kind + "” harus didahului “aksi: draf” pada setiap jalan"
	case marks && p.signed:
		return "“aksi: " + kind + "” tidak boleh setelah surat ditandatangani"
	case !marks && !p.signed:
		return "“aksi: " + kind + "” harus didahului “aksi: tandatangan” pada setiap jalan"
	case numbers && p.numbered:
		return "surat sudah diberi nomor pada langkah sebelumnya"
	case numbers && !s.registered(f.steps[p.draft]):
		return "surat dari langkah " + list([]int{p.draft}) + " tidak memakai register, jadi tidak diberi nomor"
	case sends && !p.numbered && s.numbers() && s.registered(f.steps[p.draft]):
		return "surat dari langkah " + list([]int{p.draft}) + " memakai register, jadi harus didahului “aksi: nomor”"
	}
	return ""
}

// registered tells whether the letter of a draft takes a number.
func (s *source) registered(draft *step) bool {
	return slices.ContainsFunc(s.letters, func(l row[workflow.LetterDef]) bool {
		return l.v.Register != "" && slices.Contains(draft.Letters, l.v.Kind)
	})
}

// numbers tells whether the procedure records numbers in steps of their own; if
// not, the signature releases them.
func (s *source) numbers() bool {
	return slices.ContainsFunc(s.steps, func(st *step) bool { return st.Kind == workflow.KindNumber })
}

// checkReturn: a returned draft goes to the step that made it.
func checkReturn(st *step, in map[paper]bool) {
	for _, b := range st.branches {
		if b.v.Outcome != workflow.OutcomeReturned {
			continue
		}
		for _, p := range order(in) {
			if p.draft != 0 && b.v.To != p.draft {
				b.fault(b.line, "“hasil: %s” harus “ke: %d”, langkah yang membuat surat", b.v.Outcome, p.draft)
				break
			}
		}
	}
}
