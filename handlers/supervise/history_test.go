package supervise_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestHistoryPagesThroughEverything: each entry is shown once, with the step at which it
// was made, the newest page first.
func TestHistoryPagesThroughEverything(t *testing.T) {
	g, id := handlerstest.At(t, 21, workflow.OutcomeRecommended)
	g.Act(id, "ksb_umum", workflow.Claim{}, workflow.Claim{}, workflow.Claim{})
	kabid := g.Officer("atasan", "kabid")
	n := g.OnlyCase().Version
	line := regexp.MustCompile(`(?m)^(\d+)\. .* · langkah (\d+) · `)
	seen, steps := map[int]bool{}, map[int]int{}
	got := kabid.Expect("riwayat "+string(id), "("+strconv.Itoa(n)+" catatan)", "1 Sebelumnya")
	for pages := 1; ; pages++ {
		for _, m := range line.FindAllStringSubmatch(got, -1) {
			seq, _ := strconv.Atoi(m[1])
			step, _ := strconv.Atoi(m[2])
			if seen[seq] {
				t.Errorf("entry %d is shown twice", seq)
			}
			seen[seq], steps[seq] = true, step
		}
		if !strings.Contains(got, "Sebelumnya") || pages > 10 {
			break
		}
		got = kabid.Say("Sebelumnya")
	}
	if len(seen) != n {
		t.Errorf("%d of %d entries are shown", len(seen), n)
	}
	if steps[1] != 1 || steps[n] != 21 {
		t.Errorf("the first entry is at step %d, the last at %d", steps[1], steps[n])
	}
	kabid.Expect("Berikutnya", "Riwayat "+string(id))
}
