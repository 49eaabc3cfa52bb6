package sop

import (
	"slices"
	"strconv"
	"strings"

	"izinbot/workflow"
)

// readRung reads one reminder: {untuk: langkah, saat: 75 persen, kepada: [pelaksana]}.
func readRung(t *table) workflow.Rung {
	t.must("untuk", "saat", "kepada")
	r := workflow.Rung{Clock: word(t, "untuk", []workflow.ClockName{workflow.ClockStep, workflow.ClockService, workflow.ClockReply})}
	text := t.text("saat")
	t.name(string(r.Clock) + " " + text)
	for _, l := range t.lines("kepada") {
		r.To = append(r.To, workflow.Audience(l.text))
	}
	if r.Clock == "" || text == "" {
		return r
	}
	var ok bool
	if r.When, ok = parseWhen(text, r.Clock); !ok {
		t.fault(t.at("saat"), "“saat” tidak mengenal “%s”; untuk %s: %s", text, r.Clock, strings.Join(whens(r.Clock), ", "))
	}
	return r
}

// parseWhen reads "75 persen" or "batas".
func parseWhen(text string, clock workflow.ClockName) (workflow.When, bool) {
	number, kind, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		n, kind = 0, text
	}
	w := workflow.When{Kind: workflow.WhenKind(kind), N: n}
	counted := w.Kind != workflow.WhenDue && w.Kind != workflow.WhenMisfit
	limit := 365
	if w.Kind == workflow.WhenUsed {
		limit = 99
	}
	return w, slices.Contains(whenKinds(clock), w.Kind) && (n > 0) == counted && n >= 0 && n <= limit
}

func whenKinds(clock workflow.ClockName) []workflow.WhenKind {
	switch clock {
	case workflow.ClockStep:
		return []workflow.WhenKind{workflow.WhenUsed, workflow.WhenDue, workflow.WhenLate}
	case workflow.ClockService:
		return []workflow.WhenKind{workflow.WhenMisfit, workflow.WhenLeft, workflow.WhenDue, workflow.WhenLate}
	case workflow.ClockReply:
		return []workflow.WhenKind{workflow.WhenRun, workflow.WhenLeft}
	}
	return nil
}

// whens shows the instants of a clock as they are written.
func whens(clock workflow.ClockName) []string {
	var out []string
	for _, k := range whenKinds(clock) {
		switch k {
		case workflow.WhenDue, workflow.WhenMisfit:
			out = append(out, string(k))
		case workflow.WhenUsed:
			out = append(out, "75 "+string(k))
		case workflow.WhenLate, workflow.WhenLeft, workflow.WhenRun:
			out = append(out, "2 "+string(k))
		}
	}
	return out
}

// checkLadder checks whom the reminders go to, and that none is there twice: each
// is sent once, so a second one would never be.
func (s *source) checkLadder() {
	first := map[string]int{}
	for _, r := range s.ladder {
		key := string(r.v.Clock) + "/" + r.v.When.String()
		if at, ok := first[key]; ok {
			r.fault(r.line, "pengingat ini sudah ada di baris %d; gabungkan “kepada”", at)
		}
		first[key] = r.line
		for _, l := range r.lines("kepada") {
			s.checkAudience(r, workflow.Audience(l.text), l.no)
		}
	}
}

func (s *source) checkAudience(r row[workflow.Rung], to workflow.Audience, line int) {
	applicant := to == workflow.ToApplicant
	relative := slices.Contains([]workflow.Audience{workflow.ToHolder, workflow.ToSuperior, workflow.ToNextSuperior}, to)
	switch {
	case r.v.Clock == workflow.ClockReply && !applicant, r.v.Clock != workflow.ClockReply && applicant:
		r.fault(line, "pengingat untuk “%s” dikirim kepada pemohon, yang lain kepada petugas", workflow.ClockReply)
	case !applicant && !relative && !s.role(workflow.Role(to)):
		r.fault(line, "“kepada”: “%s” bukan pelaksana, atasan, atasan kedua atau peran pada daftar “peran”", to)
	}
}
