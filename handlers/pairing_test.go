package handlers

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/account"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// box seals by putting the context in front.
type box struct{}

func (box) Seal(plain, context []byte) ([]byte, error) {
	return bytes.Join([][]byte{context, plain}, []byte("|")), nil
}

func (box) Unseal(sealed, context []byte) ([]byte, error) {
	plain, ok := bytes.CutPrefix(sealed, append(context, '|'))
	if !ok {
		return nil, errors.New("not sealed for this")
	}
	return plain, nil
}

// pairing is that of an office with the admin "adam".
func (o *office) pairing() (account.Pairing, workflow.Officer) {
	o.t.Helper()
	p := account.Pairing{Store: o.store, Sealer: box{}, Now: func() time.Time { return o.now }, BaseURL: "https://izin.contoh.example"}
	admin, err := o.store.Officer(o.t.Context(), "o-adam")
	if err != nil {
		o.t.Fatal(err)
	}
	return p, admin
}

func (o *office) tokenOf(link string, err error) string {
	o.t.Helper()
	token, ok := strings.CutPrefix(link, "https://izin.contoh.example/wa/")
	if !ok || err != nil {
		o.t.Fatalf("the link is %q, %v", link, err)
	}
	return token
}

func TestPairingLinkWorksOnceAndNotForLong(t *testing.T) {
	o := newOffice(t, nil)
	o.officer("adam", workflow.RoleAdmin)
	p, admin := o.pairing()
	opens := func(token string) workflow.Code { _, err := p.Open(t.Context(), token); return workflow.CodeOf(err) }
	token := o.tokenOf(p.Link(admin))
	if code := opens(token); code != "" {
		t.Errorf("a fresh link is refused: %s", code)
	}
	if code := opens(token); code != workflow.CodeNotFound {
		t.Errorf("a used link: %q", code)
	}
	o.now = o.now.Add(time.Second)
	token = o.tokenOf(p.Link(admin))
	for name, wrong := range map[string]string{"none": "", "no base": "%%", "cut": token[:len(token)-8], "of something else": "b3RwIHNldC11cCBsaW5rfHt9"} {
		if code := opens(wrong); code != workflow.CodeNotFound {
			t.Errorf("%s: %q", name, code)
		}
	}
	o.now = o.now.Add(15 * time.Minute)
	if code := opens(token); code != workflow.CodeNotFound {
		t.Errorf("after a quarter of an hour: %q", code)
	}
	token = o.tokenOf(p.Link(admin))
	admin.Disabled = true
	if _, err := o.store.Commit(t.Context(), o.now, turnOf(admin)); err != nil {
		t.Fatal(err)
	}
	if code := opens(token); code != workflow.CodeNotFound {
		t.Errorf("of who is disabled by now: %q", code)
	}
}

func TestAdminAsksHowWhatsAppIs(t *testing.T) {
	o := newOffice(t, nil)
	adam, fo := o.officer("adam", workflow.RoleAdmin), o.officer("fitri", "front_office")
	adam.expect("whatsapp", "WHATSAPP=on")
	linked := false
	o.app.Phone = &session.Phone{
		State: func() (string, string, bool) { return "Begini keadaannya.", "Lakukan ini.", linked },
		Link:  func(who workflow.Officer) (string, error) { return "https://contoh.example/wa/" + string(who.ID), nil },
	}
	adam.expect("WhatsApp", "Begini keadaannya.", "https://contoh.example/wa/o-adam", "15 menit")
	linked = true
	adam.lacks(adam.expect("/whatsapp", "Begini keadaannya.", "Lakukan ini."), "contoh.example")
	adam.expect("bantuan", "/whatsapp – keadaan WhatsApp kantor")
	fo.expect("whatsapp", "hanya untuk petugas")
	fo.lacks(fo.say("bantuan"), "whatsapp")
}
