package sop

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

// touches tells whether the segment from a to b (never diagonal) runs through
// the inside of the symbol of row i.
func (c *chart) touches(a, b point, i int) bool {
	p := c.centre(i)
	w, h := c.half(i)
	return max(a.x, b.x) > p.x-w && min(a.x, b.x) < p.x+w && max(a.y, b.y) > p.y-h && min(a.y, b.y) < p.y+h
}

func checkArrows(t interface{ Errorf(string, ...any) }, def *workflow.SOP) {
	c := newChart(def)
	bottom := c.place(100)
	arrows := c.arrows()
	branches := 0
	for _, st := range def.Steps {
		for _, b := range st.Then {
			if b.End == "" {
				branches++
			}
		}
	}
	if len(arrows) != branches {
		t.Errorf("%d arrows for %d branches", len(arrows), branches)
	}
	roles := c.roles()
	leftmost, rightmost := roles[0].x, roles[len(roles)-1].x+roles[len(roles)-1].w
	for _, a := range arrows {
		for k := 1; k < len(a.points); k++ {
			from, to := a.points[k-1], a.points[k]
			if from.x != to.x && from.y != to.y {
				t.Errorf("arrow %v is diagonal", a.points)
			}
			if to.x < leftmost || to.x > rightmost || to.y < 100 || to.y > bottom {
				t.Errorf("arrow %v leaves the columns of the roles", a.points)
			}
			for i := range def.Steps {
				if c.touches(from, to, i) {
					t.Errorf("arrow %v runs through the symbol of step %d", a.points, i+1)
				}
			}
		}
	}
}

func TestArrowsOfTheSOPs(t *testing.T) {
	def, _, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	checkArrows(t, def)
	src, err := os.ReadFile("testdata/reklame.yaml")
	if err != nil {
		t.Fatal(err)
	}
	small, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	checkArrows(t, small)
}

// anySOP draws a procedure whose steps lead anywhere, sound or not.
func anySOP(t *rapid.T) *workflow.SOP {
	def := &workflow.SOP{Title: "CONTOH"}
	for i := range rapid.IntRange(1, 6).Draw(t, "roles") {
		def.Roles = append(def.Roles, workflow.RoleDef{Role: workflow.Role(strconv.Itoa(i)), Name: workflow.Text{ID: fmt.Sprint("Peran ", i)}})
	}
	n := rapid.IntRange(2, 14).Draw(t, "steps")
	for no := 1; no <= n; no++ {
		st := workflow.Step{
			No: no, Activity: rapid.StringMatching(`([A-Za-z&<]{1,30} ){1,9}`).Draw(t, "activity"),
			Role: rapid.SampledFrom(def.Roles).Draw(t, "role").Role,
			Then: []workflow.Branch{{Outcome: workflow.OutcomeNext, To: no + 1}},
		}
		if no == n {
			st.Then[0] = workflow.Branch{Outcome: workflow.OutcomeNext, End: workflow.EndGranted}
		}
		others := rapid.SliceOfNDistinct(rapid.IntRange(1, n), 0, 2, rapid.ID).Draw(t, "others")
		for _, to := range others {
			if to != no && to != no+1 {
				st.Then = append(st.Then, workflow.Branch{Outcome: workflow.OutcomeReturned, To: to})
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "ends") == 0 {
			st.Then = append(st.Then, workflow.Branch{Outcome: workflow.OutcomeNotRecommended, End: workflow.EndRefused})
		}
		def.Steps = append(def.Steps, st)
	}
	return def
}

func TestArrowsOfAnySOP(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkArrows(t, anySOP(t)) })
}

func TestAnyDrawingIsWellFormedAndStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := anySOP(t)
		out := DrawSVG(def)
		if !bytes.Equal(out, DrawSVG(def)) {
			t.Error("the same procedure is drawn in two ways")
		}
		dec := xml.NewDecoder(bytes.NewReader(out))
		for {
			_, err := dec.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestWrapKeepsWithinTheLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(20, 300).Draw(t, "most")
		for _, line := range wrap(rapid.String().Draw(t, "text"), most) {
			if width(line) > most {
				t.Errorf("%q is %d wide, more than %d", line, width(line), most)
			}
		}
	})
}

func TestWrapBreaksBetweenWords(t *testing.T) {
	got := wrap("Mengentri berkas permohonan dalam aplikasi", 120)
	want := []string{"Mengentri berkas", "permohonan dalam", "aplikasi"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("wrap = %q, want %q", got, want)
	}
}
