package telegramtest

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow/filestore"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/workflowtest"
)

// openCut opens an office whose way to its database can be cut.
func openCut(t *testing.T, settings office.Telegram, listen string) (*office.Office, *workflowtest.FaultStore) {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	way := workflowtest.NewFaultStore(s, false)
	o, err := office.Open(t.Context(), office.Config{
		App: app.Config{
			Dir: dir, Now: testclock.Now, Log: slog.New(slog.DiscardHandler),
			Data: func(_ context.Context, place storage.Config) (*storage.Data, error) {
				files, err := filestore.Open(filepath.Join(place.Dir, "files")) //nolint:contextcheck // it takes none
				return &storage.Data{Store: way, Files: files}, err
			},
		},
		Listen: listen, Telegram: settings,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return o, way
}

// texts gives what the bot said to a person.
func said(p *tgtest.Person) string {
	var b strings.Builder
	for _, m := range p.Messages() {
		b.WriteString(m.Text + "\n--\n")
	}
	return b.String()
}

const kept = "Pesan Anda akan dibalas begitu sistem pulih"

// While the database is away polling confirms nothing; the sender is told that his
// message waits, and it is answered once when the database is back.
func TestPollingWithoutADatabase(t *testing.T) {
	server := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	_, way := openCut(t, office.Telegram{Token: token, APIURL: server.URL()}, "127.0.0.1:0")
	ani := server.Person(5001, "CONTOH")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	until := func(what string, is func() bool) {
		t.Helper()
		if err := server.Until(ctx, is); err != nil {
			t.Fatalf("%s: %v; told\n%s", what, err, said(ani))
		}
	}
	ani.Type("/mulai")
	until("an answer", func() bool { return len(ani.Messages()) == 1 })

	way.Break()
	ani.Type("status")
	ani.Type("bantuan")
	until("word of the outage", func() bool { return strings.Contains(said(ani), kept) })
	refused(ctx, t, way, 3)
	if server.Waiting() != 2 {
		t.Errorf("%d updates are not confirmed, want 2", server.Waiting())
	}
	way.Mend()
	until("answers", func() bool { return len(ani.Messages()) == 4 })
	if err := server.Drained(ctx); err != nil {
		t.Errorf("after the outage %d updates are not confirmed", server.Waiting())
	}
	if got := said(ani); strings.Count(got, "gangguan") != 1 || strings.Contains(got, "tersimpan dan") {
		t.Errorf("told\n%s", got)
	}
}

// refused waits until messages were brought to a store that is away, and not taken, some
// more times.
func refused(ctx context.Context, t *testing.T, way *workflowtest.FaultStore, times int) {
	t.Helper()
	for times > 0 {
		select {
		case method := <-way.Refusals():
			if method == "Accept" {
				times--
			}
		case <-ctx.Done():
			t.Fatal("messages are not brought again")
		}
	}
}

// While the database is away the webhook answers 500, Telegram delivers again, and in the
// first seconds nothing is said.
func TestWebhookWithoutADatabase(t *testing.T) {
	server := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	const secret = "CONTOH-rahasia-webhook"
	listen := freeAddress(t)
	o, way := openCut(t, office.Telegram{
		Token: token, APIURL: server.URL(), WebhookURL: "http://" + listen, WebhookSecret: secret,
	}, listen)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	ani := server.Person(5001, "CONTOH")
	ani.Type("/mulai")
	if err := server.Until(ctx, func() bool { return len(ani.Messages()) == 1 }); err != nil {
		t.Fatal(err)
	}
	way.Break()
	body := `{"update_id":77,"message":{"message_id":1,"date":1,"chat":{"id":5009,"type":"private"},"from":{"id":5009,"first_name":"CONTOH"},"text":"status"}}`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.URL()+"/telegram", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(telegram.SecretHeader, secret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusInternalServerError {
		t.Errorf("status %d", resp.StatusCode)
	}
	ani.Type("status")
	refused(ctx, t, way, 3)
	if server.Waiting() != 1 || len(ani.Messages()) != 1 {
		t.Errorf("%d updates wait, told\n%s", server.Waiting(), said(ani))
	}
	way.Mend()
	if err := server.Until(ctx, func() bool { return len(ani.Messages()) == 2 }); err != nil {
		t.Errorf("%v, told\n%s", err, said(ani))
	}
}
