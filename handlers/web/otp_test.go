package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestSetUpPageShowsTheSecretOnlyWhenAsked(t *testing.T) {
	d := newDesk(t)
	preview := d.get(t, "/otp/good")
	preview.want(t, http.StatusOK, `<form method="post">`)
	if strings.Contains(preview.body, "ABCD") {
		t.Error("a link preview shows the secret")
	}
	a := d.do(t, http.MethodPost, "/otp/good", nil, "Origin", "null") // browsers say so under no-referrer
	a.want(t, http.StatusOK, "ABCD EFGH", "data:image/png;base64,UE5H", "&lt;b&gt;Kadis")
	for name, want := range map[string]string{
		"Cache-Control":           "no-store",
		"Referrer-Policy":         "no-referrer",
		"X-Frame-Options":         "DENY",
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:",
	} {
		if got := a.Header.Get(name); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if strings.Contains(a.body, "<script") {
		t.Error("the page has a script")
	}
}

func TestSpentAndBrokenSetUpLinks(t *testing.T) {
	d := newDesk(t)
	d.do(t, http.MethodPost, "/otp/spent", nil).want(t, http.StatusGone, "sudah dipakai")
	a := d.do(t, http.MethodPost, "/otp/broken", nil)
	a.want(t, http.StatusInternalServerError, "Sistem sedang gangguan")
	if strings.Contains(a.body, "database") {
		t.Errorf("shown: %s", a.body)
	}
}
