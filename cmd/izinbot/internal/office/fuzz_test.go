//go:build !nowhatsapp

package office

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// FuzzToken asks the office's web server for pages by any token: of setting up one-time
// codes, of linking a phone, of a status, of a letter. No page fails, and nothing but the
// sealed link that was made opens anything.
func FuzzToken(f *testing.F) {
	tg := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})
	if err := tg.Start(f.Context()); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = tg.Close() })
	o, err := Open(f.Context(), Config{
		App: app.Config{Dir: f.TempDir(), Now: testclock.Now}, Listen: "127.0.0.1:0", Telegram: Telegram{Token: token, APIURL: tg.URL()},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = o.Close(context.WithoutCancel(f.Context())) })
	officer := workflow.Officer{ID: "kadis", Person: "p", Name: "KADIS CONTOH", Roles: []workflow.Role{"kadis"}}
	if _, err := o.Program.Store.Commit(f.Context(), testclock.Now(), store.UnitOfWork{Officers: []workflow.Officer{officer}}); err != nil {
		f.Fatal(err)
	}
	if officer, err = o.Program.Store.Officer(f.Context(), officer.ID); err != nil {
		f.Fatal(err)
	}
	link, err := o.Program.Handlers.SetupLink(f.Context(), officer)
	if err != nil {
		f.Fatal(err)
	}
	live := link[strings.LastIndexByte(link, '/')+1:]
	for _, seed := range []string{live[:len(live)-1], strings.ToUpper(live), live + "A", live + "=", "", "LKS-2026-0001", "LKS-2026-0001/surat_izin", "..", "%2e%2e%2fkey.json", "a b", "\x00", "Ａ"} {
		f.Add(seed)
	}
	seen := []int{http.StatusOK, http.StatusSeeOther, http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusRequestURITooLong, http.StatusRequestHeaderFieldsTooLarge}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	f.Fuzz(func(t *testing.T, typed string) {
		if len(typed) > 1000 {
			t.Skip("the server ends requests that long")
		}
		for _, where := range []struct{ method, path string }{
			{http.MethodPost, "/otp/"}, {http.MethodGet, "/otp/"}, {http.MethodPost, "/wa/"}, {http.MethodGet, "/s/"}, {http.MethodGet, "/v/"},
		} {
			r, err := http.NewRequestWithContext(t.Context(), where.method, o.URL()+where.path+url.PathEscape(typed), http.NoBody)
			if err != nil {
				t.Skip("no request")
			}
			answer, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			page, err := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			if err != nil || !slices.Contains(seen, answer.StatusCode) {
				t.Errorf("%s %s: %d, %v", where.method, where.path, answer.StatusCode, err)
			}
			if where.method == http.MethodPost && typed != live && answer.StatusCode == http.StatusOK || strings.Contains(string(page), "data:image/png") {
				t.Errorf("%s %s opened something", where.method, where.path)
			}
		}
	})
}
