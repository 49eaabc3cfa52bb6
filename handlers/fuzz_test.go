package handlers_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// FuzzConversation has a stranger, an applicant in the midst of the form, or an officer
// write anything: names, phone numbers, dates, points, codes, commands. Each line of the
// script is a message; one that begins with "#" presses a button with that id, as a forged
// callback does. Every message must be handled, every text answered, in words that can be
// shown.
func FuzzConversation(f *testing.F) {
	for who, script := range []string{
		"/mulai\n1\n1\nYayasan CONTOH\nBelanda",
		"halo\n#/status\n#1:1\n#/mulai x",
		"Yayasan Contoh\nBelanda\nyayasan\nContoh Pimpinan\n2\nX0000000\nJl. Contoh No. 1, Medan\nkantor@contoh.example\n+62 800 0000 0000",
		"gabung ABCDE-FGH23\nbatal\nbahasa en\nstatus",
		"tugas\nLKS-2026-0001\nlihat LKS-2026-0001\nterima\nsemua",
		"cari \x00\npetugas\nrekap 2026-13\ncuti 31/02/2026",
		"\u202eabc\n\uff11\n2,74 98,32\n31 Februari 2026\n١٢٣",
	} {
		f.Add(byte(who), script)
	}
	g, id := handlerstest.Applied(f)
	o := g.Office
	var officers []*handlerstest.Guest
	for _, r := range o.App.Desk.Library.Current().Roles {
		if r.Role != workflow.RoleApplicant {
			officers = append(officers, o.Officer(string(r.Role), r.Role))
		}
	}
	f.Fuzz(func(t *testing.T, who byte, script string) {
		o.T = t
		p := o.Guest(fmt.Sprintf("fuzz-%d", o.Count))
		switch int(who) % 3 {
		case 1:
			p.Begin()
			p.FillForm(handlerstest.AnswersLKS()[:int(who/3)%17]...)
		case 2:
			p = officers[int(who/3)%len(officers)]
			p.Say("batal")
			p.Say("tugas " + string(id))
		}
		for n, line := range strings.SplitN(script, "\n", 20) {
			in := bot.Inbound{Text: line}
			if choice, ok := strings.CutPrefix(line, "#"); ok {
				in = bot.Inbound{Choice: choice}
			}
			in.ID, in.Chat, in.At = "test:fuzz", p.Chat, p.Now
			in, ok := in.Storable(p.Now)
			if !ok {
				continue
			}
			answer := p.Tell(in)
			if strings.TrimSpace(line) != "" && in.Choice == "" && answer == "" {
				t.Errorf("message %d, %q, got no answer", n, line)
			}
			if !utf8.ValidString(answer) || strings.Contains(answer, "%!") || strings.Contains(answer, "<no value>") {
				t.Errorf("message %d, %q, was answered %q", n, line, answer)
			}
		}
	})
}
