package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"izinbot/workflow"
)

// reading is a case with its history as they were read once, and what is wrong with them.
type reading struct {
	entries []workflow.Entry
	c       workflow.Case
	there   bool // the case could be read
	faults  []string
	told    *told
	waiting int // entries that are not in the log yet
}

func (r *reading) fault(problem string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(problem, args...))
}

// read reads a case and its history, and judges them.
func (a *auditing) read(id workflow.CaseID) (reading, error) {
	r := reading{told: &told{}}
	var err error
	if r.entries, err = a.store.History(a.ctx, id); err != nil {
		if !a.lasting(err) {
			return r, fmt.Errorf("history of %s: %w", id, err)
		}
		r.fault("riwayat tidak terbaca: %v", err)
	}
	if r.c, err = a.store.Case(a.ctx, id); err != nil {
		if !a.lasting(err) {
			return r, fmt.Errorf("case %s: %w", id, err)
		}
		r.fault("permohonan tidak terbaca: %v", err)
		if seq, why := workflow.VerifyHistory(id, r.entries); seq > 0 {
			r.fault("catatan %d %s", seq, flawWords(why))
			return r, nil
		}
		a.inLog(&r, id)
		return r, nil
	}
	r.there = true
	if seq, why := r.c.VerifyHistory(r.entries); seq > 0 {
		r.fault("catatan %d %s", seq, flawWords(why))
		return r, nil
	}
	a.inLog(&r, id)
	p, err := a.procedure(r.c.SOP)
	if err != nil || p.fault != "" {
		if err == nil {
			r.fault("%s", p.fault)
		}
		return r, err
	}
	if a.replays {
		r.replay(p.def)
	}
	return r, nil
}

// replay compares the case with what its history leads to.
func (r *reading) replay(def *workflow.SOP) {
	c, err := workflow.Trace(def, r.entries, func(t workflow.Traced) { r.told.add(def, t) })
	if err != nil {
		r.fault("catatan %d tidak mungkin terjadi menurut prosedurnya", c.Version+1)
		return
	}
	r.told.whole, r.told.def = true, def
	if differs := differences(c, r.c); len(differs) > 0 {
		r.fault("permohonan yang tersimpan tidak sama dengan riwayatnya: %s", strings.Join(differs, ", "))
	}
}

// differences names the parts of a case that are not as they should be.
func differences(want, have workflow.Case) []string {
	was, errWas := json.Marshal(want)
	is, errIs := json.Marshal(have)
	if errWas != nil || errIs != nil || bytes.Equal(was, is) {
		return nil
	}
	a, b := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	if json.Unmarshal(was, &a) != nil || json.Unmarshal(is, &b) != nil {
		return []string{"isinya"}
	}
	var out []string
	for _, part := range differing(a, b) {
		switch part {
		case "letters":
			out = append(out, lettersThatDiffer(want.Letters, have.Letters)...)
		case "documents":
			out = append(out, documentsThatDiffer(want.Documents, have.Documents)...)
		default:
			out = append(out, partWords(part))
		}
	}
	return out
}

// differing lists the fields of two objects whose values differ, in order.
func differing(a, b map[string]json.RawMessage) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(all)), func(name string) bool { return bytes.Equal(a[name], b[name]) })
}

// lettersThatDiffer names letters with the fields in which they differ.
func lettersThatDiffer(want, have []workflow.Letter) []string {
	id := func(l workflow.Letter) string { return string(l.ID) }
	return elementsThatDiffer("surat", want, have, id)
}

func documentsThatDiffer(want, have []workflow.Document) []string {
	code := func(d workflow.Document) string { return string(d.Code) }
	return elementsThatDiffer("dokumen", want, have, code)
}

func elementsThatDiffer[T any](what string, want, have []T, name func(T) string) []string {
	byName := func(list []T) map[string]map[string]json.RawMessage {
		out := map[string]map[string]json.RawMessage{}
		for _, v := range list {
			fields := map[string]json.RawMessage{}
			if doc, err := json.Marshal(v); err == nil && json.Unmarshal(doc, &fields) == nil {
				out[name(v)] = fields
			}
		}
		return out
	}
	a, b := byName(want), byName(have)
	all := maps.Clone(a)
	maps.Copy(all, b)
	var out []string
	for _, n := range slices.Sorted(maps.Keys(all)) {
		switch {
		case a[n] == nil:
			out = append(out, what+" "+n+" (ditambahkan)")
		case b[n] == nil:
			out = append(out, what+" "+n+" (hilang)")
		default:
			if fields := differing(a[n], b[n]); len(fields) > 0 {
				for i, f := range fields {
					fields[i] = partWords(f)
				}
				out = append(out, what+" "+n+" ("+strings.Join(fields, ", ")+")")
			}
		}
	}
	if out == nil { // the same ones in another order
		return []string{"urutan " + what}
	}
	return out
}
