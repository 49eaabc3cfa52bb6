package handlerstest

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"izinbot/handlers/account"
	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/totp"
)

// Asks makes a call somebody's task.
func (o *Office) Asks(c store.Call) store.Call {
	o.T.Helper()
	c.Day = "2026-11-20"
	if _, err := o.Store.Commit(o.T.Context(), o.Now, store.UnitOfWork{Calls: []store.Call{c}}); err != nil {
		o.T.Fatal(err)
	}
	return c
}

// idNumber and maskedNumber are the identity number of the applicant of [applied], in full and
// as it is shown to those who do not need it.
const (
	IDNumber     = "X0000000"
	MaskedNumber = "X••••00"
)

// Views lists who was shown what of a case.
func (o *Office) Views(id workflow.CaseID) []string {
	o.T.Helper()
	list, err := o.Store.Claimed(o.T.Context(), "viewed/"+string(id)+"/")
	if err != nil {
		o.T.Fatal(err)
	}
	return list
}

// Handed counts the files that somebody was sent last.
func (o *Office) Handed(g *Guest) int {
	n := 0
	for _, m := range o.Sent[g.Chat] {
		n += len(m.Files)
	}
	return n
}

// Box seals by putting the context in front.
type Box struct{}

// Seal implements [session.Sealer].
func (Box) Seal(plain, context []byte) ([]byte, error) {
	return bytes.Join([][]byte{context, plain}, []byte("|")), nil
}

// Unseal implements [session.Sealer].
func (Box) Unseal(sealed, context []byte) ([]byte, error) {
	plain, ok := bytes.CutPrefix(sealed, append(context, '|'))
	if !ok {
		return nil, errors.New("not sealed for this")
	}
	return plain, nil
}

// Codes is the office's page on which one-time codes are set up.
func (o *Office) Codes() account.OTPSetup {
	return account.OTPSetup{
		Store: o.Store, Sealer: Box{}, Random: rand.Reader, Now: func() time.Time { return o.Now },
		BaseURL: "https://izin.contoh.example", Issuer: "CONTOH",
	}
}

// SetUpCodes sets up an officer's one-time codes, and gives what makes the next one: each is of
// another half minute.
func (o *Office) SetUpCodes(name string) func() string {
	o.T.Helper()
	officer, err := o.Store.Officer(o.T.Context(), workflow.OfficerID("o-"+name))
	if err != nil {
		o.T.Fatal(err)
	}
	link, err := o.Codes().Link(o.T.Context(), officer)
	if err != nil {
		o.T.Fatal(err)
	}
	return o.OpenSetUp(link)
}

// OpenSetUp opens a link to the page on which codes are set up, as [Office.SetUpCodes] does.
func (o *Office) OpenSetUp(link string) func() string {
	o.T.Helper()
	_, secret, _, err := o.Codes().Open(o.T.Context(), link[strings.LastIndex(link, "/")+1:])
	if err != nil {
		o.T.Fatal(err)
	}
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		o.T.Fatal(err)
	}
	return func() string {
		o.T.Helper()
		o.Now = o.Now.Add(30 * time.Second)
		code, err := totp.Code(raw, o.Now)
		if err != nil {
			o.T.Fatal(err)
		}
		return code
	}
}

// Pairing is that of an office with the admin "adam".
func (o *Office) Pairing() (account.Pairing, workflow.Officer) {
	o.T.Helper()
	p := account.Pairing{Store: o.Store, Sealer: Box{}, Now: func() time.Time { return o.Now }, BaseURL: "https://izin.contoh.example"}
	admin, err := o.Store.Officer(o.T.Context(), "o-adam")
	if err != nil {
		o.T.Fatal(err)
	}
	return p, admin
}

// TokenOf gives the token of a link.
func (o *Office) TokenOf(link string, err error) string {
	o.T.Helper()
	token, ok := strings.CutPrefix(link, "https://izin.contoh.example/wa/")
	if !ok || err != nil {
		o.T.Fatalf("the link is %q, %v", link, err)
	}
	return token
}

// TakeLease takes the lease of the active node.
func (o *Office) TakeLease(holder string) store.Lease {
	o.T.Helper()
	l, err := o.Store.Lease(o.T.Context())
	if err == nil {
		l, err = o.Store.TakeLease(o.T.Context(), l, holder)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return l
}

// Disable takes an officer's rights away.
func (o *Office) Disable(id workflow.OfficerID) {
	o.T.Helper()
	officer, err := o.Store.Officer(o.T.Context(), id)
	if err == nil {
		err = o.App.Disable(o.T.Context(), officer.ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
}

// Enable gives them back.
func (o *Office) Enable(id workflow.OfficerID) {
	o.T.Helper()
	officer, err := o.Store.Officer(o.T.Context(), id)
	if err == nil {
		_, err = o.Store.Commit(o.T.Context(), o.Now, UnitOf(officer.Enable()))
	}
	if err != nil {
		o.T.Fatal(err)
	}
}
