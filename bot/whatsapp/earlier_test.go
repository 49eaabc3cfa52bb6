//go:build !nowhatsapp

package whatsapp_test

import (
	"testing"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"izinbot/bot/whatsapp/watest"
)

// Phones send a poor copy of a photo first and the sharp one behind it, as a message that
// belongs to the first.
func TestSharpCopiesNameTheirPhoto(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	poor := w.say(func() (string, error) {
		return p.Image(watest.File{Type: "image/jpeg", Data: []byte("JPEG kecil")}, "")
	})
	sharp := []byte("JPEG besar CONTOH")
	parent := poor.ID[len(poor.ID)-20:]
	in := w.say(func() (string, error) { return p.Better(parent, watest.File{Type: "image/jpeg", Data: sharp}) })
	if in.Better != poor.ID || in.Other != "" || in.Album != "" || len(in.Files) != 1 {
		t.Fatalf("the office got %+v after %s", in, poor.ID)
	}
	w.holds(w.fetch(in.Files[0]), sharp)
}

// What belongs to an earlier message and is no picture says nothing: nobody is told that
// voice messages and stickers are not read.
func TestAdditionsToPhotosAreSilent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	motion, hd := waE2E.MessageAssociation_MOTION_PHOTO, waE2E.MessageAssociation_HD_VIDEO_DUAL_UPLOAD
	outside := watest.Child(hd, "3A1", &waE2E.Message{VideoMessage: &waE2E.VideoMessage{}})
	outside.MessageContextInfo = outside.AssociatedChildMessage.Message.MessageContextInfo
	outside.AssociatedChildMessage.Message.MessageContextInfo = nil
	bare := watest.Child(motion, "3A1", &waE2E.Message{VideoMessage: &waE2E.VideoMessage{}}).AssociatedChildMessage.Message
	for name, m := range map[string]*waE2E.Message{
		"the film of a live photo":           watest.Child(motion, "3A1", &waE2E.Message{VideoMessage: &waE2E.VideoMessage{}}),
		"a film's sharp copy, noted outside": outside,
		"a film without the wrapping":        bare,
		"a child of which nothing is known":  {AssociatedChildMessage: &waE2E.FutureProofMessage{Message: &waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}}},
	} {
		if _, err := p.Send(m); err != nil {
			t.Fatal(err)
		}
		if in := w.text(p, name); in.Text != name {
			t.Errorf("of %s the office got %+v", name, in)
		}
	}
}

func TestDeletedMessagesAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	sent := ""
	first := w.say(func() (string, error) {
		id, err := p.Document(watest.File{Name: "akta.pdf", Type: "application/pdf", Data: []byte("%PDF CONTOH")})
		sent = id
		return id, err
	})
	in := w.say(func() (string, error) { return sent, p.Delete(sent) })
	if in.Withdrawn != first.ID || in.Other != "" || in.Text != "" {
		t.Errorf("the office got %+v, want that %s was withdrawn", in, first.ID)
	}
	other := w.phone(2, watest.ShowsLID)
	if in := w.say(func() (string, error) { return sent, other.Delete(sent) }); in.Withdrawn == first.ID {
		t.Error("somebody else withdraws a message")
	}
}
