package telegram_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

func address(p *tgtest.Person) bot.Address {
	return bot.MakeAddress(telegram.Name, decimal(p.ID()))
}

func TestWhatPersonsSay(t *testing.T) {
	contact := func(user int64) map[string]any {
		return map[string]any{"contact": map[string]any{"phone_number": "6280000000000", "first_name": "Ayu", "user_id": user}}
	}
	for name, c := range map[string]struct {
		say  func(p *tgtest.Person)
		want func(in bot.Inbound) bool
	}{
		"text":          {func(p *tgtest.Person) { p.Type("mulai <b>& kawan") }, func(in bot.Inbound) bool { return in.Text == "mulai <b>& kawan" && in.Name == "Ayu CONTOH" }},
		"deep link":     {func(p *tgtest.Person) { p.Type("/start ABCDE-FGH23") }, func(in bot.Inbound) bool { return in.Text == "/start ABCDE-FGH23" }},
		"command to us": {func(p *tgtest.Person) { p.Type("/status@contoh_izin_bot LKS-1") }, func(in bot.Inbound) bool { return in.Text == "/status LKS-1" }},
		"location": {func(p *tgtest.Person) { p.ShareLocation(2.7431, 98.3126) }, func(in bot.Inbound) bool {
			return in.Location != nil && in.Location.Lat == 2.7431 && in.Location.Lon == 98.3126
		}},
		"own contact":       {func(p *tgtest.Person) { p.Send(contact(p.ID())) }, func(in bot.Inbound) bool { return in.Text == "+6280000000000" }},
		"another's contact": {func(p *tgtest.Person) { p.Send(contact(99)) }, func(in bot.Inbound) bool { return in.Text == "" && in.Other == "contact" }},
		"sticker": {func(p *tgtest.Person) {
			p.Send(map[string]any{"sticker": map[string]any{"file_id": "x", "emoji": "👍"}})
		}, func(in bot.Inbound) bool { return in.Other == "sticker" }},
		"voice":  {func(p *tgtest.Person) { p.Send(map[string]any{"voice": map[string]any{"file_id": "x", "duration": 1}}) }, func(in bot.Inbound) bool { return in.Other == "voice" }},
		"poll":   {func(p *tgtest.Person) { p.Send(map[string]any{"poll": map[string]any{"id": "1", "question": "?"}}) }, func(in bot.Inbound) bool { return in.Other == "poll" }},
		"edited": {func(p *tgtest.Person) { p.Edit(map[string]any{"text": "lain"}) }, func(in bot.Inbound) bool { return in.Other == bot.OtherEdited && in.Text == "lain" && in.Edits != "" }},
		"document": {func(p *tgtest.Person) { p.SendDocument("akta.pdf", []byte("isi"), 0, "ini") }, func(in bot.Inbound) bool {
			return len(in.Files) == 1 && in.Files[0].Name == "akta.pdf" && in.Files[0].Ref != "" && in.Files[0].Size == 3 && in.Text == "ini"
		}},
		"largest photo": {func(p *tgtest.Person) { p.SendPhoto(bytes.Repeat([]byte("x"), 100), "a1") }, func(in bot.Inbound) bool {
			return len(in.Files) == 1 && in.Files[0].Photo && in.Files[0].Size == 100 && in.Album == "a1"
		}},
		"too large": {func(p *tgtest.Person) { p.SendDocument("besar.pdf", []byte("isi"), 21<<20, "") }, func(in bot.Inbound) bool { return in.Files[0].Problem == bot.FileTooLarge }},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).start()
			p := w.server.Person(71, "Ayu CONTOH")
			c.say(p)
			in := w.one()
			if in.Chat != "telegram:71" || in.ID == "" || !c.want(in) {
				t.Errorf("heard %+v", in)
			}
		})
	}
}

func TestWhatIsNotHeard(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	p.ShareLocation(1, 2)
	p.Edit(map[string]any{"location": map[string]any{"latitude": 1, "longitude": 3}}) // a live location moves
	p.Send(map[string]any{"pinned_message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": 71, "type": "private"}}})
	if in := w.one(); in.Location == nil || in.Location.Lon != 2 {
		t.Errorf("heard %+v", in)
	}
}

func TestGroupIsAnsweredOnce(t *testing.T) {
	w := newWorld(t).start()
	g := w.server.Group(-100, "Kantor CONTOH")
	g.Type("/tugas")
	g.Type("halo")
	in := w.one()
	if in.Other != bot.OtherGroup || in.Text != "" || in.Chat != "telegram:-100" {
		t.Errorf("heard %+v", in)
	}
}

func TestGroupIsAnsweredWhenTheBotIsAdded(t *testing.T) {
	s, w := newStub(t)
	joined := func(update int, status string) string {
		return `{"update_id":` + decimal(int64(update)) + `,"my_chat_member":{"chat":{"id":-5,"type":"group"},"from":{"id":71},"date":1,` +
			`"old_chat_member":{"status":"left"},"new_chat_member":{"status":"` + status + `","user":{"id":4242}}}}`
	}
	s.feed("["+joined(1, "left")+"]", "["+joined(2, "member")+","+joined(3, "administrator")+"]")
	w.start()
	reached(t, "heard", func() bool { return len(w.all()) > 0 })
	if in := w.all()[0]; in.Other != bot.OtherGroup || in.Chat != "telegram:-5" || len(w.all()) != 1 {
		t.Errorf("heard %+v", w.all())
	}
}

func TestNothingIsConfirmedBeforeItIsStored(t *testing.T) {
	w := newWorld(t)
	w.refuses = 2
	p := w.server.Person(71, "Ayu CONTOH")
	for _, text := range []string{"satu", "dua", "tiga"} {
		p.Type(text)
	}
	w.start()
	heard := w.drained()
	if len(heard) != 3 || heard[0].Text != "satu" || heard[2].Text != "tiga" {
		t.Errorf("heard %+v", heard)
	}
	if w.accepts < 3 {
		t.Errorf("stored after %d tries", w.accepts)
	}
}

// TestAFullChatHoldsUpNoOther: what one person floods the bot with is not heard, and
// everybody else is.
func TestAFullChatHoldsUpNoOther(t *testing.T) {
	w := newWorld(t)
	w.full = "telegram:71"
	flood, other := w.server.Person(71, "Ayu CONTOH"), w.server.Person(72, "Budi CONTOH")
	flood.Type("satu")
	other.Type("dua")
	flood.Type("tiga")
	w.start()
	if heard := w.drained(); len(heard) != 1 || heard[0].Text != "dua" {
		t.Errorf("heard %+v", heard)
	}
	if !strings.Contains(w.log.String(), "too much waits") {
		t.Errorf("nothing is said of what is dropped:\n%s", w.log.String())
	}
}

func TestRepeatsHaveTheSameID(t *testing.T) {
	w := newWorld(t, func(api *tgtest.Config, _ *telegram.Config) { api.Twice = true }).start()
	p := w.server.Person(71, "Ayu CONTOH")
	p.Type("satu")
	p.Type("dua")
	if heard := w.drained(); len(heard) != 2 || heard[0].Text != "satu" || heard[1].Text != "dua" {
		t.Errorf("heard %+v", heard)
	}
}

func TestPollingOutlivesFaults(t *testing.T) {
	f := &faults{method: "getUpdates"}
	f.set(tgtest.FaultNone, tgtest.FaultInternal, tgtest.FaultBadGateway, tgtest.FaultReset, tgtest.FaultLost)
	w := newWorld(t, f.of)
	w.server.Person(71, "Ayu CONTOH").Type("halo")
	w.start()
	if in := w.one(); in.Text != "halo" {
		t.Errorf("heard %+v", in)
	}
}

func TestFetch(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	content := bytes.Repeat([]byte("isi "), 10_000)
	p.SendDocument("akta.pdf", content, 0, "")
	lost := p.SendDocument("hilang.pdf", []byte("x"), 0, "")
	p.SendDocument("besar.pdf", bytes.Repeat([]byte("x"), bot.MaxFileSize+1), 100, "") // Telegram tells a wrong size
	heard := w.drained()
	w.server.Lose(lost)
	got, err := w.channel.Fetch(t.Context(), heard[0].Files[0])
	if err != nil || got.Size != int64(len(content)) || got.Ref != "" || !bytes.Equal(w.files.Content(got.Key), content) {
		t.Errorf("fetched %+v, %v", got, err)
	}
	if got, err := w.channel.Fetch(t.Context(), heard[1].Files[0]); err != nil || got.Problem != bot.FileGone {
		t.Errorf("of a lost file: %+v, %v", got, err)
	}
	if got, err := w.channel.Fetch(t.Context(), heard[2].Files[0]); err != nil || got.Problem != bot.FileTooLarge {
		t.Errorf("of a file that grew: %+v, %v", got, err)
	}
}

func TestFetchLater(t *testing.T) {
	broken := &faults{method: "file"}
	w := newWorld(t, broken.of).start()
	w.server.Person(71, "Ayu CONTOH").SendDocument("akta.pdf", []byte("isi"), 0, "")
	f := w.one().Files[0]
	for _, fault := range []tgtest.Fault{tgtest.FaultReset, tgtest.FaultBadGateway} {
		broken.set(fault)
		got, err := w.channel.Fetch(t.Context(), f)
		if err == nil || got.Problem != "" {
			t.Errorf("fault %d: %+v, %v", fault, got, err)
		}
		if err != nil && (strings.Contains(err.Error(), "CONTOH-bukan-token") || strings.Contains(err.Error(), "/documents/")) {
			t.Errorf("the error holds the file's address: %v", err)
		}
	}
	broken.set(tgtest.FaultNone)
	if got, err := w.channel.Fetch(t.Context(), f); err != nil || got.Key == "" {
		t.Errorf("after the faults: %+v, %v", got, err)
	}
}

func TestWebhook(t *testing.T) {
	const secret = "CONTOH-rahasia"
	w := newWorld(t, func(_ *tgtest.Config, cfg *telegram.Config) {
		cfg.Webhook = &telegram.Webhook{URL: "https://izin.contoh.example/telegram", Secret: secret}
	}).start()
	w.until("setWebhook", func() bool { return w.server.WebhookURL() == "https://izin.contoh.example/telegram" })
	update := `{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":71,"type":"private"},"from":{"id":71,"first_name":"Ayu"},"text":"halo"}}`
	for _, c := range []struct {
		name, secret, body string
		refuse             int
		want, heard        int
	}{
		{"wrong secret", "CONTOH-rahasiaX", update, 0, http.StatusUnauthorized, 0},
		{"no secret", "", update, 0, http.StatusUnauthorized, 0},
		{"too large", secret, strings.Repeat("x", telegram.MaxUpdate+1), 0, http.StatusRequestEntityTooLarge, 0},
		{"no JSON", secret, "<html>", 0, http.StatusOK, 0},
		{"no update", secret, "{}", 0, http.StatusOK, 0},
		{"unreadable update", secret, `{"update_id":6,"message":{"message_id":"one"}}`, 0, http.StatusOK, 0},
		{"store fails", secret, update, 1, http.StatusInternalServerError, 0},
		{"sent again", secret, update, 0, http.StatusOK, 1},
		{"repeated", secret, update, 0, http.StatusOK, 1},
	} {
		w.refuses = c.refuse
		if got := w.channel.Receive(t.Context(), c.secret, []byte(c.body)); got != c.want || len(w.all()) != c.heard {
			t.Errorf("%s: status %d, %d heard; want %d, %d", c.name, got, len(w.all()), c.want, c.heard)
		}
	}
	if w.server.Calls("getUpdates") != 0 {
		t.Error("it polls beside the webhook")
	}
}

func TestStartRefusesAnUnknownToken(t *testing.T) {
	w := newWorld(t, func(api *tgtest.Config, _ *telegram.Config) { api.Token = "4242:another" })
	if err := w.channel.Start(t.Context()); err == nil || strings.Contains(err.Error(), "CONTOH-bukan") {
		t.Errorf("started: %v", err)
	}
}

func TestStopStoresWhatArrived(t *testing.T) {
	w := newWorld(t)
	if err := w.channel.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.server.Person(71, "Ayu CONTOH").Type("halo")
	w.drained()
	began := time.Now()
	for range 2 {
		if err := w.channel.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("stopping took %v", took)
	}
	if len(w.all()) != 1 {
		t.Errorf("heard %+v", w.all())
	}
}

func TestCheckToken(t *testing.T) {
	for _, bad := range []string{"", "abc", "1:", ":x", "x:y", "1:a b", "1:a/b", "1:a\nb"} {
		if _, err := telegram.CheckToken(bad); err == nil || bad != "" && len(bad) > 3 && strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if id, err := telegram.CheckToken(token); err != nil || id != "4242" {
		t.Errorf("%q, %v", id, err)
	}
}

func TestLinkNamesTheBotOnceItIsKnown(t *testing.T) {
	w := newWorld(t)
	if link := w.channel.Link("sambung-7K2M9QXA"); link != "" {
		t.Errorf("before the start: %q", link)
	}
	w.start()
	if link := w.channel.Link("sambung-7K2M9QXA"); link != "https://t.me/contoh_izin_bot?start=sambung-7K2M9QXA" {
		t.Errorf("link %q", link)
	}
}

// TestLinkIsFoundOutOnceTelegramAnswers: a start without a network is no reason to
// go without links until the next one.
func TestLinkIsFoundOutOnceTelegramAnswers(t *testing.T) {
	f := &faults{method: "getMe"}
	f.set(tgtest.FaultNone, tgtest.FaultInternal)
	w := newWorld(t, f.of).start()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for look := time.NewTicker(5 * time.Millisecond); w.channel.Link("x") == ""; {
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatal("there is still no link")
		}
	}
}

// A reply tells what it quotes, if that is a message of the bot.
func TestReplyTellsWhatItQuotes(t *testing.T) {
	for byBot, want := range map[bool]string{true: "1/17 Nama lembaga", false: ""} {
		w := newWorld(t).start()
		w.server.Person(71, "Ayu CONTOH").Send(map[string]any{"text": "Yayasan Baru", "reply_to_message": map[string]any{
			"message_id": 5, "date": 1, "chat": map[string]any{"id": 71, "type": "private"},
			"from": map[string]any{"id": 1, "is_bot": byBot, "first_name": "x"}, "text": "1/17 Nama lembaga",
		}})
		if in := w.one(); in.Quotes != want || in.Text != "Yayasan Baru" {
			t.Errorf("%+v", in)
		}
	}
}
