package telegramtest

import (
	"os"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/workflow"
)

// guide is the guide from which operators paste.
const guide = "../../../../docs/telegram.md"

// TestGuideShowsTheMenus keeps the texts to paste as the program has them. With
// IZINBOT_WRITE_GUIDE set it writes them.
func TestGuideShowsTheMenus(t *testing.T) {
	o, _ := openOffice(t, office.Telegram{}, &tgtest.Config{}, t.TempDir())
	p := o.Program
	about := func(key string) string {
		return "> " + p.Texts.Say(workflow.Indonesian, key, "office", p.Office.ShortName)
	}
	old, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	text := string(old)
	for name, content := range map[string]string{
		"menu:id": "```\n" + pasted(p.Handlers.CommandMenu(workflow.Indonesian, nil)) + "```",
		"menu:en": "```\n" + pasted(p.Handlers.CommandMenu(workflow.English, nil)) + "```",
		// The texts name the office, which is the made-up one here.
		"description:id": about("telegram.description"),
		"short:id":       about("telegram.short"),
	} {
		begin, end := "<!-- "+name+" -->\n", "\n<!-- /"+name+" -->"
		before, rest, ok := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("the guide has no place for %s", name)
		}
		text = before + begin + content + end + after
	}
	if text == string(old) {
		return
	}
	if os.Getenv("IZINBOT_WRITE_GUIDE") == "" {
		t.Fatal("docs/telegram.md is stale; run: IZINBOT_WRITE_GUIDE=1 go test -run Guide ./cmd/izinbot/internal/telegramtest")
	}
	if err := os.WriteFile(guide, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func pasted(menu []bot.Command) string {
	var b strings.Builder
	for _, c := range menu {
		b.WriteString(c.Name + " - " + c.Text + "\n")
	}
	return b.String()
}
