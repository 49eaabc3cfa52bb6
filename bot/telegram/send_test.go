package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

func TestTextStaysAsItIs(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	text := "Nama: <b>Yayasan</b> & *Contoh* _x_ [a](http://contoh.example) `y`\n</a>&lt;"
	w.mustSend(p, "1", bot.Message{Text: text})
	m := p.Messages()
	if len(m) != 1 || m[0].Text != text || m[0].Preview {
		t.Errorf("shown: %+v", m)
	}
}

func TestButtons(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "Kirim?", Choices: []bot.Choice{
		{ID: "a1:yes", Label: "Ya"}, {ID: strings.Repeat("x", 65), Label: "terlalu panjang"}, {ID: "/bantuan", Label: "Bantuan"},
	}})
	m := p.Messages()[0]
	if len(m.Buttons) != 2 || m.Buttons[0] != (tgtest.Button{Text: "Ya", Data: "a1:yes"}) {
		t.Errorf("buttons: %+v", m.Buttons)
	}
}

func TestFilesGoOutAsDocuments(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	choice := []bot.Choice{{ID: "/x", Label: "X"}}
	one, two := w.put("resi.pdf", "%PDF resi"), w.put("surat.pdf", "%PDF surat")
	w.mustSend(p, "1", bot.Message{Text: "Ini resi.", Files: []bot.Attachment{one}, Choices: choice})
	w.mustSend(p, "2", bot.Message{Text: strings.Repeat("kata ", 400), Files: []bot.Attachment{one, two}, Choices: choice})
	m := p.Messages()
	if len(m) != 4 {
		t.Fatalf("%d messages", len(m))
	}
	if m[0].Text != "Ini resi." || m[0].File.Name != "resi.pdf" || string(m[0].File.Content) != "%PDF resi" || len(m[0].Buttons) != 1 {
		t.Errorf("with a caption: %+v", m[0])
	}
	if m[1].File != nil || m[2].Text != "" || m[2].File.Name != "resi.pdf" || len(m[2].Buttons) != 0 || m[3].File.Name != "surat.pdf" || len(m[3].Buttons) != 1 {
		t.Errorf("with a long text: %+v", m[1:])
	}
}

// TestFirstOfSeveralFilesHasTheCaption, so that nobody looks at a file without knowing what it
// is; the last one has it too where buttons stand below it.
func TestFirstOfSeveralFilesHasTheCaption(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	files := []bot.Attachment{w.put("a.pdf", "%PDF a"), w.put("b.pdf", "%PDF b"), w.put("c.pdf", "%PDF c")}
	w.mustSend(p, "1", bot.Message{Text: "B1 Akta", Files: files})
	w.mustSend(p, "2", bot.Message{Text: "B1 Akta", Files: files, Choices: []bot.Choice{{ID: "/x", Label: "X"}}})
	var captions []string
	for _, m := range p.Messages() {
		captions = append(captions, m.Text)
	}
	if got := strings.Join(captions, "|"); got != "B1 Akta|||B1 Akta||B1 Akta" {
		t.Errorf("captions: %s", got)
	}
}

// TestLanguageOfTheAppIsTold to the handlers.
func TestLanguageOfTheAppIsTold(t *testing.T) {
	w := newWorld(t).start()
	w.server.Person(71, "Ayu CONTOH").Type("halo")
	if in := w.one(); in.Lang != "id" {
		t.Errorf("told: %q", in.Lang)
	}
}

func TestReplyKeyboardComesAndGoes(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "Kirim lokasi.", Want: bot.WantLocation, Choices: []bot.Choice{{ID: "a:skip", Label: "Lewati"}}})
	w.mustSend(p, "2", bot.Message{Text: "Tercatat.\n\nLanjut?", Clear: true, Choices: []bot.Choice{{ID: "b:yes", Label: "Ya"}}})
	w.mustSend(p, "3", bot.Message{Text: "Nomor telepon?", Want: bot.WantContact})
	w.mustSend(p, "4", bot.Message{Text: "Terima kasih.", Clear: true})
	w.mustSend(p, "5", bot.Message{Text: "Selesai."})
	m := p.Messages()
	if len(m) != 6 {
		t.Fatalf("%d messages: %+v", len(m), m)
	}
	if m[0].Asks != "location" || len(m[0].Keyboard) != 2 || m[0].Keyboard[1][0] != "Lewati" {
		t.Errorf("asks: %+v", m[0])
	}
	if !m[1].Removes || m[1].Text != "Tercatat." || m[2].Text != "Lanjut?" || len(m[2].Buttons) != 1 {
		t.Errorf("removed beside buttons: %+v", m[1:3])
	}
	if m[3].Asks != "contact" || !m[4].Removes || m[5].Removes {
		t.Errorf("contact: %+v", m[3:])
	}
}

// TestNewsLeaveTheReplyKeyboard: it belongs to the question that is still open.
func TestNewsLeaveTheReplyKeyboard(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "Kirim lokasi.", Want: bot.WantLocation})
	w.mustSend(p, "2", bot.Message{Text: "Tugas baru", Choices: []bot.Choice{{ID: "/buka LKS-1", Label: "Buka"}}})
	w.mustSend(p, "3", bot.Message{Text: "Tercatat.", Clear: true})
	m := p.Messages()
	if len(m) != 3 {
		t.Fatalf("%d messages: %+v", len(m), m)
	}
	if m[1].Removes || len(m[1].Buttons) != 1 || !m[2].Removes {
		t.Errorf("news: %+v, answer: %+v", m[1], m[2])
	}
}

func TestSendErrors(t *testing.T) {
	f := &faults{method: "sendMessage"}
	w := newWorld(t, f.of)
	p := w.server.Person(71, "Ayu CONTOH")
	check := func(what string, err error, want *bot.SendError) {
		t.Helper()
		got, ok := errors.AsType[*bot.SendError](err)
		switch {
		case err == nil:
			t.Errorf("%s: no error", what)
		case want == nil && ok:
			t.Errorf("%s: %+v", what, got)
		case want != nil && (!ok || *got != *want):
			t.Errorf("%s: %v (%+v), want %+v", what, err, got, want)
		}
		if err != nil && strings.Contains(err.Error(), "CONTOH-bukan") {
			t.Errorf("%s: the error holds the token: %v", what, err)
		}
	}
	hi := bot.Message{Text: "halo"}
	f.set(tgtest.FaultTooMany)
	check("429", w.send(p, "1", hi), &bot.SendError{Reason: "too_many_requests", After: time.Second})
	f.set(tgtest.FaultInternal)
	check("500", w.send(p, "1", hi), nil)
	f.set(tgtest.FaultBadGateway)
	check("502", w.send(p, "1b", hi), nil)
	f.set(tgtest.FaultNone)
	p.Block(true)
	check("blocked", w.send(p, "2", hi), &bot.SendError{Reason: telegram.ReasonBlocked, Dead: true})
	check("no chat", w.channel.Send(t.Context(), "3", "telegram:999", hi), &bot.SendError{Reason: telegram.ReasonChatNotFound, Dead: true})
	check("no Telegram address", w.channel.Send(t.Context(), "4", "sim:x", hi), &bot.SendError{Reason: "bad_address", Dead: true})
	if err := w.server.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.send(p, "5", hi); err == nil { // on a connection that nobody knows to be dead
		t.Error("sent to nobody")
	}
	for range 3 { // then nothing was sent for sure, so nothing is given up
		check("unreachable", w.send(p, "5", hi), nil)
	}
	w.silent()
}

func TestUnknownResultIsTriedOnceMore(t *testing.T) {
	f := &faults{method: "sendMessage"}
	w := newWorld(t, f.of)
	p := w.server.Person(71, "Ayu CONTOH")
	for name, c := range map[string]struct {
		lost         []tgtest.Fault
		tries, shown int
	}{
		"once":  {[]tgtest.Fault{tgtest.FaultLost}, 2, 2},                   // seen twice
		"twice": {[]tgtest.Fault{tgtest.FaultLost, tgtest.FaultLost}, 2, 2}, // taken for sent
	} {
		before := len(p.Messages())
		f.set(tgtest.FaultNone, c.lost...)
		tries := 1
		for w.send(p, name, bot.Message{Text: name}) != nil {
			tries++
		}
		if shown := len(p.Messages()) - before; tries != c.tries || shown != c.shown {
			t.Errorf("%s: %d tries, shown %d times", name, tries, shown)
		}
	}
}

func TestRetryGoesOnWhereItStopped(t *testing.T) {
	f := &faults{method: "sendMessage"}
	f.set(tgtest.FaultNone, tgtest.FaultNone, tgtest.FaultInternal)
	w := newWorld(t, f.of)
	p := w.server.Person(71, "Ayu CONTOH")
	m := bot.Message{Text: strings.Repeat("a", 4000) + "\n\n" + strings.Repeat("b", 4000)}
	if w.send(p, "1", m) == nil {
		t.Fatal("the second part went through")
	}
	w.mustSend(p, "1", m)
	if shown := p.Messages(); len(shown) != 2 || shown[0].Text[0] != 'a' || shown[1].Text[0] != 'b' {
		t.Errorf("%d parts shown", len(shown))
	}
}

func TestTypingAndMenu(t *testing.T) {
	w := newWorld(t, func(_ *tgtest.Config, cfg *telegram.Config) {
		cfg.Profiles = map[string]telegram.Profile{"": {Description: "d", Short: "s", Commands: []bot.Command{{Name: "mulai", Text: "kembali ke menu"}}}}
	}).start()
	p := w.server.Person(71, "Ayu CONTOH")
	if err := w.channel.Typing(t.Context(), address(p)); err != nil || p.Typing() != 1 {
		t.Errorf("typing: %v, %d", err, p.Typing())
	}
	w.mustSend(p, "1", bot.Message{Text: "Selamat bergabung", Menu: []bot.Command{{Name: "tugas", Text: "daftar tugas"}}})
	w.until("menus", func() bool { return len(p.Menu()) == 1 && len(w.server.Menu("")) == 1 })
	if p.Menu()[0].Name != "tugas" || w.server.Menu("")[0].Name != "mulai" {
		t.Errorf("menus: %v, %v", p.Menu(), w.server.Menu(""))
	}
}

func TestWhatTheBotSaysAboutItself(t *testing.T) {
	s, w := newStub(t, func(_ *tgtest.Config, cfg *telegram.Config) {
		cfg.Profiles = map[string]telegram.Profile{"en": {Description: "Permits, free of charge.", Short: "Permits."}}
	})
	said := make(chan string, 2)
	for method, name := range map[string]string{"setMyDescription": "description", "setMyShortDescription": "short_description"} {
		s.says[method] = func(p map[string]any) (int, string) {
			said <- fmt.Sprint(p["language_code"], ": ", p[name])
			return http.StatusOK, `{"ok":true,"result":true}`
		}
	}
	w.start()
	for _, want := range []string{"en: Permits, free of charge.", "en: Permits."} {
		if got := <-said; got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}

// TestLongestTexts: they fit to the last unit, and one more makes two messages.
func TestLongestTexts(t *testing.T) {
	w := newWorld(t)
	for id, c := range map[int64]struct {
		m    bot.Message
		want int
	}{
		1: {bot.Message{Text: strings.Repeat("😀", 2048)}, 1},
		2: {bot.Message{Text: strings.Repeat("😀", 2048) + "a"}, 2},
		3: {bot.Message{Text: strings.Repeat("😀", 512), Files: []bot.Attachment{w.put("a.pdf", "%PDF")}}, 1},
		4: {bot.Message{Text: strings.Repeat("😀", 512) + "a", Files: []bot.Attachment{w.put("a.pdf", "%PDF")}}, 2},
	} {
		p := w.server.Person(id, "Ayu CONTOH")
		w.mustSend(p, decimal(id), c.m)
		if n := len(p.Messages()); n != c.want {
			t.Errorf("%d: %d messages, want %d", id, n, c.want)
		}
	}
}

// TestRefusalHoldsUpAll: who was told to wait sends nothing to others meanwhile.
func TestRefusalHoldsUpAll(t *testing.T) {
	f := &faults{method: "sendMessage"}
	f.set(tgtest.FaultTooMany)
	w := newWorld(t, f.of, func(_ *tgtest.Config, cfg *telegram.Config) { cfg.Pace = telegram.Pace{} })
	now := time.Now()
	if d := w.channel.Pace(now, "telegram:71", false); d != 0 {
		t.Fatalf("the first message waits %v", d)
	}
	if w.send(w.server.Person(71, "Ayu CONTOH"), "1", bot.Message{Text: "halo"}) == nil {
		t.Fatal("sent")
	}
	if d := w.channel.Pace(time.Now(), "telegram:72", false); d < 500*time.Millisecond {
		t.Errorf("the next chat waits %v", d)
	}
}

// TestHalfAnUploadIsNotTakenForSent: over a slow line a large file may not get through
// in the time of a try. Telegram then has not got it, which is no unknown result.
func TestHalfAnUploadIsNotTakenForSent(t *testing.T) {
	s, w := newStub(t)
	release := make(chan struct{})
	s.Config.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release })
	defer close(release)
	m := bot.Message{Files: []bot.Attachment{w.put("besar.pdf", strings.Repeat("x", bot.MaxFileSize))}}
	for n := range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		err := w.channel.Send(ctx, "1", "telegram:71", m)
		cancel()
		if _, ok := errors.AsType[*bot.SendError](err); err == nil || ok {
			t.Fatalf("try %d: %v", n+1, err)
		}
	}
}
