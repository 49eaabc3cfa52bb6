package web_test

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"izinbot/handlers/public"
	"izinbot/handlers/web"
	"izinbot/workflow"
)

// asked records the arguments of the last call of a page.
type asked struct {
	page, id, letter string
	lang             workflow.Lang
}

// newPublic serves pages that know one number, and no demo.
func newPublic(t *testing.T) (url string, last *asked) {
	t.Helper()
	last = &asked{}
	answer := func(id string, lang workflow.Lang) (public.Sheet, error) {
		sheet := public.Sheet{Lang: "id", Other: "English", Office: "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu dan Ketenagakerjaan", Title: "Tidak ditemukan"}
		sheet.Search.Button, sheet.Search.Label = "Cek", "Nomor"
		switch id {
		case "broken":
			return public.Sheet{}, errors.New("database says: secret")
		case "LKS-2026-00042-7":
			sheet = public.Sheet{
				Found: true, Lang: "id", Other: "English", Office: "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu dan Ketenagakerjaan", Title: "Status", About: `<b>"Izin"</b>`,
				Mark: "Sedang diproses", Tone: "good", Step: "Langkah 7", Done: 6, Ahead: 10, Dots: "6 dari 16",
				Facts: [][2]string{{"Giliran", "Tim & Teknis"}}, Notes: []string{"Satu", "Dua"},
			}
		}
		if lang == workflow.English {
			sheet.Lang, sheet.Other = "en", "Bahasa Indonesia"
		}
		return sheet, nil
	}
	s, err := web.New(web.Config{Listen: "127.0.0.1:0", Public: &web.Public{
		Status: func(_ context.Context, id string, lang workflow.Lang) (public.Sheet, error) {
			*last = asked{"status", id, "", lang}
			return answer(id, lang)
		},
		Letter: func(_ context.Context, id, letter string, lang workflow.Lang) (public.Sheet, error) {
			*last = asked{"letter", id, letter, lang}
			sheet, err := answer(id, lang)
			if sheet.Found {
				sheet.Compare.SHA256, sheet.Compare.Same = "abc123", `Sama "persis"`
			}
			return sheet, err
		},
	}})
	must(t, err)
	must(t, s.Start(t.Context()))
	t.Cleanup(func() { stop(t, s) })
	return s.URL(), last
}

func TestPublicStatus(t *testing.T) {
	url, last := newPublic(t)
	a := do(t, http.MethodGet, url+"/s/LKS-2026-00042-7", nil, "Host", "izin.example")
	a.want(t, http.StatusOK, "&lt;b&gt;", "Tim &amp; Teknis", "Sedang diproses", "Langkah 7", ">Satu<", ">Dua<", `href="?lang=en"`, `lang="id"`)
	if *last != (asked{"status", "LKS-2026-00042-7", "", ""}) {
		t.Errorf("asked for %+v", *last)
	}
	if done, todo := strings.Count(a.body, `<i class="done">`), strings.Count(a.body, "<i></i>"); done != 6 || todo != 9 {
		t.Errorf("%d dots done, %d to do", done, todo)
	}
	if strings.Contains(a.body, "<script") || strings.Contains(a.body, "<form") {
		t.Error("the status page has a script or a form")
	}
	do(t, http.MethodGet, url+"/s/LKS-2026-00042-7?lang=en", nil).want(t, http.StatusOK, `<html lang="en">`, `href="?lang=id"`)
	do(t, http.MethodGet, url+"/s/lks%202026%2F42", nil).want(t, http.StatusNotFound)
	if last.id != "lks 2026/42" {
		t.Errorf("asked for %q", last.id)
	}
}

func TestPublicLetter(t *testing.T) {
	url, last := newPublic(t)
	a := do(t, http.MethodGet, url+"/v/LKS-2026-00042-7/surat_izin?lang=en", nil)
	a.want(t, http.StatusOK, `data-sha256="abc123"`, "/assets/compare.js", `data-same="Sama &#34;persis&#34;"`)
	if *last != (asked{"letter", "LKS-2026-00042-7", "surat_izin", "en"}) {
		t.Errorf("asked for %+v", *last)
	}
	for _, path := range []string{"/v", "/v/", "/v/LKS", "/v/LKS/resi", "/s", "/s/"} {
		do(t, http.MethodGet, url+path, nil).want(t, http.StatusNotFound, "Tidak ditemukan", `action="/s"`)
	}
}

func TestPublicPagesAreStrict(t *testing.T) {
	url, _ := newPublic(t)
	for _, path := range []string{"/s/LKS-2026-00042-7", "/s/none", "/s/broken", "/v/LKS-2026-00042-7/resi", "/v/broken/resi"} {
		a := do(t, http.MethodGet, url+path, nil)
		csp := a.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "connect-src") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if cache, robots := a.Header.Get("Cache-Control"), a.Header.Get("X-Robots-Tag"); cache != "no-store" || !strings.Contains(robots, "noindex") {
			t.Errorf("%s: cache %q, robots %q", path, cache, robots)
		}
		if regexp.MustCompile(`<script>|<style|\son\w+=|style=|https?://`).MatchString(a.body) {
			t.Errorf("%s holds something inline or from elsewhere", path)
		}
		for _, m := range regexp.MustCompile(`(?:src|href)="(/assets/[^"#]+)`).FindAllStringSubmatch(a.body, -1) {
			do(t, http.MethodGet, url+m[1], nil).want(t, http.StatusOK)
		}
	}
	a := do(t, http.MethodGet, url+"/s/broken", nil)
	a.want(t, http.StatusInternalServerError, "Sistem sedang gangguan")
	if strings.Contains(a.body, "database") {
		t.Errorf("shown: %s", a.body)
	}
	do(t, http.MethodPost, url+"/s/LKS-2026-00042-7", nil).want(t, http.StatusMethodNotAllowed)
	if res := do(t, http.MethodGet, url+"/", nil); res.Request.URL.Path != "/s" {
		t.Errorf("the bare address leads to %s", res.Request.URL)
	}
}

// What no browser sends is no reason to fail.
func TestPublicPagesWithWrongEscapes(t *testing.T) {
	url, last := newPublic(t)
	for _, path := range []string{"/s/%zz", "/v/%zz/resi"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		must(t, err)
		req.URL.Opaque = path
		res, err := http.DefaultTransport.RoundTrip(req)
		must(t, err)
		must(t, res.Body.Close())
		if res.StatusCode != http.StatusNotFound || last.id != "" {
			t.Errorf("%s gives %d, having asked for %q", path, res.StatusCode, last.id)
		}
	}
}

// The form leads to the number's own address, on this server whatever was typed.
func TestLookingForAnotherNumber(t *testing.T) {
	url, last := newPublic(t)
	do(t, http.MethodGet, url+"/s?no=lks.2026.00042&lang=en", nil).want(t, http.StatusNotFound)
	if *last != (asked{"status", "lks.2026.00042", "", "en"}) {
		t.Errorf("asked for %+v", *last)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, typed := range []string{"//evil.example", "https://evil.example", "..%2F..", "a%0d%0aSet-Cookie:x", "%3Flang=x"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/s?no="+typed, nil)
		must(t, err)
		res, err := client.Do(req)
		must(t, err)
		must(t, res.Body.Close())
		to := res.Header.Get("Location")
		if !strings.HasPrefix(to, "/s/") || strings.Count(to, "/") != 2 || res.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q leads to %q", typed, to)
		}
	}
}

func TestGivenListener(t *testing.T) {
	ln, err := web.ListenLoopback(t.Context(), "localhost:0")
	must(t, err)
	s, err := web.New(web.Config{Listener: ln, Listen: "192.0.2.1:1"})
	must(t, err)
	must(t, s.Start(t.Context()))
	if s.URL() != "http://"+ln.Addr().String() {
		t.Errorf("serves on %s, not on %s", s.URL(), ln.Addr())
	}
	do(t, http.MethodGet, s.URL()+"/healthz", nil).want(t, http.StatusOK)
	stop(t, s)
	if again, err := ln.Accept(); err == nil {
		t.Errorf("still listening: %v", again.RemoteAddr())
	}
	if _, err := web.ListenLoopback(t.Context(), "0.0.0.0:0"); err == nil {
		t.Error("an open address was taken for loopback")
	}
}
