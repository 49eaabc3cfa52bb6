package texts

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"izinbot/workflow"
)

func catalogueOf(tb testing.TB, id, en string) *Catalogue {
	tb.Helper()
	c, err := load(fstest.MapFS{
		"id/officer.yaml": {Data: []byte(id)},
		"en/officer.yaml": {Data: []byte(en)},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestLoad(t *testing.T) {
	if _, err := Load(); err != nil {
		t.Fatal(err)
	}
}

func TestSay(t *testing.T) {
	c := catalogueOf(t, `
plain: Selamat datang.
taken: "Sedang dikerjakan oleh {by} sejak {at}."
files: "{n|satu berkas|{n} berkas}"
done: "Sudah{by? oleh {by}|}."
lines: |
  baris satu
  baris dua
a.b: bertitik
yes: ya
`, `
plain: Welcome.
files: "{n|one file|{n} files} received"
`)
	type name string
	tests := []struct {
		lang workflow.Lang
		key  string
		args []any
		want string
	}{
		{"id", "plain", nil, "Selamat datang."},
		{"en", "plain", nil, "Welcome."},
		{"id", "taken", []any{"by", "Kabid", "at", "14.03"}, "Sedang dikerjakan oleh Kabid sejak 14.03."},
		{"en", "taken", []any{"at", "14.03", "more", 1, "by", name("Kabid")}, "Sedang dikerjakan oleh Kabid sejak 14.03."},
		{"de", "plain", nil, "Selamat datang."},
		{"en", "files", []any{"n", 1}, "one file received"},
		{"en", "files", []any{"n", int64(0)}, "0 files received"},
		{"en", "files", []any{"n", "11"}, "11 files received"},
		{"id", "done", []any{"by", ""}, "Sudah."},
		{"id", "done", []any{"by", "Kadis"}, "Sudah oleh Kadis."},
		{"id", "lines", nil, "baris satu\nbaris dua"},
		{"id", "a.b", nil, "bertitik"},
		{"id", "yes", nil, "ya"},
	}
	c.Report = func(key, fault string) { t.Errorf("%s: %s", key, fault) }
	for _, tt := range tests {
		if got := c.Say(tt.lang, tt.key, tt.args...); got != tt.want {
			t.Errorf("%s %s %v: %q, want %q", tt.lang, tt.key, tt.args, got, tt.want)
		}
	}
}

func TestArgumentsAreNotReadAsText(t *testing.T) {
	c := catalogueOf(t, `hello: "Halo {name}, {role}."`, "{}")
	if got := c.Say("id", "hello", "name", "{role}", "role", "x|y}"); got != "Halo {role}, x|y}." {
		t.Errorf("got %q", got)
	}
}

func TestSayWhatIsMissing(t *testing.T) {
	c := catalogueOf(t, `taken: "Oleh {by} sejak {at}{note?: {note}|}."`, "{}")
	say := func() []string {
		return []string{
			c.Say("id", "no.such_key"),
			c.Say("en", "taken", "by", "Kabid", "at"),
			c.Say("id", "taken", "by", 1.5, "at", "14.03", "note", "x"),
			c.Say("id", "taken", 7, "by", "by", nil, "at", "14.03", "note", ""),
		}
	}
	want := []string{"no.such_key", "Oleh Kabid sejak {at}{note}.", "Oleh {by} sejak 14.03: x.", "Oleh {by} sejak 14.03."}
	if got := say(); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	var heard []string
	c.Report = func(key, fault string) { heard = append(heard, key+": "+fault) }
	say()
	told := []string{"no.such_key: no such key", "taken: no argument {at}", "taken: no argument {by}", "taken: no argument {by}"}
	if !slices.Equal(heard, told) {
		t.Errorf("heard %q", heard)
	}
}

// TestSentences reads some real sentences as people will.
func TestSentences(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	c.Report = func(key, fault string) { t.Errorf("%s: %s", key, fault) }
	who := []any{"field", "", "by", "Kabid Pelayanan", "at", "14.03"}
	for want, got := range map[string]string{
		"Sudah dilakukan oleh Kabid Pelayanan (14.03). Tidak perlu diulang.":                                                                           c.Say("id", "refused.already_done", who...),
		"Sudah dilakukan. Tidak perlu diulang.":                                                                                                        c.Say("id", "refused.already_done", "by", "", "at", ""),
		"This was already done. There is no need to repeat it.":                                                                                        c.Say("en", "refused.already_done", "by", "", "at", ""),
		"Masih ada dokumen yang belum diperiksa: B1, B2. Periksa dulu, lalu lanjutkan.":                                                                c.Say("id", "refused.unjudged", "field", "B1, B2"),
		"Kode salah. Tunggu kode berikutnya, lalu ketik lagi (3 kesempatan lagi). Bila tetap salah, periksa jam HP: pakai tanggal dan waktu otomatis.": c.Say("en", "otp.wrong", "left", 3),
		"Berkas ini lebih besar dari 20 MB. Perkecil atau bagi menjadi beberapa berkas, lalu kirim ulang.":                                             c.Say("id", "file.too_large", "max", 20),
	} {
		if got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

// TestShort keeps texts from growing into walls.
func TestShort(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for lang, texts := range c.texts {
		for key := range texts {
			if text := c.Say(lang, key); len([]rune(text)) > 700 || strings.Contains(text, "  ") {
				t.Errorf("%s %s is too long or has double blanks: %q", lang, key, text)
			}
		}
	}
}

func BenchmarkSay(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	by, left := strings.Repeat("Kabid", 3), 1234
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.Say("en", "refused.waiting")
		}
	})
	b.Run("arguments", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.Say("id", "refused.already_done", "field", "", "by", by, "at", "14.03")
		}
	})
	b.Run("number", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.Say("id", "otp.wrong", "left", left)
		}
	})
}
