package account_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestJoinSpeaksTheLanguageOfTheChat, whichever of its names the command is given by.
func TestJoinSpeaksTheLanguageOfTheChat(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	for _, word := range []string{"join", "gabung", "/join"} {
		g := o.Guest("id " + word)
		g.Say("halo")
		o.Lacks(g.Expect(word+" ABCDE-FGH23", "Kode undangan itu tidak dikenal"), "invitation")
		g.Expect(word, "Ketik GABUNG")
		e := o.Guest("en " + word)
		e.Say("english")
		o.Lacks(e.Expect(word+" ABCDE-FGH23", "That invitation code is not known"), "Kode")
		o.Lacks(e.Expect(word, "Type JOIN"), "Ketik")
	}
}

// TestCodesAreAskedForAtJoining: of whoever will initial or sign, by a link that is good after
// the joining.
func TestCodesAreAskedForAtJoining(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	for role, asked := range map[workflow.Role]bool{"kabid": true, "kadis": true, "backoffice": true, "tim_teknis": true, "front_office": false, "ksb_umum": false} {
		g := o.Guest(string(role))
		code, officer, invitation, err := workflow.Invite(rand.Reader, workflow.Officer{ID: workflow.OfficerID("o-" + role), Name: "Petugas CONTOH", Roles: []workflow.Role{role}}, o.Now)
		if err != nil {
			t.Fatal(err)
		}
		unit := handlerstest.UnitOf(officer)
		unit.Invitations = []workflow.Invitation{invitation}
		if _, err := o.Store.Commit(t.Context(), o.Now, unit); err != nil {
			t.Fatal(err)
		}
		got := g.Expect("gabung "+code, "Selamat datang, Petugas CONTOH")
		at := strings.Index(got, "https://")
		if at >= 0 != asked {
			t.Errorf("%s is asked: %v", role, at >= 0)
		}
		if at < 0 {
			continue
		}
		link, _, _ := strings.Cut(got[at:], "\n")
		o.OpenSetUp(link)
	}
}
