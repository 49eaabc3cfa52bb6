//go:build !nowhatsapp

package whatsapp_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"testing"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// A place that is none cannot be written as JSON: the message would never be stored, and
// come again for ever, before all others.
func TestPlacesThatAreNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	for _, place := range [][2]float64{{math.NaN(), 98}, {2, math.Inf(1)}, {91, 98}, {2, -181}, {1e300, 1e300}} {
		in := w.say(func() (string, error) { return p.Location(place[0], place[1]) })
		if in.Location != nil || in.Other == "" {
			t.Errorf("%v came as %+v", place, in)
		}
	}
	in := w.say(func() (string, error) {
		return p.Send(&waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{DegreesLatitude: new(math.NaN())}})
	})
	if in.Location != nil || in.Other == "" {
		t.Errorf("a live location came as %+v", in)
	}
}

// What a phone does with messages is no message: nobody waits for an answer to it.
func TestDeedsAreNotAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	key := &waCommon.MessageKey{ID: new("x")}
	for name, m := range map[string]*waE2E.Message{
		"vote":   {PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: key}},
		"pin":    {PinInChatMessage: &waE2E.PinInChatMessage{Key: key}},
		"keep":   {KeepInChatMessage: &waE2E.KeepInChatMessage{Key: key}},
		"answer": {EncEventResponseMessage: &waE2E.EncEventResponseMessage{EventCreationMessageKey: key}},
	} {
		if _, err := p.Send(m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if in := w.text(p, "halo"); in.Text != "halo" || len(w.office.all()) != 1 {
		t.Errorf("the office got %+v", w.office.all())
	}
}

func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	for name, want := range map[string]string{`..\..\Dokumen\akta.pdf`: "akta.pdf", "..": "dokumen", "": "dokumen"} {
		in := w.say(func() (string, error) {
			return p.Document(watest.File{Name: name, Type: "application/pdf", Data: []byte("%PDF CONTOH")})
		})
		if len(in.Files) != 1 || in.Files[0].Name != want {
			t.Errorf("%q came as %+v, want %q", name, in.Files, want)
		}
	}
}

// A file that is not what its message says is asked for again at once.
func TestFilesThatAreNotWhatTheySay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	in := w.say(func() (string, error) {
		return p.Document(watest.File{Name: "akta.pdf", Type: "application/pdf", Data: []byte("%PDF CONTOH")})
	})
	f := in.Files[0]
	var ref map[string]any
	if err := json.Unmarshal([]byte(f.Ref), &ref); err != nil {
		t.Fatal(err)
	}
	ref["key"] = bytes.Repeat([]byte{1}, 32)
	changed, err := json.Marshal(ref)
	if err != nil {
		t.Fatal(err)
	}
	f.Ref = string(changed)
	if got := w.fetch(f); got.Problem != bot.FileGone || got.Key != "" {
		t.Errorf("it came as %+v", got)
	}
}

func TestFilesThatCannotBeHadNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	in := w.say(func() (string, error) {
		return p.Document(watest.File{Name: "akta.pdf", Type: "application/pdf", Data: []byte("%PDF CONTOH")})
	})
	w.server.Refuse(418)
	w.await(whatsapp.StateRefused)
	if _, err := w.Fetch(w.soon(), in.Files[0]); err == nil || errors.Is(err, bot.ErrOffline) {
		t.Errorf("a number that is not let in gives %v", err)
	}
	w.stop()
	w.server.Refuse(503)
	w.open()
	if _, err := w.Fetch(w.soon(), in.Files[0]); !errors.Is(err, bot.ErrOffline) {
		t.Errorf("a network that is away gives %v", err)
	}
}
