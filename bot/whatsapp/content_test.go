//go:build !nowhatsapp

package whatsapp_test

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"testing"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

func TestFilesComeAndGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	pdf := bytes.Repeat([]byte("%PDF CONTOH "), 5000)
	in := w.say(func() (string, error) {
		return p.Document(watest.File{Name: "akta.pdf", Type: "application/pdf", Data: pdf})
	})
	if len(in.Files) != 1 || in.Files[0].Name != "akta.pdf" || in.Files[0].Photo || in.Files[0].Size != int64(len(pdf)) {
		t.Fatalf("the office got %+v", in.Files)
	}
	w.holds(w.fetch(in.Files[0]), pdf)

	photo := bytes.Repeat([]byte("JPEG CONTOH "), 1000)
	in = w.say(func() (string, error) {
		return p.Image(watest.File{Type: "image/jpeg", Data: photo}, "tampak depan")
	})
	if len(in.Files) != 1 || !in.Files[0].Photo || in.Text != "tampak depan" {
		t.Fatalf("the office got %+v", in)
	}
	w.holds(w.fetch(in.Files[0]), photo)

	key, size, err := w.files.Put(t.Context(), bytes.NewReader(pdf))
	if err != nil {
		t.Fatal(err)
	}
	letter := bot.Attachment{Key: key, Name: "Resi.pdf", Type: "application/pdf", Size: size}
	got := w.answer(p, in, bot.Message{Text: "Resi Bapak/Ibu", Files: []bot.Attachment{letter}})
	if got.Text != "Resi Bapak/Ibu" || got.File == nil || got.File.Name != "Resi.pdf" || !bytes.Equal(got.File.Data, pdf) {
		t.Errorf("the phone shows %q with %+v", got.Text, got.File)
	}
}

func (w *world) fetch(f bot.InboundFile) bot.InboundFile {
	w.t.Helper()
	got, err := w.Fetch(w.soon(), f)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

func (w *world) holds(f bot.InboundFile, want []byte) {
	w.t.Helper()
	if f.Problem != "" || f.Ref != "" {
		w.t.Fatalf("the file is %+v", f)
	}
	r, err := w.files.Open(w.t.Context(), f.Key)
	if err != nil {
		w.t.Fatal(err)
	}
	if got, _ := io.ReadAll(r); !bytes.Equal(got, want) || f.Size != int64(len(want)) {
		w.t.Errorf("the file has %d bytes, want %d", len(got), len(want))
	}
}

func TestMediaThatTheServersLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	send := func() (string, error) {
		return p.Document(watest.File{Name: "akta.pdf", Type: "application/pdf", Data: []byte("%PDF CONTOH")})
	}
	in := w.say(send)
	w.server.Expire()
	w.holds(w.fetch(in.Files[0]), []byte("%PDF CONTOH")) // the account's phone had it

	in = w.say(send)
	w.server.Lose()
	if f := w.fetch(in.Files[0]); f.Problem != bot.FileGone || f.Key != "" {
		t.Errorf("a file that nobody has is %+v", f)
	}
}

func TestFilesThatAreTooLarge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	large := make([]byte, bot.MaxFileSize+1<<20)
	for _, claims := range []int{0, 1000} {
		in := w.say(func() (string, error) {
			return p.Document(watest.File{Name: "peta.pdf", Type: "application/pdf", Data: large, Claims: claims})
		})
		f := in.Files[0]
		if claims == 0 && f.Problem != bot.FileTooLarge {
			t.Errorf("a file that tells its size is %+v", f)
		}
		if f = w.fetch(f); f.Problem != bot.FileTooLarge || f.Key != "" {
			t.Errorf("a file that claims %d bytes is %+v", claims, f)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	in := w.say(func() (string, error) { return p.Location(2.74, 98.31) })
	if in.Location == nil || *in.Location != (bot.Location{Lat: 2.74, Lon: 98.31}) {
		t.Errorf("the office got %+v", in)
	}
	live := func(offset uint32) func() (string, error) {
		return func() (string, error) {
			return p.Send(&waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{
				DegreesLatitude: new(2.75), DegreesLongitude: new(98.32), TimeOffset: &offset,
			}})
		}
	}
	if in := w.say(live(0)); in.Location == nil || in.Location.Lat != 2.75 {
		t.Errorf("the office got %+v of a live location", in)
	}
	if _, err := live(60)(); err != nil {
		t.Fatal(err)
	}
	if in := w.text(p, "selesai"); in.Text != "selesai" {
		t.Errorf("after the first fix the office got %+v", in)
	}
}

// A point is told with where it comes from: what was passed on or picked by a name says
// nothing about where its sender is.
func TestPlacesAreWhatTheyAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	point := func(change func(*waE2E.LocationMessage)) *waE2E.Message {
		l := &waE2E.LocationMessage{DegreesLatitude: new(2.75), DegreesLongitude: new(98.33)}
		change(l)
		return &waE2E.Message{LocationMessage: l}
	}
	for name, tt := range map[string]struct {
		message *waE2E.Message
		want    bot.Location
	}{
		"sent":  {point(func(l *waE2E.LocationMessage) { l.AccuracyInMeters = new(uint32(12)) }), bot.Location{Accuracy: 12}},
		"venue": {point(func(l *waE2E.LocationMessage) { l.Name, l.Address = new("Panti Contoh"), new("Jl. Contoh") }), bot.Location{Kind: bot.LocationVenue, Name: "Panti Contoh"}},
		"forwarded": {point(func(l *waE2E.LocationMessage) {
			l.ContextInfo = &waE2E.ContextInfo{IsForwarded: new(true), ForwardingScore: new(uint32(1))}
		}), bot.Location{Kind: bot.LocationForwarded}},
		"live": {&waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{
			DegreesLatitude: new(2.75), DegreesLongitude: new(98.33), AccuracyInMeters: new(uint32(1500)),
		}}, bot.Location{Kind: bot.LocationLive, Accuracy: 1500}},
	} {
		tt.want.Lat, tt.want.Lon = 2.75, 98.33
		if in := w.say(func() (string, error) { return p.Send(tt.message) }); in.Location == nil || *in.Location != tt.want {
			t.Errorf("%s: the office got %+v", name, in.Location)
		}
	}
}

func TestKindsThatAreNotUnderstood(t *testing.T) {
	text := func(s string) *waE2E.Message { return &waE2E.Message{Conversation: &s} }
	tests := map[string]struct {
		message *waE2E.Message
		want    bot.Inbound
	}{
		"sticker":   {&waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}, bot.Inbound{Other: "sticker"}},
		"voice":     {&waE2E.Message{AudioMessage: &waE2E.AudioMessage{PTT: new(true)}}, bot.Inbound{Other: "voice"}},
		"video":     {&waE2E.Message{VideoMessage: &waE2E.VideoMessage{}}, bot.Inbound{Other: "video"}},
		"poll":      {&waE2E.Message{PollCreationMessage: &waE2E.PollCreationMessage{}}, bot.Inbound{Other: "poll"}},
		"view once": {&waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{Message: &waE2E.Message{ImageMessage: &waE2E.ImageMessage{}}}}, bot.Inbound{Other: bot.OtherViewOnce}},
		"edited": {&waE2E.Message{EditedMessage: &waE2E.FutureProofMessage{Message: &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), EditedMessage: text("baru"), Key: &waCommon.MessageKey{ID: new("x")},
		}}}}, bot.Inbound{Other: bot.OtherEdited, Edits: "x", Text: "baru"}},
		"contact": {&waE2E.Message{ContactMessage: &waE2E.ContactMessage{
			Vcard: new("BEGIN:VCARD\nFN:Ayu CONTOH\nitem1.TEL;waid=620000000123:+62 000-0000-123\nEND:VCARD"),
		}}, bot.Inbound{Text: "+62 000-0000-123"}},
	}
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := w.say(func() (string, error) { return p.Send(tt.message) })
			if in.Other != tt.want.Other || in.Text != tt.want.Text || len(in.Files) > 0 {
				t.Errorf("the office got %+v", in)
			}
		})
	}
}

func TestWhatIsIgnored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsNumber)
	from := types.NewJID("620000000101", types.DefaultUserServer)
	tests := map[string]struct {
		message *waE2E.Message
		attrs   waBinary.Attrs
	}{
		"reaction": {&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Text: new("👍")}}, nil},
		"revoked":  {&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: &waCommon.MessageKey{}}}, nil},
		"album":    {&waE2E.Message{AlbumMessage: &waE2E.AlbumMessage{}}, nil},
		"group": {&waE2E.Message{Conversation: new("di grup")}, waBinary.Attrs{
			"from": types.NewJID("120000000000000001", types.GroupServer), "participant": from,
		}},
		"status":    {&waE2E.Message{Conversation: new("status")}, waBinary.Attrs{"from": types.StatusBroadcastJID, "participant": from}},
		"broadcast": {&waE2E.Message{Conversation: new("siaran")}, waBinary.Attrs{"from": types.NewJID("1", types.BroadcastServer), "participant": from}},
	}
	for name, tt := range tests {
		attrs := waBinary.Attrs{"type": "text"}
		maps.Copy(attrs, tt.attrs)
		if _, err := p.SendTo(tt.message, attrs); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if in := w.text(p, "halo"); in.Text != "halo" || len(w.office.all()) != 1 {
		t.Errorf("the office got %+v", w.office.all())
	}
	w.eventually("all is acknowledged", func() bool { return w.server.Waiting() == 0 })
}

func TestAnswerToAnOlderMenuNamesThatMenu(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "mulai")
	old := w.answer(p, in, bot.Message{Text: "Lanjut?", Choices: []bot.Choice{{ID: "a:ya", Label: "Ya"}, {ID: "a:tidak", Label: "Tidak"}}})
	in = w.say(func() (string, error) { return p.Reply(old.ID, "2.") })
	if len(in.Asked) != 2 || in.Asked[1] != (bot.Choice{ID: "a:tidak", Label: "Tidak"}) || in.Text != "2." {
		t.Errorf("the office got %+v", in)
	}
	if in := w.text(p, "1"); len(in.Asked) > 0 {
		t.Errorf("a number that quotes nothing answers %v", in.Asked)
	}
	if in := w.say(func() (string, error) { return p.Reply("3EB0NOSUCHMESSAGE", "1") }); len(in.Asked) > 0 {
		t.Errorf("what quotes a message of nobody answers %v", in.Asked)
	}
}

func TestCommandsOfANoticeAreWordsToType(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "halo")
	before := len(p.Inbox())
	notice := bot.Message{Text: "Tugas baru.", Choices: []bot.Choice{{ID: "/buka LKS-2026-00042-7", Label: "Buka"}, {ID: "/tugas", Label: "Semua tugas"}}}
	if err := w.Send(w.soon(), "LKS-2026-00042-7/3/1@p-1", in.Chat, notice); err != nil {
		t.Fatal(err)
	}
	got, err := p.WaitText(w.soon(), before, "Tugas baru.")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Tugas baru.\n\nBuka: ketik *BUKA LKS-2026-00042-7*\nSemua tugas: ketik *TUGAS*"; got.Text != want || got.Quoted != "" {
		t.Errorf("the phone shows %q", got.Text)
	}
	if in := w.say(func() (string, error) { return p.Reply(got.ID, "1") }); len(in.Asked) > 0 {
		t.Errorf("a number chooses among %v", in.Asked)
	}
}

func TestCommandsOfAQuestionAreNumbered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	welcome := bot.Message{Text: "Selamat datang.", Open: true, Choices: []bot.Choice{{ID: "/ajukan", Label: "Ajukan izin"}, {ID: "/status", Label: "Cek status"}}}
	got := w.answer(p, w.text(p, "mulai"), welcome)
	if want := "Selamat datang.\n\n*1* Ajukan izin\n*2* Cek status"; got.Text != want {
		t.Errorf("the phone shows %q, want %q", got.Text, want)
	}
	if in := w.say(func() (string, error) { return p.Reply(got.ID, "2") }); len(in.Asked) != 2 || in.Asked[1].ID != "/status" {
		t.Errorf("a number chooses among %v", in.Asked)
	}
}

func TestCommandsSpeakTheLanguageOfTheirMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(cfg *whatsapp.Config) {
		cfg.Words.Type = map[string]string{"id": "ketik", "en": "type"}
	})
	p := w.phone(1, watest.ShowsLID)
	in := w.text(p, "hello")
	for lang, want := range map[string]string{
		"":   "Kabar.\n\nCek status: ketik *STATUS*",
		"en": "Kabar.\n\nCek status: type *STATUS*",
		"xx": "Kabar.\n\nCek status: ketik *STATUS*",
	} {
		m := bot.Message{Text: "Kabar.", Lang: lang, Choices: []bot.Choice{{ID: "/status", Label: "Cek status"}}}
		before := len(p.Inbox())
		if err := w.Send(w.soon(), "n-"+lang, in.Chat, m); err != nil {
			t.Fatal(err)
		}
		if got, err := p.WaitText(w.soon(), before, "Kabar."); err != nil || got.Text != want {
			t.Errorf("in %q the phone shows %q, want %q (%v)", lang, got.Text, want, err)
		}
	}
}

func TestTypingIsSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	in := w.text(p, "halo")
	if err := w.Typing(w.soon(), in.Chat); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(w.soon(), func() bool { return p.Typing() == 1 }); err != nil {
		t.Fatal(err)
	}
}

func TestAlbumIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	parent := &waE2E.MessageAssociation{ParentMessageKey: &waCommon.MessageKey{ID: new("ALBUM1")}}
	in := w.say(func() (string, error) {
		return p.Send(&waE2E.Message{
			LocationMessage:    &waE2E.LocationMessage{},
			MessageContextInfo: &waE2E.MessageContextInfo{MessageAssociation: parent},
		})
	})
	if in.Album != "ALBUM1" {
		t.Errorf("the office got %+v", in)
	}
	if slices.ContainsFunc(w.office.all(), func(in bot.Inbound) bool { return in.At.After(time.Now().Add(time.Minute)) }) {
		t.Error("a message came from the future")
	}
}
