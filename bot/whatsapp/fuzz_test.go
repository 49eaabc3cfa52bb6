//go:build !nowhatsapp

package whatsapp_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"izinbot/bot/whatsapp/watest"
)

// FuzzContent has a phone send any content, encrypted as WhatsApp does. What the office
// hears of it can be stored, and the phone's next message comes as ever.
func FuzzContent(f *testing.F) {
	for _, m := range []*waE2E.Message{
		{Conversation: new("halo")},
		{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: new("ya"), ContextInfo: &waE2E.ContextInfo{StanzaID: new("x")}}},
		{DocumentMessage: &waE2E.DocumentMessage{FileName: new("../akta.pdf"), Mimetype: new("application/pdf"), FileLength: new(uint64(math.MaxUint64))}},
		{ImageMessage: &waE2E.ImageMessage{Caption: new("tampak"), MediaKey: []byte{1}, DirectPath: new("/../x")}},
		{LocationMessage: &waE2E.LocationMessage{DegreesLatitude: new(math.NaN()), DegreesLongitude: new(math.Inf(1))}},
		{ContactMessage: &waE2E.ContactMessage{Vcard: new("BEGIN:VCARD\nitem1.TEL;waid=62800:+62 800\nEND:VCARD")}},
		{ProtocolMessage: &waE2E.ProtocolMessage{Type: new(waE2E.ProtocolMessage_MESSAGE_EDIT)}},
		{EphemeralMessage: &waE2E.FutureProofMessage{Message: &waE2E.Message{ViewOnceMessage: &waE2E.FutureProofMessage{}}}},
	} {
		content, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	w := newWorld(f)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	f.Fuzz(func(t *testing.T, content []byte) {
		var m waE2E.Message
		if proto.Unmarshal(content, &m) != nil {
			t.Skip("no message")
		}
		w.t = t
		if _, err := p.Send(&m); err != nil {
			t.Fatal(err)
		}
		w.isWell(p)
	})
}

// FuzzNode has the server send any stanza of the kinds that others can cause. The office
// goes on hearing messages.
func FuzzNode(f *testing.F) {
	from := types.NewJID("620000000101", types.DefaultUserServer)
	for _, node := range []waBinary.Node{
		{Tag: "message", Attrs: waBinary.Attrs{"from": from, "id": "1", "t": "1", "type": "text"}, Content: []waBinary.Node{{Tag: "enc", Attrs: waBinary.Attrs{"v": "2", "type": "pkmsg"}, Content: []byte{1}}}},
		{Tag: "message", Attrs: waBinary.Attrs{"from": types.StatusBroadcastJID, "id": "2"}},
		{Tag: "receipt", Attrs: waBinary.Attrs{"from": from, "id": "3", "type": "retry"}, Content: []waBinary.Node{{Tag: "retry", Attrs: waBinary.Attrs{"count": "1"}}}},
		{Tag: "notification", Attrs: waBinary.Attrs{"from": from, "id": "4", "type": "devices"}, Content: []waBinary.Node{{Tag: "remove"}}},
		{Tag: "notification", Attrs: waBinary.Attrs{"from": types.ServerJID, "id": "5", "type": "encrypt"}, Content: []waBinary.Node{{Tag: "count", Attrs: waBinary.Attrs{"value": "0"}}}},
		{Tag: "presence", Attrs: waBinary.Attrs{"from": from, "type": "unavailable", "last": "deny"}},
		{Tag: "chatstate", Attrs: waBinary.Attrs{"from": from}, Content: []waBinary.Node{{Tag: "composing"}}},
		{Tag: "call", Attrs: waBinary.Attrs{"from": from, "id": "6"}, Content: []waBinary.Node{{Tag: "offer", Attrs: waBinary.Attrs{"call-id": "7"}}}},
		{Tag: "ack", Attrs: waBinary.Attrs{"class": "message", "id": "8", "error": "463"}},
	} {
		raw, err := waBinary.Marshal(node)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw[1:]) // the first byte tells how the rest is packed
	}
	w := newWorld(f)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	caused := []string{"message", "receipt", "notification", "presence", "chatstate", "call", "ack"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		node, ok := decoded(raw)
		if !ok || !slices.Contains(caused, node.Tag) {
			t.Skip("no such stanza")
		}
		w.t = t
		w.server.Inject(*node)
		w.isWell(p)
	})
}

// decoded reads a stanza's packed form. The library's decoder panics for some that are
// none; only WhatsApp's own server could send those, since it packs what it passes on.
func decoded(raw []byte) (node *waBinary.Node, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	node, err := waBinary.Unmarshal(raw)
	if err != nil {
		return nil, false
	}
	_, err = waBinary.Marshal(*node)
	return node, err == nil
}

// isWell sends a text, waits until the office has it, and looks at all that came before.
func (w *world) isWell(p *watest.Phone) {
	w.t.Helper()
	if _, err := p.Text("selesai CONTOH"); err != nil {
		w.t.Fatal(err)
	}
	for n := 0; ; n++ {
		in := w.office.hear(w.t, n)
		// An address with a NUL in it is none; such a message is dropped.
		if _, ok := in.Storable(w.clock()); !ok && !strings.ContainsRune(string(in.Chat), 0) {
			w.t.Errorf("not to be stored: %+v", in)
		}
		if in.Location != nil && !(math.Abs(in.Location.Lat) <= 90 && math.Abs(in.Location.Lon) <= 180) {
			w.t.Errorf("no place: %+v", in.Location)
		}
		if in.Text == "selesai CONTOH" {
			break
		}
	}
	w.office.mu.Lock()
	w.office.inbox, w.office.seen = nil, map[string]bool{}
	w.office.mu.Unlock()
}
