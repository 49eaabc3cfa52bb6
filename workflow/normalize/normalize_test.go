package normalize_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"izinbot/workflow/normalize"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"Fundacio\u0301n Mun\u0303oz — A\u030angstro\u0308m E\u0301COLE": "Fundación Muñoz — Ångström ÉCOLE",
		"Ofﬁce of Welfare":                     "Office of Welfare",
		"eﬀort, aﬄuent, ﬆar":                   "effort, affluent, star",
		"Yayasan\u2066Kasih\u2069":             "YayasanKasih",
		"\u2068+6281234567890\u2069":           "+6281234567890",
		"\u200e[3/11 10.02] Petugas":           "[3/11 10.02] Petugas",
		"a\u200bb\u200cc\u200dd\u2060e\ufefff": "abcdef",
		"co\u00adope\u034frasi":                "cooperasi",
		"＋６２８１２":                               "+62812",
		"Ｙａｙａｓａｎ　Ｋａｓｉｈ":                        "Yayasan Kasih",
		"+62\u00a0812\u202f3456\u20037890":     "+62 812 3456 7890",
		"+1\ufe0d-555":                         "+1-555",
		"② 𝟚 ⑴":                                "2 2 (1)",
		"a\r\nb\rc\u2028d\ve":                  "a\nb\nc\nd\ne",
		"tab\there":                            "tab here",
		"bel\x07l\x00":                         "bell",
		"100 m² – ½ … №":                       "100 m² – ½ … №", // printable signs stay
		"٣١":                                   "٣١",             // and so do digits that are not read as a number
		"Stichting Ĳssel":                      "Stichting Ĳssel",
		"北京慈善":                                 "北京慈善",
		"\u202eevil\u202c":                     "evil",
		"":                                     "",
	} {
		if got := normalize.Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	if got := normalize.Line(" Budi \u00a0\n CONTOH\u200b "); got != "Budi CONTOH" {
		t.Errorf("%q", got)
	}
}

func TestDigits(t *testing.T) {
	for in, want := range map[string]string{
		"٣١/١٢/٢٠٢٧": "31/12/2027", // Arabic
		"۳۱":         "31",         // Persian
		"०१२३४५६७८९": "0123456789", // Devanagari
		"๓๑":         "31",         // Thai
		"꧓꧑":         "31",         // Javanese
		"７２５７２２":     "725722",     // full-width
		"𝟎𝟵𝟘𝟗":       "0909",
		"m²":         "m²",
	} {
		if got := normalize.Digits(in); got != want {
			t.Errorf("Digits(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestDigitsOfEveryScript compares the reading of each decimal digit that Unicode knows
// with its place in its run of ten.
func TestDigitsOfEveryScript(t *testing.T) {
	n := 0
	for r := range rune(unicode.MaxRune) {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		got := normalize.Digits(string(r))
		if want := string('0' + rune(n%10)); got != want {
			t.Errorf("%U is read as %q, want %q", r, got, want)
		}
		n++
	}
	if n < 600 {
		t.Errorf("%d digits are too few", n)
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"*STATUS LKS-2026-00001-3*": "status lks 2026 00001 3",
		"`STATUS`":                  "status",
		"_status_":                  "status",
		"tugas!":                    "tugas",
		"\u200estatus":              "status",
		"Élan  VITAL":               "élan vital",
		"👍":                         "",
		"2) Paspor":                 "2 paspor",
		"②":                         "2",
		"٢":                         "2",
		"“Ya.”":                     "ya",
	} {
		if got := normalize.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnmarked(t *testing.T) {
	for in, want := range map[string]string{
		"*BUKA LKS-2026-00001-3*":       "BUKA LKS-2026-00001-3",
		`"sambung 7K2M-9QXA"`:           "sambung 7K2M-9QXA",
		"LKS—2026—00042—7":              "LKS-2026-00042-7",
		"(a_b), 31/12/2027; “baik”…":    "a_b 31/12/2027 baik",
		"> kutipan":                     "kutipan",
		"'s-Gravenhage":                 "s-Gravenhage",
		"/status@izinbot":               "/status@izinbot",
		"** __":                         "",
		"```buka``` ~x~ «ya» ‹y› 「z」!!": "buka x ya y z",
	} {
		if got := normalize.Unmarked(in); got != want {
			t.Errorf("Unmarked(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDashes(t *testing.T) {
	for _, r := range "-‐‑‒–—―−⁃﹘﹣－" {
		if got := normalize.Dashes(string(r)); got != "-" {
			t.Errorf("%U is read as %q", r, got)
		}
	}
}

func TestSign(t *testing.T) {
	for r, want := range map[rune]string{
		'京': "京", '😀': "😀", '\u202e': "U+202E", '\u0007': "U+0007", '\ufffd': "U+FFFD", '\u0301': "U+0301", '\ue000': "U+E000", ' ': "U+0020",
	} {
		if got := normalize.Sign(r); got != want {
			t.Errorf("%U is named %q, want %q", r, got, want)
		}
	}
}

func TestSignIn(t *testing.T) {
	for text, want := range map[string]string{"Kasih 🇳🇱 🇩🇪": "🇳🇱", "👍🏽": "👍🏽", "a😀b": "😀", "🇳": "🇳"} {
		for _, r := range text {
			if r > 0x1f000 {
				if got := normalize.SignIn(text, r); got != want {
					t.Errorf("%q is named %q, want %q", text, got, want)
				}
				break
			}
		}
	}
}

func TestScript(t *testing.T) {
	for r, want := range map[rune]string{'京': "Han", 'م': "Arabic", 'ไ': "Thai", 'a': "Latin", 'Б': "Cyrillic", '7': "", '😀': "", 'あ': "Hiragana", '한': "Hangul"} {
		if got := normalize.Script(r); got != want {
			t.Errorf("%q is of %q, want %q", r, got, want)
		}
	}
}

// TestTextIsSettled: a text that went through the gate is not changed by it again, is
// composed, and holds nothing that nobody sees.
func TestTextIsSettled(t *testing.T) { rapid.Check(t, settled) }

func FuzzText(f *testing.F) { f.Fuzz(rapid.MakeFuzz(settled)) }

func settled(t *rapid.T) {
	s := rapid.String().Draw(t, "text")
	got := normalize.Text(s)
	if again := normalize.Text(got); again != got {
		t.Fatalf("%q, then %q", got, again)
	}
	if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
		t.Fatalf("%q is not in NFC", got)
	}
	if i := strings.IndexFunc(got, func(r rune) bool { return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) }); i >= 0 {
		t.Fatalf("%q holds an invisible sign at %d", got, i)
	}
	if plain := normalize.Plain(s); normalize.Plain(plain) != plain {
		t.Fatalf("Plain(%q) = %q is not settled", s, plain)
	}
	if bare := normalize.Unmarked(s); normalize.Unmarked(bare) != bare {
		t.Fatalf("Unmarked(%q) = %q, then %q", s, bare, normalize.Unmarked(bare))
	}
}
