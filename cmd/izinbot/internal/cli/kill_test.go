package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/bot/simulator"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
)

// TestKillNine kills the program again and again in the middle of an application,
// also while a document is on its way. Each time the form goes on at its next
// question; in the end no document is lost and no answer is doubled.
func TestKillNine(t *testing.T) {
	a := &applicant{t: t, data: filepath.Join(t.TempDir(), "data"), sent: map[string][]byte{}}
	a.process = start(t, "--data", a.data)
	for turn := 0; ; turn++ {
		question := "mulai"
		if turn > 0 {
			question = a.answered(me).Text
		}
		if strings.Contains(question, "Permohonan diterima") {
			break
		}
		if turn > 60 {
			t.Fatalf("the application does not end: %s", question)
		}
		a.answer(turn, question)
	}
	a.phone()
	a.interrupt()
	a.compare()
	izinbot(t, "audit", "verify", "--data", a.data).ends(0).prints("1 permohonan", "0 tidak cocok")
}

const me = "pemohon1"

// When the program is killed: turns after which, as soon as the phone knows that its
// message is safe, and turns in which, at some instant while the message is on its
// way.
func killedAfter() map[int]bool {
	return map[int]bool{0: true, 3: true, 9: true, 20: true, 28: true, 38: true}
}

func killedWithin() map[int]time.Duration {
	return map[int]time.Duration{6: time.Millisecond, 21: 0, 24: 3 * time.Millisecond, 30: 8 * time.Millisecond}
}

// applicant fills in the form by what the bot asks.
type applicant struct {
	*process
	t    *testing.T
	data string
	said []string          // everything, in order
	sent map[string][]byte // documents by code
}

func answers() []string {
	return []string{
		"Yayasan Contoh Harapan", "Belanda", "Yayasan", "Contoh Pimpinan", "Paspor", "X0000000",
		"Jl. Contoh No. 1, Medan", "kantor@contoh.example", "+6280000000000", "Jl. Contoh No. 2", "Sidikalang",
		"Desa Contoh", "2.7431,98.3126", "Anak", "LKS Contoh Dairi", "1 Januari 2027 s.d. 31 Desember 2027", "Lewati",
		"01/CONTOH/I/2026", "2 Januari 2026",
	}
}

// reply gives what to say to a question, or the document to send.
func (a *applicant) reply(question string) (text, code string) {
	if m := regexp.MustCompile(`(?m)^(\d+)/19 `).FindStringSubmatch(question); m != nil {
		n, _ := strconv.Atoi(m[1])
		return answers()[n-1], ""
	}
	if m := regexp.MustCompile(`Dokumen \d+ dari 14 · (\w+)`).FindStringSubmatch(question); m != nil {
		return "", m[1]
	}
	for words, reply := range map[string]string{
		"mulai": "mulai", "Selamat datang": "Ajukan izin", "Lanjut?": "Setuju dan lanjut",
		"berlaku sampai tanggal berapa": "31/12/2027", "Dokumen tambahan": "Lewati", "Ringkasan": "Kirim",
	} {
		if strings.Contains(question, words) {
			return reply, ""
		}
	}
	a.t.Fatalf("what is one to say to\n%s", question)
	return "", ""
}

func (a *applicant) answer(turn int, question string) {
	a.t.Helper()
	text, code := a.reply(question)
	if code != "" {
		a.sent[code] = pdfOf(a.t, code)
	}
	tell := func() error {
		if code != "" {
			return a.attach(me, code+".pdf", a.sent[code])
		}
		return a.say(me, text)
	}
	a.said = append(a.said, text+code)
	if delay, kill := killedWithin()[turn]; kill {
		a.killWithin(delay, tell, text+code)
		return
	}
	if err := tell(); err != nil {
		a.t.Fatal(err)
	}
	if killedAfter()[turn] {
		a.kill()
		a.process = start(a.t, "--data", a.data)
	}
}

// killWithin kills the program a little after a message set out. If it never got
// onto the phone, it is said again, as a person would.
func (a *applicant) killWithin(delay time.Duration, tell func() error, what string) {
	a.t.Helper()
	before := a.mine()
	told := make(chan error, 1)
	go func() { told <- tell() }()
	<-time.After(delay)
	a.kill()
	if err := <-told; err != nil {
		a.t.Logf("%s, killed on its way: %v", what, err)
	}
	a.process = start(a.t, "--data", a.data)
	if after := a.mine(); len(after) == len(before) {
		if err := tell(); err != nil {
			a.t.Fatalf("say %s again: %v", what, err)
		}
	}
}

// mine gives what the person said, as the phone shows it.
func (a *applicant) mine() []simulator.Message {
	a.t.Helper()
	var out []simulator.Message
	for _, m := range a.messages(me) {
		if m.Mine {
			out = append(out, m)
		}
	}
	return out
}

// phone looks at what the phone shows: everything was said once, and answered once.
func (a *applicant) phone() {
	a.t.Helper()
	if mine := a.mine(); len(mine) != len(a.said) {
		a.t.Errorf("%d messages were said, the phone shows %d", len(a.said), len(mine))
	}
	var last simulator.Message
	deliveries := map[string]bool{}
	for _, m := range a.messages(me) {
		if !m.Mine && (deliveries[m.Delivery] || !last.Mine && last.Text == m.Text) {
			a.t.Errorf("told twice: %q", m.Text)
		}
		deliveries[m.Delivery] = true
		last = m
	}
}

// compare looks at the case when all is over.
func (a *applicant) compare() {
	a.t.Helper()
	s, err := sqlitestore.Open(a.t.Context(), filepath.Join(a.data, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		a.t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			a.t.Error(err)
		}
	}()
	ids, err := s.CaseIDs(a.t.Context(), "", 10)
	if err != nil || len(ids) != 1 {
		a.t.Fatalf("cases %v, %v", ids, err)
	}
	c, err := s.Case(a.t.Context(), ids[0])
	if err != nil {
		a.t.Fatal(err)
	}
	if len(c.Documents) != 14 || len(a.sent) != 14 {
		a.t.Errorf("%d documents of %d", len(c.Documents), len(a.sent))
	}
	for _, d := range c.Documents {
		sum := sha256.Sum256(a.sent[string(d.Code)])
		if len(d.Files) != 1 || d.Files[0].SHA256 != hex.EncodeToString(sum[:]) {
			a.t.Errorf("%s holds %+v", d.Code, d.Files)
		}
	}
	want := workflow.Answers{"nama_lembaga": "Yayasan Contoh Harapan", "jenis_identitas": "paspor", "desa": "Desa Contoh", "bidang": "anak", "tanggal_surat_permohonan": "2026-01-02", "periode": "1 Januari 2027 s.d. 31 Desember 2027"}
	for key, value := range want {
		if c.Form[key] != value {
			a.t.Errorf("%s is %q", key, c.Form[key])
		}
	}
	if len(c.Form) != 18 {
		a.t.Errorf("the form holds %v", c.Form)
	}
}

// pdfOf makes a PDF that says its code.
func pdfOf(t *testing.T, code string) []byte {
	t.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.AddPage()
	doc.SetFont("Helvetica", "", 20)
	doc.Cell(0, 20, fmt.Sprintf("CONTOH %s", code))
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
