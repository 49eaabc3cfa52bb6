package bot_test

import (
	"encoding/json"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"izinbot/bot"
	"izinbot/bot/bottest"
)

func noon() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

func TestWhatAStoreWouldNeverTake(t *testing.T) {
	fine := bot.Inbound{ID: "sim:1", Chat: "sim:a", At: noon(), Text: "halo"}
	for name, tt := range map[string]struct {
		spoil func(*bot.Inbound)
		want  func(bot.Inbound) bool
	}{
		"year 0":          {func(in *bot.Inbound) { in.At = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC) }, func(in bot.Inbound) bool { return in.At.Equal(noon()) }},
		"year 10000":      {func(in *bot.Inbound) { in.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, func(in bot.Inbound) bool { return in.At.Equal(noon()) }},
		"end of int64":    {func(in *bot.Inbound) { in.At = time.Unix(math.MaxInt64, 0) }, func(in bot.Inbound) bool { return in.At.Equal(noon()) }},
		"tomorrow's eve":  {func(in *bot.Inbound) { in.At = noon().Add(time.Hour) }, func(in bot.Inbound) bool { return in.At.Equal(noon().Add(time.Hour)) }},
		"NaN":             {func(in *bot.Inbound) { in.Location = &bot.Location{Lat: math.NaN()} }, func(in bot.Inbound) bool { return in.Location == nil && in.Other != "" }},
		"infinite":        {func(in *bot.Inbound) { in.Location = &bot.Location{Lon: math.Inf(1)} }, func(in bot.Inbound) bool { return in.Location == nil }},
		"off the globe":   {func(in *bot.Inbound) { in.Location = &bot.Location{Lat: 91} }, func(in bot.Inbound) bool { return in.Location == nil }},
		"a pole":          {func(in *bot.Inbound) { in.Location = &bot.Location{Lat: -90, Lon: 180} }, func(in bot.Inbound) bool { return in.Location != nil }},
		"invalid UTF-8":   {func(in *bot.Inbound) { in.Text = "a\xffb" }, func(in bot.Inbound) bool { return in.Text == "a\ufffdb" }},
		"NUL":             {func(in *bot.Inbound) { in.Text, in.Name = "a\x00b", "\x00" }, func(in bot.Inbound) bool { return in.Text == "ab" && in.Name == "" }},
		"a long text":     {func(in *bot.Inbound) { in.Text = strings.Repeat("é", 1<<20) }, func(in bot.Inbound) bool { return len(in.Text) == 64<<10 }},
		"a long id":       {func(in *bot.Inbound) { in.ID = strings.Repeat("x", 1<<20) }, func(in bot.Inbound) bool { return strings.HasPrefix(in.ID, "sim:#") && len(in.ID) < 80 }},
		"a negative size": {func(in *bot.Inbound) { in.Files = []bot.InboundFile{{Size: -1}} }, func(in bot.Inbound) bool { return in.Files[0].Size == 0 }},
		"a long ref":      {func(in *bot.Inbound) { in.Files = []bot.InboundFile{{Ref: strings.Repeat("r", 1<<20)}} }, func(in bot.Inbound) bool { return in.Files[0].Problem == bot.FileGone }},
		"many files":      {func(in *bot.Inbound) { in.Files = make([]bot.InboundFile, 1<<16) }, func(in bot.Inbound) bool { return len(in.Files) == 100 }},
	} {
		in := fine
		tt.spoil(&in)
		got, ok := in.Storable(noon())
		if !ok || !tt.want(got) {
			t.Errorf("%s: %v, at %v, location %v, %d files", name, ok, got.At, got.Location, len(got.Files))
		}
		if _, err := json.Marshal(got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAcceptDropsWhatCannotBeAnswered: it is logged once and acknowledged, and what came
// with it is stored.
func TestAcceptDropsWhatCannotBeAnswered(t *testing.T) {
	inbox, log := newInbox(), &bottest.Log{}
	d := bot.NewDispatcher(inbox, nil, bot.DispatcherConfig{Log: slog.New(slog.NewTextHandler(log, nil))})
	err := d.Accept(t.Context(), noon(),
		bot.Inbound{ID: "sim:1", Chat: "sim:"}, bot.Inbound{ID: "sim:2", Chat: "sim:a", At: time.Unix(math.MaxInt64, 0)}, bot.Inbound{Chat: "sim:a"})
	if err != nil {
		t.Fatal(err)
	}
	left, err := inbox.Unhandled(t.Context())
	if err != nil || len(left) != 1 || left[0].ID != "sim:2" || !left[0].At.Equal(noon()) {
		t.Errorf("stored %+v, %v", left, err)
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 2 {
		t.Errorf("%d errors logged:\n%s", n, log.String())
	}
}

func FuzzStorable(f *testing.F) {
	f.Add("sim:1", "sim:a", int64(0), "halo", 1.0, 2.0)
	f.Add("", "x", int64(math.MaxInt64), "a\xff\x00", math.NaN(), 1e300)
	f.Add(strings.Repeat("x", 300), "sim:é\xff", int64(math.MinInt64), strings.Repeat("ü", 40_000), -90.0, math.Inf(-1))
	f.Fuzz(func(t *testing.T, id, chat string, at int64, text string, lat, lon float64) {
		in := bot.Inbound{ID: id, Chat: bot.Address(chat), At: time.Unix(at, 0), Text: text, Name: text, Location: &bot.Location{Lat: lat, Lon: lon}}
		out, ok := in.Storable(noon())
		if !ok {
			return
		}
		doc, err := json.Marshal(out)
		if err != nil || !utf8.Valid(doc) || len(out.ID) > 200 || len(out.Text) > 64<<10 || strings.ContainsRune(out.Text+out.ID, 0) {
			t.Fatalf("%q: %v", out.ID, err)
		}
		if again, _ := out.Storable(noon()); again.ID != out.ID || again.Text != out.Text {
			t.Fatalf("%q becomes %q", out.ID, again.ID)
		}
	})
}
