package account_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
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
