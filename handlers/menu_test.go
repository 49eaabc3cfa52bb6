package handlers_test

import (
	"regexp"
	"slices"
	"testing"

	"izinbot/bot"
	"izinbot/handlers"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

func names(menu []bot.Command) []string {
	var out []string
	for _, c := range menu {
		out = append(out, c.Name)
	}
	return out
}

func TestMenuByRoleAndLanguage(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	applicant := o.App.CommandMenu(workflow.English, nil)
	officer := o.App.CommandMenu(workflow.Indonesian, []workflow.Role{"front_office"})
	team := o.App.CommandMenu(workflow.Indonesian, []workflow.Role{"tim_teknis"})
	for _, c := range []struct {
		in   []string
		name string
		want bool
	}{
		{names(applicant), "apply", true},
		{names(applicant), "ajukan", false},
		{names(applicant), "status", true},
		{names(applicant), "tasks", false},
		{names(officer), "ajukan", true},
		{names(applicant), "english", false},
		{names(officer), "tugas", true},
		{names(officer), "kunjungan", false},
		{names(team), "kunjungan", true},
		{names(team), "siapa", false},
		{names(o.App.CommandMenu(workflow.Indonesian, []workflow.Role{"kabid"})), "siapa", true},
		{names(o.App.CommandMenu(workflow.Indonesian, []workflow.Role{workflow.RoleAdmin})), "siapa", true},
		{names(o.App.CommandMenu(workflow.Indonesian, []workflow.Role{"ksb_umum"})), "siapa", false},
	} {
		if slices.Contains(c.in, c.name) != c.want {
			t.Errorf("%s in %v: want %v", c.name, c.in, c.want)
		}
	}
	takes := regexp.MustCompile(`^[a-z0-9_]{1,32}$`) // what Telegram takes
	for _, c := range append(append(applicant, officer...), team...) {
		if !takes.MatchString(c.Name) || c.Text == "" || len([]rune(c.Text)) > 256 {
			t.Errorf("no menu shows %+v", c)
		}
	}
	if officer[0].Text == applicant[0].Text {
		t.Errorf("%q is the same in both languages", officer[0].Text)
	}
}

// TestCommandsSpeakTheLanguage: what is offered and listed in English has English
// names; both names are always understood.
func TestCommandsSpeakTheLanguage(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("noah")
	g.Say("english")
	g.Say("/start")
	for _, m := range o.Sent[g.Chat] {
		for _, c := range m.Choices {
			if slices.Contains([]string{"/ajukan", "/syarat", "/pengaduan"}, c.ID) {
				t.Errorf("offers %q as %s", c.Label, c.ID)
			}
		}
	}
	list := g.Expect("help", "/apply –", "/status <resi number> –", "/complete –", "/link <code from the other chat> –")
	o.Lacks(list, "/ajukan", "/lengkapi", "/sambung")
	g.Expect("ajukan", "1 Agree and go on")
	g.Say("save")
	g.Expect("continue", "Agree and go on")
	if got := handlers.CommandIn(workflow.English, "lengkapi"); got != "complete" {
		t.Errorf("lengkapi is %q in English", got)
	}
	if got := handlers.CommandIn(workflow.Indonesian, "lengkapi") + handlers.CommandIn(workflow.English, "buka"); got != "lengkapibuka" {
		t.Errorf("names %q", got)
	}
}

// TestNewsSpeakTheLanguage: what news offer is named in the language of who gets them.
func TestNewsSpeakTheLanguage(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Say("english")
	g.Clarify(id)
	if m := g.Sent[g.Chat]; len(m) != 1 || m[0].Choices[0].ID != "/complete "+string(id) || m[0].Lang != "en" {
		t.Errorf("told %+v", m)
	}
	g.Expect("complete "+string(id), "Document 1 of 2 · B1")
}

func TestJoiningBringsTheMenu(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	menu := func(messages []bot.Message) []string {
		var out []string
		for _, m := range messages {
			out = append(out, names(m.Menu)...)
		}
		return out
	}
	code := o.Invite()
	fo := o.Guest("fo")
	fo.Say("gabung " + code)
	if got := menu(o.Sent[fo.Chat]); !slices.Contains(got, "tugas") {
		t.Errorf("an officer's menu: %v", got)
	}
	g := o.Guest("pemohon")
	g.Say("/start")
	if got := menu(o.Sent[g.Chat]); len(got) != 0 {
		t.Errorf("a menu without a reason: %v", got)
	}
	g.Say("/english")
	if got := menu(o.Sent[g.Chat]); !slices.Contains(got, "apply") || slices.Contains(got, "tugas") {
		t.Errorf("after a change of language: %v", got)
	}
}

func TestKindsThatAreNotUnderstood(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("pemohon")
	for kind, want := range map[string]string{"group": "percakapan pribadi", "edited": "tidak bisa diubah", "sticker": "stiker"} {
		g.Wants(g.Tell(bot.Inbound{Other: kind}), want)
	}
}
