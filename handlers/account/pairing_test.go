package account_test

import (
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

func TestPairingLinkWorksOnceAndNotForLong(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	o.Officer("adam", workflow.RoleAdmin)
	p, admin := o.Pairing()
	opens := func(token string) workflow.Code { _, err := p.Open(t.Context(), token); return workflow.CodeOf(err) }
	token := o.TokenOf(p.Link(admin))
	if code := opens(token); code != "" {
		t.Errorf("a fresh link is refused: %s", code)
	}
	if code := opens(token); code != workflow.CodeNotFound {
		t.Errorf("a used link: %q", code)
	}
	o.Now = o.Now.Add(time.Second)
	token = o.TokenOf(p.Link(admin))
	for name, wrong := range map[string]string{"none": "", "no base": "%%", "cut": token[:len(token)-8], "of something else": "b3RwIHNldC11cCBsaW5rfHt9"} {
		if code := opens(wrong); code != workflow.CodeNotFound {
			t.Errorf("%s: %q", name, code)
		}
	}
	o.Now = o.Now.Add(15 * time.Minute)
	if code := opens(token); code != workflow.CodeNotFound {
		t.Errorf("after a quarter of an hour: %q", code)
	}
	token = o.TokenOf(p.Link(admin))
	admin.Disabled = true
	if _, err := o.Store.Commit(t.Context(), o.Now, handlerstest.UnitOf(admin)); err != nil {
		t.Fatal(err)
	}
	if code := opens(token); code != workflow.CodeNotFound {
		t.Errorf("of who is disabled by now: %q", code)
	}
}

func TestAdminAsksHowWhatsAppIs(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	adam, fo := o.Officer("adam", workflow.RoleAdmin), o.Officer("fitri", "front_office")
	adam.Expect("whatsapp", "WHATSAPP=on")
	linked := false
	o.App.Phone = &session.Phone{
		State: func() (string, string, bool) { return "Begini keadaannya.", "Lakukan ini.", linked },
		Link:  func(who workflow.Officer) (string, error) { return "https://contoh.example/wa/" + string(who.ID), nil },
	}
	adam.Expect("WhatsApp", "Begini keadaannya.", "https://contoh.example/wa/o-adam", "15 menit")
	linked = true
	adam.Lacks(adam.Expect("/whatsapp", "Begini keadaannya.", "Lakukan ini."), "contoh.example")
	adam.Expect("bantuan", "/whatsapp – keadaan WhatsApp kantor")
	fo.Expect("whatsapp", "hanya untuk petugas")
	fo.Lacks(fo.Say("bantuan"), "whatsapp")
}
