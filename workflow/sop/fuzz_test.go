package sop_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/sop"
)

func FuzzParse(f *testing.F) {
	_, src, err := sop.Default()
	if err != nil {
		f.Fatal(err)
	}
	small, _ := reklame(f)
	bad, err := os.ReadFile("testdata/salah.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{src, small, bad, nil, []byte("a: &a [*a]"), []byte("? {a: b}\n: c"), []byte("langkah: [{no: 1, lanjut: [1]}, 2, ~]"), []byte("<<: *x")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src []byte) { parsed(t, src) })
}

// parsed parses any bytes and checks what always holds.
func parsed(t *testing.T, src []byte) {
	t.Helper()
	def, err := sop.Parse(src)
	if err == nil {
		sound(t, def)
		return
	}
	var faults sop.Faults
	if !errors.As(err, &faults) || len(faults) == 0 || def != nil {
		t.Fatalf("error %v with procedure %v", err, def)
	}
	lines := 1
	for _, end := range []string{"\n", "\r", "\u0085", "\u2028", "\u2029"} { // what YAML takes for the end of a line
		lines += bytes.Count(src, []byte(end))
	}
	for i, fault := range faults {
		if fault.Line < 1 || fault.Line > lines+1 || fault.Text == "" {
			t.Errorf("%d lines, but fault %v", lines, fault)
		}
		if i > 0 && fault.Line < faults[i-1].Line {
			t.Errorf("%v comes after %v", fault, faults[i-1])
		}
	}
}

// sound checks that the engine can rely on a procedure: every step can be
// reached, can still end, names just the outcomes of its kind; it can be drawn.
func sound(t *testing.T, def *workflow.SOP) {
	t.Helper()
	if first := def.First(); first.No != 1 || first.Kind != workflow.KindSubmit || first.Role != workflow.RoleApplicant {
		t.Errorf("first step is %+v", first)
	}
	reached, ending := map[int]bool{1: true}, map[int]bool{}
	for range def.Steps {
		for _, st := range def.Steps {
			for _, b := range st.Then {
				ending[st.No] = ending[st.No] || b.End != "" || ending[b.To]
				reached[b.To] = reached[b.To] || reached[st.No]
			}
		}
	}
	for _, st := range def.Steps {
		if !reached[st.No] || !ending[st.No] {
			t.Errorf("step %d: reached %v, can end %v", st.No, reached[st.No], ending[st.No])
		}
		if len(st.Then) != len(st.Kind.Outcomes()) || st.Time.IsZero() {
			t.Errorf("step %d is not complete: %+v", st.No, st)
		}
		if _, ok := def.RoleDef(st.Role); !ok {
			t.Errorf("step %d has no role", st.No)
		}
	}
	if len(sop.DrawMarkdown(def)) == 0 || len(sop.DrawSVG(def)) == 0 {
		t.Error("it cannot be drawn")
	}
}

// TestParseSurvivesEditing leaves out each line of the small SOP in turn, and
// then swaps each with its neighbour.
func TestParseSurvivesEditing(t *testing.T) {
	src, _ := reklame(t)
	lines := bytes.SplitAfter(src, []byte("\n"))
	for i := range lines {
		parsed(t, bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil))
		if i > 0 {
			swapped := append([][]byte{}, lines...)
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			parsed(t, bytes.Join(swapped, nil))
		}
	}
}
