package form_test

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestExamplesAreNeverPast: whatever year it is, examples of dates lie ahead, in both languages.
func TestExamplesAreNeverPast(t *testing.T) {
	year := regexp.MustCompile(`\b20\d\d\b`)
	for _, lang := range []string{"english", "indonesia"} {
		g := handlerstest.NewOffice(t, nil).Guest("ani " + lang)
		g.Now = time.Date(2031, 3, 3, 9, 0, 0, 0, workflow.WIB())
		g.Say(lang)
		g.Say("/ajukan")
		got := g.Say("1")
		said := 0
		for _, answer := range append(handlerstest.AnswersLKS()[:15], "Januari 2032 – Desember 2032", "lewati") {
			for _, y := range year.FindAllString(got, -1) {
				if n, _ := strconv.Atoi(y); n <= 2031 {
					t.Errorf("an example of %d:\n%s", n, got)
				}
				said++
			}
			got = g.Say(answer)
		}
		if said == 0 {
			t.Errorf("no example was given in %s", lang)
		}
	}
}
