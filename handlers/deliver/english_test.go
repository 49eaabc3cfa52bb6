package deliver_test

import (
	"slices"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestEnglishReadersGetASummary with the letter, in the same message and once, both named in
// English; the letter is the same file that everybody gets. Others get the letter alone.
func TestEnglishReadersGetASummary(t *testing.T) {
	for lang, want := range map[workflow.Lang][]string{
		workflow.Indonesian: {"Surat Izin – LKS-2026-00001-3.pdf"},
		workflow.English:    {"Technical Permit – LKS-2026-00001-3.pdf", "Technical Permit (summary in English) – LKS-2026-00001-3.pdf"},
	} {
		g, id := handlerstest.At(t, 22, workflow.OutcomeRecommended)
		if lang == workflow.English {
			g.Say("english")
		}
		g.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansChat})
		letter, _ := g.OnlyCase().Letter(g.OnlyCase().Current)
		delivered := filesOf(g.Sent[g.Chat])
		if got := names(delivered); !slices.Equal(got, want) {
			t.Errorf("%s: sent %q, want %q", lang, got, want)
		}
		if delivered[0].Key != letter.File.SHA256 {
			t.Errorf("%s: not the letter", lang)
		}
		g.Say("surat " + string(id)) // the same ones again, on demand
		again := filesOf(g.Sent[g.Chat])
		for _, f := range delivered {
			if !slices.Contains(again, f) {
				t.Errorf("%s: %q is not given again", lang, f.Name)
			}
		}
	}
}

func filesOf(messages []bot.Message) []bot.Attachment {
	var out []bot.Attachment
	for _, m := range messages {
		out = append(out, m.Files...)
	}
	return out
}

func names(files []bot.Attachment) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Name)
	}
	return out
}
