package workflowtest

import (
	"fmt"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

func listTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a row tells what the case and its task say": listRow,
		"tasks by role and holder":                   listTasks,
		"tasks come by urgency, page by page":        listPages,
		"a task that moves leaves its old place":     listMoves,
		"by applicant, the newest first":             listApplicant,
		"find by the beginnings of words":            listFind,
		"due for check":                              listCheck,
		"overdue, of a role and of all":              listOverdue,
		"a search may be as long as a message":       listLongSearch,
	}
}

// task saves a new case with a task.
func (s *suite) task(n int, t store.Task) store.CaseChange {
	s.Helper()
	change := s.submit(workflow.MakeCaseID("LKS", 2026, n))
	change.Task = t
	s.save(change)
	return change
}

func (s *suite) ids(rows []store.TaskRow, err error) string {
	s.Helper()
	s.ok(err)
	var list strings.Builder
	for _, r := range rows {
		var seq int
		_, err := fmt.Sscanf(string(r.ID), "LKS-2026-%05d-", &seq)
		s.ok(err)
		fmt.Fprint(&list, seq, " ")
	}
	return list.String()
}

func in(d time.Duration) time.Time { return start().Add(d) }

func listRow(s *suite) {
	change := s.submit("LKS-2026-00001-5")
	change.Case.Stage, change.Case.End = workflow.StageSign, "terbit"
	change.Task = store.Task{Role: "kadis", Holder: "O-1", Due: in(time.Hour), Label: "Yayasan CONTOH"}
	s.save(change)
	rows, err := s.store.ByApplicant(s.Context(), change.Case.Applicant, 5)
	s.ok(err)
	s.equal(rows, []store.TaskRow{{
		ID: change.Case.ID, SOP: change.Case.SOP, Step: 6, Stage: workflow.StageSign, Role: "kadis", Holder: "O-1",
		Due: in(time.Hour), Label: "Yayasan CONTOH", End: "terbit", Submitted: start(),
	}})
}

func listTasks(s *suite) {
	s.task(1, store.Task{Role: "kabid"})
	s.task(2, store.Task{Role: "kabid", Holder: "O-1"})
	s.task(3, store.Task{Role: "kabid", Holder: "O-2"})
	s.task(4, store.Task{Role: "kadis"})
	s.task(5, store.Task{Role: "ksb_umum"})
	s.task(6, store.Task{})
	ask := func(q store.TaskQuery) string {
		q.Limit = 10
		return s.ids(s.store.Tasks(s.Context(), q))
	}
	s.equal(ask(store.TaskQuery{Roles: []workflow.Role{"kabid"}, Holder: "O-1"}), "1 2 ")
	s.equal(ask(store.TaskQuery{Roles: []workflow.Role{"kabid", "kadis"}, Holder: "O-2"}), "1 3 4 ")
	s.equal(ask(store.TaskQuery{Roles: []workflow.Role{"kabid", "kabid"}}), "1 ")
	s.equal(ask(store.TaskQuery{Roles: []workflow.Role{""}, Holder: "O-1"}), "")
	s.equal(ask(store.TaskQuery{}), "")
}

func listPages(s *suite) {
	for i := range 10 {
		role := workflow.Role("kabid")
		if i%2 == 0 {
			role = "kadis"
		}
		s.task(i+1, store.Task{Role: role, Due: in(time.Duration(10-i/3) * time.Hour)}) // several due at once
	}
	s.task(11, store.Task{Role: "kabid"}) // none due: last
	q := store.TaskQuery{Roles: []workflow.Role{"kabid", "kadis"}, Limit: 4}
	var got []string
	for {
		page, err := s.store.Tasks(s.Context(), q)
		got = append(got, s.ids(page, err))
		if len(page) < q.Limit {
			break
		}
		q.After = &page[len(page)-1]
	}
	s.equal(got, []string{"10 7 8 9 ", "4 5 6 1 ", "2 3 11 "})
}

func listMoves(s *suite) {
	change := s.task(1, store.Task{Role: "kabid", Due: in(time.Hour), Keywords: "lama"})
	next := s.change(change.Case, "k2")
	next.Task = store.Task{Role: "kadis", Due: in(2 * time.Hour), Check: in(time.Hour), Keywords: "baru"}
	s.save(next)
	roles := func(role workflow.Role) string {
		return s.ids(s.store.Tasks(s.Context(), store.TaskQuery{Roles: []workflow.Role{role}, Limit: 5}))
	}
	s.equal([]string{roles("kabid"), roles("kadis")}, []string{"", "1 "})
	s.equal(s.ids(s.store.Find(s.Context(), "lama", 5)), "")
	s.equal(s.ids(s.store.Find(s.Context(), "baru", 5)), "1 ")
	next = s.change(next.Case, "k3")
	next.Task = store.Task{}
	s.save(next)
	s.equal(roles("kadis"), "")
	list, err := s.store.DueForCheck(s.Context(), in(5*time.Hour), 5)
	s.ok(err)
	s.equal(len(list), 0)
}

func listApplicant(s *suite) {
	for i := range 4 {
		change := s.submit(workflow.MakeCaseID("LKS", 2026, i+1))
		change.Case.Submitted = in(time.Duration(i%3) * time.Hour)
		s.save(change)
	}
	other := s.submit(workflow.MakeCaseID("LKS", 2026, 9))
	other.Case.Applicant = "P-0002"
	s.save(other)
	s.equal(s.ids(s.store.ByApplicant(s.Context(), "P-0001", 10)), "3 2 4 1 ")
	s.equal(s.ids(s.store.ByApplicant(s.Context(), "P-0001", 2)), "3 2 ")
	s.equal(s.ids(s.store.ByApplicant(s.Context(), "P-0003", 2)), "")
}

func listFind(s *suite) {
	s.task(1, store.Task{Keywords: "yayasan contoh harapan"})
	s.task(2, store.Task{Keywords: "yayasan contoh kasih"})
	s.task(31, store.Task{Keywords: "lembaga contoh harapan"})
	s.task(32, store.Task{Keywords: "énergie œuvre 17agustus"})
	for words, want := range map[string]string{
		"yayasan": "2 1 ", "YAYAS": "2 1 ", "hara": "31 1 ", "contoh": "31 2 1 ", "contoh harapan yaya": "1 ",
		"00031": "31 ", "Energ": "32 ", "ÉNERGIE œu": "32 ", "17": "32 ", "agustus": "", "lks-2026-00002": "2 ", "apan": "", "tidak ada": "", "": "", `"*-:()^ OR`: "", "con* AND": "",
	} {
		if got := s.ids(s.store.Find(s.Context(), words, 10)); got != want {
			s.Errorf("find %q: %q, want %q", words, got, want)
		}
	}
	s.equal(s.ids(s.store.Find(s.Context(), "contoh", 2)), "31 2 ")
}

func listCheck(s *suite) {
	s.task(1, store.Task{Check: in(3 * time.Hour)})
	s.task(2, store.Task{Check: in(1 * time.Hour)})
	s.task(3, store.Task{Check: in(2 * time.Hour)})
	s.task(4, store.Task{})
	ask := func(now time.Time, limit int) string {
		ids, err := s.store.DueForCheck(s.Context(), now, limit)
		rows := make([]store.TaskRow, len(ids))
		for i, id := range ids {
			rows[i].ID = id
		}
		return s.ids(rows, err)
	}
	s.equal(ask(in(0), 10), "")
	s.equal(ask(in(2*time.Hour), 10), "2 3 ")
	s.equal(ask(in(9*time.Hour), 2), "2 3 ")
	s.equal(ask(in(9*time.Hour), 10), "2 3 1 ")
}

func listOverdue(s *suite) {
	s.task(1, store.Task{Role: "kabid", Due: in(2 * time.Hour)})
	s.task(2, store.Task{Role: "kadis", Due: in(1 * time.Hour)})
	s.task(3, store.Task{Role: "kabid", Due: in(3 * time.Hour), Holder: "O-1"})
	s.task(4, store.Task{Role: "kabid"})
	s.task(5, store.Task{Due: in(time.Hour)}) // nobody's
	ask := func(role workflow.Role, now time.Time, limit int) string {
		return s.ids(s.store.Overdue(s.Context(), role, now, limit))
	}
	s.equal(ask("", in(time.Hour), 10), "") // due just now is not late
	s.equal(ask("", in(9*time.Hour), 10), "2 1 3 ")
	s.equal(ask("", in(9*time.Hour), 2), "2 1 ")
	s.equal(ask("kabid", in(9*time.Hour), 10), "1 3 ")
	s.equal(ask("kabid", in(9*time.Hour), 1), "1 ")
}

// listLongSearch looks for what a person may send by mistake: a whole message.
func listLongSearch(s *suite) {
	s.save(s.submit("A-2026-00001-1"))
	for what, text := range map[string]string{
		"many words":       strings.Repeat("yayasan contoh ", 5_000),
		"different words":  manyWords(3_000),
		"a long word":      strings.Repeat("panjang", 10_000),
		"words of accents": strings.Repeat("\u0301 ", 5_000),
		"no text at all":   strings.Repeat("\xff", 5_000),
	} {
		if _, err := s.store.Find(s.Context(), text, 10); err != nil {
			s.Errorf("%s: %v", what, err)
		}
	}
}

func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "kata%d ", i)
	}
	return b.String()
}
