package telegram_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

const halo = `{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":71,"type":"private"},"from":{"id":71,"first_name":"Ayu"},"text":"halo"}}`

// TestSimpleServersCanReadEveryCall: JSON with a length, and forms with a length
// where a file goes up. Many servers and proxies read neither chunks nor empty forms.
func TestSimpleServersCanReadEveryCall(t *testing.T) {
	s, w := newStub(t, dressed)
	s.feed("[" + halo + `,{"update_id":8,"callback_query":{"id":"1","from":{"id":71},"data":"a:1","message":{"message_id":2,"date":1,"text":"?","chat":{"id":71,"type":"private"},"reply_markup":{"inline_keyboard":[[{"text":"?","callback_data":"a:2"}]]}}}}]`)
	w.start()
	file := w.put("surat \"lampiran\".pdf", strings.Repeat("isi ", 50_000))
	for _, m := range []bot.Message{{Text: "halo"}, {Text: "surat", Files: []bot.Attachment{file}}, {Text: "menu", Menu: []bot.Command{{Name: "a", Text: "b"}}}} {
		if err := w.channel.Send(t.Context(), m.Text, "telegram:71", m); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.channel.Typing(t.Context(), "telegram:71"); err != nil {
		t.Error(err)
	}
	for _, method := range []string{"getMe", "deleteWebhook", "setMyCommands", "setMyDescription", "setMyShortDescription", "answerCallbackQuery", "editMessageReplyMarkup", "sendDocument"} {
		reached(t, method, func() bool { return s.count(method) > 0 })
	}
	reached(t, "both menus", func() bool { return s.count("setMyCommands") == 2 })
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.odd) > 0 {
		t.Errorf("a simple server cannot read: %s", strings.Join(s.odd, "; "))
	}
}

// TestWhatIsNiceToHaveIsNotWaitedFor: a server that knows nothing of menus and
// webhooks is polled all the same, and is not asked over and over.
func TestWhatIsNiceToHaveIsNotWaitedFor(t *testing.T) {
	for name, answer := range map[string]string{"refusal": unknownMethod, "page": "<html>404</html>"} {
		t.Run(name, func(t *testing.T) {
			s, w := newStub(t, dressed)
			s.refuses(http.StatusNotFound, answer, "deleteWebhook", "setMyCommands", "setMyDescription", "setMyShortDescription")
			s.feed("[" + halo + "]")
			w.start()
			reached(t, "heard", func() bool { return len(w.all()) == 1 })
			reached(t, "descriptions", func() bool { return s.count("setMyShortDescription") > 0 })
			polls := s.count("getUpdates")
			reached(t, "polls", func() bool { return s.count("getUpdates") > polls+10 })
			for _, method := range []string{"deleteWebhook", "setMyCommands", "setMyDescription", "setMyShortDescription"} {
				if n := s.count(method); n != 1 {
					t.Errorf("%s was called %d times", method, n)
				}
			}
		})
	}
}

// TestMenusAreSetOnceTelegramCanBeReached: what is no refusal is tried again.
func TestMenusAreSetOnceTelegramCanBeReached(t *testing.T) {
	f := &faults{method: "setMyCommands"}
	f.set(tgtest.FaultNone, tgtest.FaultInternal, tgtest.FaultBadGateway, tgtest.FaultReset, tgtest.FaultTooMany)
	w := newWorld(t, f.of, func(_ *tgtest.Config, cfg *telegram.Config) {
		cfg.Profiles = map[string]telegram.Profile{"": {Description: "d", Short: "s", Commands: []bot.Command{{Name: "mulai", Text: "menu"}}}}
	}).start()
	w.until("menu", func() bool { return len(w.server.Menu("")) == 1 })
}

// TestWebhookThatComesBackIsDropped: somebody registered one while we poll.
func TestWebhookThatComesBackIsDropped(t *testing.T) {
	s, w := newStub(t)
	s.says["getUpdates"] = func(map[string]any) (int, string) {
		if s.count("deleteWebhook") < 2 {
			return http.StatusConflict, `{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}`
		}
		return http.StatusOK, `{"ok":true,"result":[` + halo + `]}`
	}
	w.start()
	reached(t, "heard", func() bool { return len(w.all()) == 1 })
}

// TestIdsThatBeginAnew: after a week without updates Telegram goes on with any id. It
// then takes an offset far above for none, so what it gives lies below.
func TestIdsThatBeginAnew(t *testing.T) {
	s, w := newStub(t)
	high := strings.Replace(halo, `"update_id":7`, `"update_id":9000`, 1)
	offsets := s.feed("["+high+"]", "["+halo+"]")
	w.start()
	reached(t, "heard both", func() bool { return len(w.all()) == 2 })
	for _, want := range []int{0, 9001, 8} {
		if got := <-offsets; got != want {
			t.Errorf("polled from %d, want %d", got, want)
		}
	}
}

// TestOldUpdatesAmongNewOnes: what comes late or again does not lower the offset.
func TestOldUpdatesAmongNewOnes(t *testing.T) {
	s, w := newStub(t)
	high := strings.Replace(halo, `"update_id":7`, `"update_id":9000`, 1)
	offsets := s.feed("["+high+","+halo+"]", "["+high+"]")
	w.start()
	reached(t, "heard both", func() bool { return len(w.all()) == 2 })
	for _, want := range []int{0, 9001, 9001} {
		if got := <-offsets; got != want {
			t.Errorf("polled from %d, want %d", got, want)
		}
	}
}

// TestServerThatDoesNotHoldPolls is not asked thousands of times a second.
func TestServerThatDoesNotHoldPolls(t *testing.T) {
	s, w := newStub(t)
	w.start()
	reached(t, "polls", func() bool { return s.count("getUpdates") > 5 })
	before, began := s.count("getUpdates"), time.Now()
	reached(t, "more polls", func() bool { return s.count("getUpdates") >= before+10 })
	polls, took := s.count("getUpdates")-before, time.Since(began)
	if least := time.Duration(polls-1) * 20 * time.Millisecond; took < least {
		t.Errorf("%d polls in %v", polls, took)
	}
}

func TestSparseUpdates(t *testing.T) {
	for name, c := range map[string]struct {
		update string
		want   bot.Inbound
	}{
		"no sender, no date":      {`{"update_id":1,"message":{"message_id":1,"chat":{"id":71,"type":"private","first_name":"Ayu"},"text":"halo"}}`, bot.Inbound{Text: "halo", Name: "Ayu"}},
		"huge ids":                {`{"update_id":9007199254740000,"message":{"message_id":9000000000,"date":1,"chat":{"id":4503599627370496,"type":"private"},"from":{"id":4503599627370496},"text":"halo"}}`, bot.Inbound{Text: "halo"}},
		"first of all":            {strings.Replace(halo, `"update_id":7`, `"update_id":0`, 1), bot.Inbound{Text: "halo", Name: "Ayu"}},
		"origin of a new kind":    {strings.Replace(halo, `"text"`, `"forward_origin":{"type":"from_the_future"},"text"`, 1), bot.Inbound{Text: "halo", Name: "Ayu"}},
		"press without a message": {`{"update_id":1,"callback_query":{"id":"5","from":{"id":71,"first_name":"Ayu"},"data":"a:1"}}`, bot.Inbound{Choice: "a:1", Name: "Ayu"}},
		"press with a message of a new kind": {
			`{"update_id":1,"callback_query":{"id":"5","from":{"id":71,"first_name":"Ayu"},"data":"a:1","message":{"message_id":2,"date":1,"chat":{"id":71,"type":"private"},"paid_media":{"star_count":1,"paid_media":[{"type":"hologram"}]}}}}`,
			bot.Inbound{Choice: "a:1", Name: "Ayu"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, w := newStub(t, func(_ *tgtest.Config, cfg *telegram.Config) {
				cfg.Webhook = &telegram.Webhook{URL: "https://izin.contoh.example/telegram", Secret: "CONTOH"}
			})
			if status := w.channel.Receive(t.Context(), "CONTOH", []byte(c.update)); status != http.StatusOK {
				t.Fatalf("status %d", status)
			}
			heard := w.all()
			if len(heard) != 1 || heard[0].Text != c.want.Text || heard[0].Choice != c.want.Choice || heard[0].Name != c.want.Name {
				t.Fatalf("heard %+v", heard)
			}
			if in := heard[0]; !strings.HasPrefix(string(in.Chat), "telegram:") || in.At.IsZero() || strings.Contains(c.update, "no sender") && in.At.Year() < 2000 {
				t.Errorf("heard %+v", in)
			}
		})
	}
}

func TestPollingReadsWhatCanBeRead(t *testing.T) {
	s, w := newStub(t)
	s.feed("[" + strings.Join([]string{
		`{"update_id":1,"message":{"message_id":"one"}}`,
		strings.Replace(halo, `"text"`, `"forward_origin":{"type":"from_the_future"},"text"`, 1),
		`{"update_id":8,"channel_post":{"message_id":1,"date":1,"chat":{"id":-1001,"type":"channel"},"text":"kabar"}}`,
		`{"update_id":9,"something_new":{"a":[1]}}`,
		`{"update_id":10,"my_chat_member":{"chat":{"id":71,"type":"private"},"from":{"id":71},"date":1,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked","user":{"id":4242},"until_date":0}}}`,
	}, ",") + "]")
	w.start()
	reached(t, "heard", func() bool { return len(w.all()) > 0 })
	if heard := w.all(); len(heard) != 1 || heard[0].Text != "halo" {
		t.Errorf("heard %+v", heard)
	}
}

func TestRefusalsInOtherWords(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		answer string
		want   *bot.SendError // nil: try again
	}{
		"no code":             {403, `{"ok":false,"description":"Forbidden: bot was blocked by the user"}`, &bot.SendError{Reason: telegram.ReasonBlocked, Dead: true}},
		"status 200":          {200, `{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}`, &bot.SendError{Reason: telegram.ReasonDeactivated, Dead: true}},
		"part of a second":    {429, `{"ok":false,"error_code":429,"parameters":{"retry_after":1.5}}`, &bot.SendError{Reason: "too_many_requests", After: 1500 * time.Millisecond}},
		"too many, as a page": {429, `<html>slow down</html>`, nil},
		"nothing at all":      {200, `{"ok":false}`, nil},
		"supergroup":          {400, `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890}}`, &bot.SendError{Reason: telegram.ReasonChatNotFound, Dead: true}},
		"page of a guard":     {403, `<html>Forbidden</html>`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, w := newStub(t)
			s.refuses(c.status, c.answer, "sendMessage", "sendDocument")
			for _, files := range [][]bot.Attachment{nil, {w.put("a.pdf", "%PDF")}} {
				err := w.channel.Send(t.Context(), "1", "telegram:71", bot.Message{Text: "halo", Files: files})
				got, ok := errors.AsType[*bot.SendError](err)
				if err == nil || ok != (c.want != nil) || ok && *got != *c.want {
					t.Errorf("%d files: %v, %+v", len(files), err, got)
				}
			}
		})
	}
}

// TestFilesThatCannotBeRead: a file store that fails is not taken for a message
// that may have arrived.
func TestFilesThatCannotBeRead(t *testing.T) {
	_, w := newStub(t)
	short := w.put("a.pdf", strings.Repeat("x", 100_000))
	long := short
	short.Size, long.Size = short.Size+1, long.Size-1
	gone := bot.Attachment{Key: "gone", Name: "b.pdf", Size: 3}
	for range 3 {
		for _, f := range []bot.Attachment{short, long, gone} {
			err := w.channel.Send(t.Context(), "1", "telegram:71", bot.Message{Files: []bot.Attachment{f}})
			if _, ok := errors.AsType[*bot.SendError](err); err == nil || ok {
				t.Errorf("%+v: %v", f, err)
			}
		}
	}
}

func TestFetchFromOtherServers(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		want   bot.FileProblem
		get    string // path of the download
	}{
		"no size":       {`{"file_id":"f","file_path":"documents/a.pdf"}`, "", "documents/a.pdf"},
		"odd path":      {`{"file_id":"f","file_path":"documents/50% akta #1?.pdf"}`, "", "documents/50% akta #1?.pdf"},
		"no path":       {`{"file_id":"f"}`, bot.FileGone, ""},
		"too large now": {`{"file_id":"f","file_size":20971521,"file_path":"documents/a.pdf"}`, bot.FileTooLarge, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, w := newStub(t)
			s.says["getFile"] = func(map[string]any) (int, string) { return 200, `{"ok":true,"result":` + c.answer + `}` }
			got := ""
			s.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+token+"/"); ok {
					got = path
				}
				s.serve(rw, r)
			})
			f, err := w.channel.Fetch(t.Context(), bot.InboundFile{Ref: "f", Name: "a.pdf"})
			if err != nil || f.Problem != c.want || got != c.get || (f.Key == "") != (c.want != "") {
				t.Errorf("%+v, %v; got %q", f, err, got)
			}
		})
	}
}

// TestFileThatIsAwayForAWhile is asked for again.
func TestFileThatIsAwayForAWhile(t *testing.T) {
	s, w := newStub(t)
	s.refuses(http.StatusBadRequest, `{"ok":false,"error_code":400,"description":"Bad Request: wrong file_id or the file is temporarily unavailable"}`, "getFile")
	if f, err := w.channel.Fetch(t.Context(), bot.InboundFile{Ref: "f"}); err == nil || f.Problem != "" {
		t.Errorf("%+v, %v", f, err)
	}
}

// TestTokenGoesToNoOtherServer: a server may send callers elsewhere, but the path holds
// the token.
func TestTokenGoesToNoOtherServer(t *testing.T) {
	var strays atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strays.Add(1) }))
	defer other.Close()
	s, w := newStub(t)
	s.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, other.URL+r.URL.Path, http.StatusFound)
	})
	err := w.channel.Send(t.Context(), "1", "telegram:71", bot.Message{Text: "halo"})
	if _, fetched := w.channel.Fetch(t.Context(), bot.InboundFile{Ref: "f"}); err == nil || fetched == nil || strays.Load() != 0 {
		t.Errorf("%v, %v, %d calls elsewhere", err, fetched, strays.Load())
	}
}
