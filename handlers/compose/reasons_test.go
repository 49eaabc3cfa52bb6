package compose_test

import (
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// mostButtons is the most that a list message of WhatsApp carries.
const mostButtons = 10

// TestReasonsComeInPages: the menu of ready-made reasons never has more choices than a network
// carries, every reason is on a page, and one that was picked is not offered again.
func TestReasonsComeInPages(t *testing.T) {
	t.Parallel()
	g, id := handlerstest.At(t, 9, workflow.OutcomeNotRecommended)
	officer := g.Officer("satu", "backoffice")
	reasons := g.App.Desk.Library.Current().Reasons
	officer.Say("buka " + string(id))
	shown := func() string {
		t.Helper()
		var labels []string
		for _, item := range officer.State().Menu.Items {
			labels = append(labels, item.Label)
		}
		if len(labels) > mostButtons {
			t.Errorf("%d buttons: %q", len(labels), labels)
		}
		return strings.Join(labels, "\n")
	}
	pages := shown()
	for range reasons {
		if !strings.Contains(shown(), "Berikutnya") {
			break
		}
		officer.Say("Berikutnya")
		pages += "\n" + shown()
	}
	for _, r := range reasons {
		if label := texts.Cut(r.Text, 60); strings.Count(pages, label) != 1 {
			t.Errorf("%q is not on one page of\n%s", label, pages)
		}
	}
	last := texts.Cut(reasons[len(reasons)-1].Text, 60)
	officer.Expect(last, "1. "+reasons[len(reasons)-1].Text)
	officer.Expect("Kembali", texts.Cut(reasons[0].Text, 60))
	g.Lacks(shown(), last)
	for _, r := range reasons[:len(reasons)-1] {
		for range reasons {
			if strings.Contains(shown(), texts.Cut(r.Text, 60)) || !strings.Contains(shown(), "Berikutnya") {
				break
			}
			officer.Say("Berikutnya")
		}
		officer.Say(texts.Cut(r.Text, 60))
	}
	officer.Expect("Selesai", "2/2")
}
