package audit

import (
	"encoding/json"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// others checks the records that are no cases.
func (a *auditing) others(p store.Portable) error {
	handled := map[bot.Address]int64{}
	for _, kind := range []struct {
		kind store.Kind
		name string
		read func(id string, doc []byte) error
	}{
		{store.KindPerson, "orang", document[store.Person]},
		{store.KindOfficer, "petugas", document[workflow.Officer]},
		{store.KindInvitation, "undangan", document[workflow.Invitation]},
		{store.KindDelegation, "Plh./Plt.", document[workflow.Delegation]},
		{store.KindConversation, "percakapan", func(_ string, doc []byte) error { return a.conversation(doc, handled) }},
		{store.KindMessage, "pesan masuk", func(_ string, doc []byte) error { return a.message(doc, handled) }},
		{store.KindDelivery, "pesan keluar", func(_ string, doc []byte) error { return a.delivery(doc) }},
	} {
		if err := a.kind(p, kind.kind, kind.name, kind.read); err != nil {
			return err
		}
	}
	return nil
}

func (a *auditing) kind(p store.Portable, kind store.Kind, name string, read func(id string, doc []byte) error) error {
	for from := ""; ; {
		page, err := p.Records(a.ctx, kind, from, batch)
		if err != nil {
			if !a.lasting(err) {
				return fmt.Errorf("list %s: %w", kind, err)
			}
			a.fault(name, "tidak terbaca: %v", err)
			return nil
		}
		for _, r := range page.Records {
			if err := read(r.ID, r.Doc); err != nil {
				a.fault(name, "tidak terbaca: catatan ke-%d", r.Order)
			}
		}
		if page.Next == "" {
			return nil
		}
		from = page.Next
	}
}

// document tells whether a record's document can be read.
func document[T any](_ string, doc []byte) error {
	var d store.PortableDoc
	if err := json.Unmarshal(doc, &d); err != nil {
		return err
	}
	return json.Unmarshal(d.Doc, new(T))
}

func (a *auditing) conversation(doc []byte, handled map[bot.Address]int64) error {
	var c store.PortableConversation
	if err := json.Unmarshal(doc, &c); err != nil {
		return err
	}
	handled[c.Chat] = c.Handled
	return a.wanted.chatFiles("percakapan "+masked(c.Chat), c.State)
}

func (a *auditing) message(doc []byte, handled map[bot.Address]int64) error {
	var m store.PortableMessage
	if err := json.Unmarshal(doc, &m); err != nil || m.Seq <= handled[m.Chat] {
		return err
	}
	return a.wanted.chatFiles("pesan masuk "+masked(m.Chat), m.Message)
}

func (a *auditing) delivery(doc []byte) error {
	var d store.PortableDelivery
	if err := json.Unmarshal(doc, &d); err != nil || !d.Settled.IsZero() {
		return err
	}
	return a.wanted.chatFiles("pesan keluar "+masked(d.Chat), d.Message)
}

// masked names a chat without the number of its owner.
func masked(chat bot.Address) string {
	network, id, _ := strings.Cut(string(chat), ":")
	return network + " …" + id[max(0, len(id)-3):]
}
