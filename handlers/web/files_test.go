package web_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"izinbot/bot"
)

func TestUploadIsStoredAndSent(t *testing.T) {
	d := newDesk(t)
	body, kind := form(t, "file", "akta.pdf", "%PDF-1.7", "photo", `..\a/foto.jpg`, "", "file", "", "x")
	d.do(t, http.MethodPost, "/sim/phones/budi/messages", body, "Content-Type", kind).want(t, http.StatusOK)
	files := d.inbox.Last(t).Files
	if len(files) != 3 || files[0].Name != "akta.pdf" || files[0].Photo || string(d.files.Content(files[0].Key)) != "%PDF-1.7" {
		t.Errorf("arrived: %+v", files)
	}
	if !files[1].Photo || strings.ContainsAny(files[1].Name, `/\`) || files[2].Name != "berkas" {
		t.Errorf("arrived: %+v", files)
	}
}

func TestLargeUploadsAreCutAndNamed(t *testing.T) {
	d := newDesk(t)
	body, kind := form(t,
		"file", "besar.pdf", strings.Repeat("x", bot.MaxFileSize+5<<20),
		"file", "pas.pdf", strings.Repeat("y", bot.MaxFileSize),
		"file", "kecil.pdf", "z")
	d.do(t, http.MethodPost, "/sim/phones/budi/messages", body, "Content-Type", kind).want(t, http.StatusOK)
	f := d.inbox.Last(t).Files
	if f[0].Problem != bot.FileTooLarge || f[0].Key != "" || f[1].Problem != "" || f[1].Size != bot.MaxFileSize || f[2].Size != 1 {
		t.Errorf("arrived: %+v", f)
	}
	if d.files.Len() != 2 {
		t.Errorf("%d files kept, want 2", d.files.Len())
	}
}

func TestBrokenUploadSendsNothing(t *testing.T) {
	d := newDesk(t)
	body, kind := form(t, "file", "akta.pdf", "%PDF-1.7")
	whole, err := io.ReadAll(body)
	must(t, err)
	d.do(t, http.MethodPost, "/sim/phones/budi/messages", bytes.NewReader(whole[:len(whole)-20]), "Content-Type", kind).
		want(t, http.StatusBadRequest, "bad_upload")
	if len(d.inbox.All()) != 0 {
		t.Errorf("arrived: %+v", d.inbox.All())
	}
	var many []string
	for range 31 {
		many = append(many, "file", "a", "b")
	}
	body, kind = form(t, many...)
	d.do(t, http.MethodPost, "/sim/phones/budi/messages", body, "Content-Type", kind).
		want(t, http.StatusRequestEntityTooLarge, "too_many")
}

func TestFilesAreShownByTheirContent(t *testing.T) {
	d := newDesk(t)
	for content, kind := range map[string]string{
		"%PDF-1.7 x":                        "application/pdf",
		"\xff\xd8\xff\xe0\x00\x10JFIF":      "image/jpeg",
		"<html><script>alert(1)</script>":   "application/octet-stream",
		"MZ\x90\x00":                        "application/octet-stream",
		"":                                  "application/octet-stream",
		"%PDF" + strings.Repeat("y", 3<<20): "application/octet-stream",
	} {
		key, _, err := d.files.Put(t.Context(), strings.NewReader(content))
		must(t, err)
		a := d.get(t, "/sim/files/"+key+"?name=surat%0d%0a%22.pdf")
		if a.body != content || a.Header.Get("Content-Type") != kind || a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%.12q came as %s, %d bytes", content, a.Header.Get("Content-Type"), len(a.body))
		}
		how := a.Header.Get("Content-Disposition")
		if strings.HasPrefix(how, "attachment") != (kind == "application/octet-stream") {
			t.Errorf("%.12q is offered as %s", content, how)
		}
	}
	d.get(t, "/sim/files/"+strings.Repeat("0", 64)).want(t, http.StatusNotFound, "no_file")
	d.get(t, "/sim/files/..%2f..%2fetc").want(t, http.StatusNotFound)
}
