//go:build !nowhatsapp

package whatsapp

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp/internal/liblog"
)

func TestEveryStateHasItsWordsHereAndInTheGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/whatsapp.md")
	if err != nil {
		t.Fatal(err)
	}
	when := func(at time.Time) string { return at.Format(time.DateOnly) }
	until := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	for code := range sentences() {
		if !strings.Contains(string(guide), "| `"+string(code)+"` |") {
			t.Errorf("the guide does not say what to do when WhatsApp is %s", code)
		}
		for _, s := range []State{{Code: code}, {Code: code, Until: until}, {Code: code, Detail: "418"}} {
			needs := strings.Contains(sentences()[code][0], "%s")
			if known := !s.Until.IsZero() || s.Detail != ""; needs != known && code != StateTempBanned {
				continue // no such state is made
			}
			what, todo := s.Sentence(when)
			if strings.Contains(what, "%") || what == "" || todo == "" {
				t.Errorf("%+v has the words %q, %q", s, what, todo)
			}
		}
	}
}

func TestLibraryLogHidesWhoIsMeant(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	l := liblog.New(slog.New(slog.NewTextHandler(&out, nil)), nil).Sub("Recv")
	l.Errorf("Error decrypting message %s from %s: %v", "3EB0C0FFEE00FF00FF00FF", "620000000101@s.whatsapp.net", "no session")
	l.Warnf("%s", "9620000000101:12@lid or 620000000101.0:3@s.whatsapp.net, 620000000101_1:0, 3A00000000000000000F")
	l.Infof("620000000101")
	l.Debugf("620000000101")
	for _, hidden := range []string{"62000", "lid", "3EB0", "3A000"} {
		if strings.Contains(out.String(), hidden) {
			t.Errorf("the log shows %s: %s", hidden, out.String())
		}
	}
	for _, shown := range []string{"Error decrypting message", "no session", "module=Recv"} {
		if !strings.Contains(out.String(), shown) {
			t.Errorf("the log does not show %s: %s", shown, out.String())
		}
	}
}

func TestPartsOfADelivery(t *testing.T) {
	t.Parallel()
	file := bot.Attachment{Key: "k", Name: "Resi.pdf"}
	long := strings.Repeat("panjang ", 200)
	tests := map[string]struct {
		message bot.Message
		want    []string // text of each part, with * for a file
	}{
		"text":                {bot.Message{Text: "halo"}, []string{"halo"}},
		"letter":              {bot.Message{Text: "Resi", Files: []bot.Attachment{file}}, []string{"Resi*"}},
		"letter without text": {bot.Message{Files: []bot.Attachment{file}}, []string{"*"}},
		"long text":           {bot.Message{Text: long, Files: []bot.Attachment{file}}, []string{long, "*"}},
		"two letters":         {bot.Message{Text: "Dua", Files: []bot.Attachment{file, file}}, []string{"Dua", "*", "*"}},
	}
	for name, tt := range tests {
		got := parts("kabar-1", tt.message, Words{})
		ids := map[string]bool{}
		for i, p := range got {
			text := p.text
			if p.file != nil {
				text += "*"
			}
			if i >= len(tt.want) || text != tt.want[i] {
				t.Errorf("%s: part %d is %q", name, i, text)
			}
			ids[p.id] = true
		}
		if len(got) != len(tt.want) || len(ids) != len(got) {
			t.Errorf("%s: %d parts with %d ids, want %d", name, len(got), len(ids), len(tt.want))
		}
		for i, p := range parts("kabar-1", tt.message, Words{}) {
			if p.id != got[i].id {
				t.Errorf("%s: a repeat of part %d has another id", name, i)
			}
		}
	}
	if parts("kabar-1", bot.Message{Text: "a"}, Words{})[0].id == parts("kabar-2", bot.Message{Text: "a"}, Words{})[0].id {
		t.Error("two deliveries have one id")
	}
}

func TestAnswersAreKnownByTheirIDs(t *testing.T) {
	t.Parallel()
	tests := map[string][2]string{
		"whatsapp:0123456789abcdef/3A01/1":            {"3A01", "whatsapp:0123456789abcdef/3A01"},
		"whatsapp:0123456789abcdef/3A01/2":            {"", ""}, // a second answer quotes nothing
		"whatsapp:0123456789abcdef/3A01/unreadable/1": {"", ""},
		"LKS-2026-00042-7/3/1@p-1":                    {"", ""},
		"telegram:1/2/1":                              {"", ""},
	}
	for delivery, want := range tests {
		if id, inbound := answered(delivery); id != want[0] || inbound != want[1] {
			t.Errorf("%s answers %q of %q", delivery, id, inbound)
		}
	}
}

func TestErrorsOfMediaNameNoAddress(t *testing.T) {
	t.Parallel()
	cause := errors.New("no route to host")
	err := fmt.Errorf("failed to download media from last host: %w", &url.Error{Op: "Get", URL: "https://mmg.example/v/t62/1?hash=x", Err: cause})
	if got := withoutAddress(err); !errors.Is(got, cause) || strings.Contains(got.Error(), "mmg") {
		t.Errorf("it says %v", got)
	}
	if got := withoutAddress(cause); !errors.Is(got, cause) {
		t.Errorf("an error without an address becomes %v", got)
	}
}
