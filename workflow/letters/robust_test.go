package letters_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
)

// nasty is text that people, or programs, may send.
func nasty() []string {
	return []string{
		strings.Repeat("kata ", 1000),
		strings.Repeat("tanpaspasi", 250) + " " + strings.Repeat("W", 2500),
		strings.Repeat("baris\n", 200) + strings.Repeat("\n\r\n\t ", 300),
		"a\x00b\x07c\x1b[31mmerah\u202Eterbalik\u200B\uFEFF\u00ADx " +
			"emoji 👩‍👩‍👧 😀 dan 漢字 العربية हिन्दी \xff\xfe rusak \xc3 " +
			"Ñandú Łódź Đặng Ğülşen Ōtani Søren Çelik Žižek Ωμέγα Москва e\u0301 " +
			"kurung (a) \\ garis miring \\n ) ( | bar | bar | bar " +
			"%s %d %!v(MISSING) {nb} <b>tebal</b> endstream endobj",
	}
}

// everywhere puts a text into every place of a case that somebody types into.
func everywhere(s string) (workflow.Case, func(workflow.LetterKind) workflow.Letter) {
	c := sampleCase()
	for k := range c.Form {
		c.Form[k] = s
	}
	for i := range c.Documents {
		c.Documents[i].Verdict = &workflow.Verdict{Reason: s}
		c.Documents[i].Expiry = s
	}
	c.Visit.Photos = c.Visit.Photos[3:] // the one without a picture; unpacking takes time
	c.Visit.Statement, c.Visit.Conclusion = s, s
	for i := range c.Visit.Findings {
		c.Visit.Findings[i].Note = s
	}
	c.Visit.Agreed, c.Visit.Absent = nil, &workflow.Note{Text: s}
	for i := range c.Trail {
		c.Trail[i].By.Name = s
	}
	return c, func(kind workflow.LetterKind) workflow.Letter {
		l := sampleLetter(kind)
		for k := range l.Fields {
			l.Fields[k] = s
		}
		l.Made.By.Name, l.Made.By.Title = s, s
		return l
	}
}

func TestNastyTextKeepsTheLayout(t *testing.T) {
	d, def := drawer(t), sampleSOP()
	def.Tariff = 1
	for i, s := range nasty() {
		c, letter := everywhere(s)
		for _, kind := range kinds() {
			pdf, err := d.Draw(t.Context(), def, c, letter(kind), letters.Archive)
			if err != nil {
				t.Fatalf("text %d in %s: %v", i, kind, err)
			}
			insideThePage(t, string(kind), pdf)
		}
	}
}

// insideThePage fails if a word is printed outside the margins.
func insideThePage(t *testing.T, name string, pdf []byte) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-bbox", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	const pointsPerMM = 72 / 25.4
	words := regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>`).FindAllStringSubmatch(string(out), -1)
	if len(words) == 0 {
		t.Fatalf("%s has no words", name)
	}
	for _, w := range words {
		left, top := number64(t, w[1])/pointsPerMM, number64(t, w[2])/pointsPerMM
		right, bottom := number64(t, w[3])/pointsPerMM, number64(t, w[4])/pointsPerMM
		if left < 24.5 || right > 190.5 || top < 5 || bottom > 292 {
			t.Fatalf("%s: %.40q is outside the margins: %.1f to %.1f mm, %.1f to %.1f mm", name, w[5], left, right, top, bottom)
		}
	}
}

func number64(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestLongTextIsPrintedWhole(t *testing.T) {
	l := sampleLetter("surat_penolakan")
	var reasons []string
	for i := range 120 {
		reasons = append(reasons, "alasan ke-"+strconv.Itoa(i)+"x yang panjang | Pasal "+strconv.Itoa(i))
	}
	l.Fields["alasan"] = strings.Join(reasons, "\n")
	got := draw(t, sampleSOP(), sampleCase(), l, letters.Addressee)
	for i := range reasons {
		mustContain(t, got, "alasan ke-"+strconv.Itoa(i)+"x")
	}
	if n := strings.Count(got, "Alasan Dasar hukum"); n < 3 {
		t.Errorf("the heads of the table are repeated %d times", n)
	}
	mustContain(t, got, "halaman 4 dari")
}

func TestOneRowLongerThanAPage(t *testing.T) {
	l := sampleLetter("surat_penolakan")
	var words []string
	for i := range 1500 {
		words = append(words, "kata"+strconv.Itoa(i))
	}
	l.Fields["alasan"] = strings.Join(words, " ") + " | Pasal 1"
	got := draw(t, sampleSOP(), sampleCase(), l, letters.Addressee)
	mustContain(t, got, words...)
}

func TestNothingIsThere(t *testing.T) {
	d := drawer(t)
	for _, kind := range kinds() {
		for _, status := range []workflow.LetterStatus{workflow.LetterDraft, workflow.LetterFinal, workflow.LetterVoid} {
			l := workflow.Letter{Kind: kind, Status: status}
			pdf, err := d.Draw(t.Context(), &workflow.SOP{Tariff: 1}, workflow.Case{}, l, letters.Archive)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			mustLack(t, read(t, "empty", pdf), "0001", "01/01", "<nil>", "%!")
		}
	}
}

// TestAnotherProcedure draws with procedures that this package was not written
// for: the real one and a small one with other fields.
func TestAnotherProcedure(t *testing.T) {
	lks, _, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	small, err := parseFile(t, filepath.Join("..", "sop", "testdata", "reklame.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, def := range []*workflow.SOP{lks, small} {
		c := workflow.Case{ID: workflow.MakeCaseID(def.Code, 2026, 1), Submitted: at("2026-11-23 10.12"), Form: workflow.Answers{}}
		for _, f := range def.Form {
			c.Form[f.Key] = "isi " + f.Key
		}
		for _, step := range def.Steps {
			for _, kind := range step.Letters {
				if kind == "skrd" {
					continue
				}
				l := workflow.Letter{ID: workflow.LetterID(kind), Kind: kind, Step: step.No, Fields: workflow.Answers{}}
				l.Made = workflow.Mark{By: backoffice(), At: at("2026-11-25 14.00")}
				for _, f := range step.Fields {
					l.Fields[f.Key] = f.Default
				}
				pdf, err := drawer(t).Draw(t.Context(), def, c, l, letters.Addressee)
				if err != nil {
					t.Fatalf("%s: %v", kind, err)
				}
				got := read(t, def.Code+"-"+string(kind), pdf)
				def, _ := def.Letter(kind)
				if !strings.Contains(got, def.Title) && (def.About == "" || !strings.Contains(got, def.About)) {
					t.Errorf("%s shows neither its title nor its subject", kind)
				}
				mustLack(t, got, "isi nomor_identitas", "isi telepon", "isi jenis_identitas")
			}
		}
	}
}

func TestPermitSaysOnceWhatItIsNot(t *testing.T) {
	l := sampleLetter("surat_izin")
	l.Fields["ketentuan"] = "Izin ini tidak menggantikan izin Menteri Sosial."
	got := draw(t, sampleSOP(), sampleCase(), l, letters.Addressee)
	if n := strings.Count(got, "menggantikan"); n != 1 {
		t.Errorf("said %d times", n)
	}
	l.Fields["ketentuan"] = ""
	other := sampleSOP()
	other.Code = "LAIN"
	mustContain(t, draw(t, other, sampleCase(), l, letters.Addressee), "Izin ini tidak menggantikan izin, persetujuan")
}

func TestFirstExpiryStandsInForTheLastDay(t *testing.T) {
	l := sampleLetter("surat_izin")
	delete(l.Fields, "berlaku_sampai")
	mustContain(t, draw(t, sampleSOP(), sampleCase(), l, letters.Addressee), "Berlaku sampai dengan : 30 Juni 2028")
}

func TestDrawNeverFailsOnText(t *testing.T) {
	d, def := drawer(t), sampleSOP()
	def.Tariff = 1
	rapid.Check(t, func(t *rapid.T) {
		c, letter := everywhere(rapid.String().Draw(t, "text"))
		kind := rapid.SampledFrom(kinds()).Draw(t, "kind")
		if _, err := d.Draw(t.Context(), def, c, letter(kind), letters.Archive); err != nil {
			t.Fatal(err)
		}
	})
}
