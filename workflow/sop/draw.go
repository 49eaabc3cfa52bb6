package sop

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"izinbot/workflow"
)

// shape is a step's symbol in the flow chart (SOP AP, Permenpan RB 35/2012).
type shape int

const (
	process    shape = iota // rectangle
	decision                // diamond: the step has more than one outcome
	terminator              // pill: the first step, and those that end the procedure
)

func shapeOf(def *workflow.SOP, st workflow.Step) shape {
	switch {
	case len(st.Then) > 1:
		return decision
	case st.No == def.First().No, st.Then[0].End != "":
		return terminator
	}
	return process
}

// label gives the name of a branch in the table; going on needs none.
func label(b workflow.Branch) string {
	if b.Label != "" || b.Outcome == workflow.OutcomeNext {
		return b.Label
	}
	return strings.ReplaceAll(string(b.Outcome), "_", " ")
}

// remarks gives the table's last column: the performer, if the table names one beside
// the role, and the branches.
func remarks(st workflow.Step) []string {
	var out []string
	if st.Performer != "" {
		out = append(out, st.Performer)
	}
	for _, b := range st.Then {
		to := fmt.Sprintf("→ %d", b.To)
		if b.End != "" {
			to = "selesai: " + b.End
		}
		out = append(out, strings.TrimSpace(label(b)+" "+to))
	}
	if st.StartsService {
		out = append(out, "waktu layanan mulai")
	}
	return out
}

// yesNo is the word that a flow chart puts on a branch of a decision.
func yesNo(o workflow.Outcome) string {
	switch o {
	case workflow.OutcomeIncomplete, workflow.OutcomeNotRecommended, workflow.OutcomeReturned:
		return "Tidak"
	case workflow.OutcomeNext, workflow.OutcomeComplete, workflow.OutcomeRecommended:
	}
	return "Ya"
}

// endsOf lists the ends of a procedure in the order of its table.
func endsOf(def *workflow.SOP) []string {
	var out []string
	for _, st := range def.Steps {
		for _, b := range st.Then {
			if b.End != "" && !slices.Contains(out, b.End) {
				out = append(out, b.End)
			}
		}
	}
	return out
}

// headLine is one line of the SOP's head.
type headLine struct {
	name   string
	values []string
}

func headLines(def *workflow.SOP) []headLine {
	lines := []headLine{
		{"Nomor SOP", []string{def.Number}},
		{"Judul SOP", []string{def.Title}},
		{"Izin", []string{def.Permit.ID}},
		{"Versi", []string{def.Ref.Name + " " + def.Ref.Version}},
		{"Dasar hukum", def.LegalBasis},
		{"Keterkaitan", def.Related},
		{"Peringatan", def.Warnings},
		{"Pencatatan dan pendataan", def.Records},
		{"Waktu dan tarif layanan", service(def)},
	}
	return slices.DeleteFunc(lines, func(l headLine) bool { return len(l.values) == 0 })
}

func service(def *workflow.SOP) []string {
	tariff := "tarif Rp " + rupiah(def.Tariff)
	if def.ServiceTime.IsZero() {
		return []string{tariff}
	}
	promise := strings.ToLower(def.ServiceTime.String())
	if def.ServiceTime.Unit == workflow.Day {
		promise += " kerja"
	}
	return []string{fmt.Sprintf("%s, %s (%s)", promise, tariff, def.CharterBasis)}
}

// rupiah writes 1250000 as "1.250.000".
func rupiah(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}
