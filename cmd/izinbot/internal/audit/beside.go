package audit

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// tasks compares the row by which lists find a case with the case that stands beside it.
func (a *auditing) tasks(p store.Portable) error {
	listed := map[workflow.CaseID]bool{}
	err := a.kind(p, store.KindCase, "permohonan", func(_ string, doc []byte) error {
		var row store.PortableCase
		if err := json.Unmarshal(doc, &row); err != nil {
			return err
		}
		var c workflow.Case
		if json.Unmarshal(row.Case, &c) != nil {
			return nil //nolint:nilerr // told with the case
		}
		listed[c.ID] = true
		t := a.told[c.ID]
		if t == nil || !t.whole {
			return nil
		}
		if differs := taskDiffers(casework.TaskOf(t.def, c), row); len(differs) > 0 {
			a.fault(string(c.ID), "tugas di daftar tidak sama dengan permohonannya: %s", strings.Join(differs, ", "))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(a.told)) {
		if a.told[id].whole && !listed[id] {
			a.fault(string(id), "hilang dari daftar tugas")
		}
	}
	return nil
}

func taskDiffers(want store.Task, have store.PortableCase) []string {
	var out []string
	for _, part := range []struct {
		name string
		same bool
	}{
		{"jabatan", want.Role == have.Role},
		{"pemegang", want.Holder == have.Holder},
		{"tenggat", want.Due.Equal(have.Due)},
		{"nama badan", want.Label == have.Label},
		{"kata pencarian", want.Keywords == have.Keywords},
	} {
		if !part.same {
			out = append(out, part.name)
		}
	}
	return out
}

// registering is a pass through all numbers.
type registering struct {
	seen map[string]bool // rows
	last map[string]int  // by register and year, the last number that was there
}

// numbers compares the rows of all registers with the histories: each that a history mentions
// is there with its key, text and status, none is missing in between, and no other is issued.
func (a *auditing) numbers(p store.Portable) error {
	r := registering{seen: map[string]bool{}, last: map[string]int{}}
	err := eachNumber(a.ctx, p, func(n store.PortableNumber) error {
		a.gap(&r, n)
		r.seen[numberOf(n).Row()] = true
		return a.row(n)
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(a.told)) {
		a.missing(id, r.seen)
	}
	return nil
}

// gap tells of numbers that are missing before one; they come in order.
func (a *auditing) gap(r *registering, n store.PortableNumber) {
	book := n.Register + "/" + strconv.Itoa(n.Year)
	last := r.last[book]
	r.last[book] = n.Seq
	if n.Seq <= last+1 {
		return
	}
	which := strconv.Itoa(last + 1)
	if n.Seq > last+2 {
		which += " sampai " + strconv.Itoa(n.Seq-1)
	}
	a.fault(registerName(n.Register, n.Year), "nomor urut %s hilang", which)
}

func registerName(register string, year int) string {
	return fmt.Sprintf("register %s %d", register, year)
}

// row compares a row of a register with the history that it belongs to.
func (a *auditing) row(n store.PortableNumber) error {
	where := registerName(n.Register, n.Year)
	if strings.HasPrefix(n.Register, workflow.RegisterIntake+"/") {
		return a.intake(n)
	}
	id, letter, _ := strings.Cut(n.Key, "/")
	t := a.told[workflow.CaseID(id)]
	switch {
	case t == nil:
		return a.orphan(n, workflow.CaseID(id))
	case !t.whole:
		return nil // told with the case
	}
	want, known := t.numbers[numberOf(n).Row()]
	unborne := n.Status == workflow.NumberReserved || n.Status == workflow.NumberVoid
	switch {
	case !known && unborne:
		a.report.Spare = append(a.report.Spare, fmt.Sprintf("%s: nomor urut %d (%s, surat %s) tidak dipakai surat mana pun", where, n.Seq, id, letter))
	case !known:
		a.fault(where, "nomor urut %d tidak berasal dari riwayat permohonan mana pun", n.Seq)
	case n.Key != want.key:
		a.fault(where, "nomor urut %d milik surat lain menurut riwayat %s", n.Seq, id)
	case n.Printed != want.Text && n.Printed != want.Row():
		a.fault(where, "nomor urut %d tercetak lain menurut riwayat %s", n.Seq, id)
	case n.Status != want.status && (want.status != "" || !unborne):
		return a.changedStatus(n, workflow.CaseID(id), want)
	}
	return nil
}

// changedStatus tells of a status that the history does not lead to, unless an office that
// runs has moved it on since the history was read.
func (a *auditing) changedStatus(n store.PortableNumber, id workflow.CaseID, want numbered) error {
	c, err := a.store.Case(a.ctx, id)
	if err != nil && !a.lasting(err) {
		return fmt.Errorf("case %s: %w", id, err)
	}
	if err == nil && c.Version > 0 && a.told[id].version < c.Version {
		return nil
	}
	a.fault(registerName(n.Register, n.Year), "keadaan nomor urut %d bukan yang menurut riwayat %s (%s)", n.Seq, id, statusWords(want.status))
	return nil
}

func statusWords(s workflow.NumberStatus) string {
	switch s {
	case workflow.NumberIssued:
		return "terbit"
	case workflow.NumberVoid:
		return "batal"
	case workflow.NumberReserved:
		return "dipesan"
	}
	return "dipesan atau batal"
}

// orphan tells of a number whose case is not there. One that came meanwhile is.
func (a *auditing) orphan(n store.PortableNumber, id workflow.CaseID) error {
	_, err := a.store.Case(a.ctx, id)
	switch {
	case err == nil:
		return nil
	case workflow.CodeOf(err) == workflow.CodeNotFound:
		a.fault(string(id), "permohonan tidak ada, padahal nomor urut %d di %s miliknya", n.Seq, registerName(n.Register, n.Year))
		return nil
	case !a.lasting(err):
		return fmt.Errorf("case %s: %w", id, err)
	}
	return nil
}

// intake compares the number of a case with the case.
func (a *auditing) intake(n store.PortableNumber) error {
	id := workflow.MakeCaseID(strings.TrimPrefix(n.Register, workflow.RegisterIntake+"/"), n.Year, n.Seq)
	where := registerName(n.Register, n.Year)
	if n.Printed != string(id) && n.Printed != numberOf(n).Row() {
		a.fault(where, "nomor urut %d tercetak lain daripada %s", n.Seq, id)
	}
	if n.Status != workflow.NumberReserved {
		a.fault(where, "keadaan nomor urut %d bukan dipesan", n.Seq)
	}
	if a.told[id] == nil {
		a.report.Spare = append(a.report.Spare, fmt.Sprintf("%s: nomor urut %d (%s) tanpa permohonan", where, n.Seq, id))
	}
	return nil
}

// missing tells of the numbers that a case's history mentions and no register has.
func (a *auditing) missing(id workflow.CaseID, seen map[string]bool) {
	t := a.told[id]
	if !t.whole {
		return
	}
	for _, row := range slices.Sorted(maps.Keys(t.numbers)) {
		if n := t.numbers[row]; !seen[row] {
			a.fault(registerName(n.Register, n.Year), "nomor urut %d (%s) hilang", n.Seq, strings.Replace(n.key, "/", ", surat ", 1))
		}
	}
}

// milestones compares the milestones of each case with its history. Those after its last entry
// came while the audit ran.
func (a *auditing) milestones(p store.Portable) error {
	have := map[workflow.CaseID]tally{}
	err := a.kind(p, store.KindMilestone, "capaian", func(_ string, doc []byte) error {
		var m store.PortableMilestone
		if err := json.Unmarshal(doc, &m); err != nil {
			return err
		}
		t := a.told[m.Case]
		if t == nil {
			a.fault(string(m.Case), "permohonan tidak ada, padahal ada capaiannya untuk buku register")
			a.told[m.Case] = &told{}
			return nil
		}
		if t.whole && !m.At.After(t.last) {
			sum := have[m.Case]
			sum.add(store.Milestone{SOP: m.SOP, Kind: m.Kind, Step: m.Step, Outcome: m.Outcome, At: m.At})
			have[m.Case] = sum
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(a.told)) {
		t := a.told[id]
		if !t.whole || have[id] == t.marks {
			continue
		}
		switch n := have[id].count - t.marks.count; {
		case n < 0:
			a.fault(string(id), "%d capaian untuk buku register hilang", -n)
		case n > 0:
			a.fault(string(id), "%d capaian untuk buku register ditambahkan", n)
		default:
			a.fault(string(id), "capaian untuk buku register diubah")
		}
	}
	return nil
}
