package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"izinbot/bot/simulator"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/handlers/web/browsertest"
)

// serve runs the demo page as "izinbot demo" does, until the test ends, and gives
// its address.
func serve(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, Config{Dir: t.TempDir(), Listen: "127.0.0.1:0", Now: testclock.Now}, w) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	line := make([]byte, 200)
	n, err := r.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`http://\S+`).FindString(string(line[:n]))
}

// get fetches from the page's own interface.
func get(t *testing.T, url string) []byte {
	t.Helper()
	client := http.Client{Timeout: 30 * time.Second}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, res.Status, err)
	}
	return body
}

// phoneAt gives what is on a phone.
func phoneAt(t *testing.T, url, id string) simulator.PhoneState {
	t.Helper()
	var s simulator.State
	if err := json.Unmarshal(get(t, url+"/sim/state"), &s); err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Phones {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("there is no phone %s", id)
	return simulator.PhoneState{}
}

// TestApplicationInABrowser plays an application in a real Chromium from the first
// word to the resi, with a real PDF from the disk; Front Office works on its own
// phone.
func TestApplicationInABrowser(t *testing.T) {
	t.Parallel()
	url := serve(t)
	p := browsertest.Open(t, url, 1400, 900)
	apply(t, p)
	p.OpenPhone("fo")
	p.AwaitAny("fo", "Tugas baru")
	p.Press("fo", "Buka")
	p.Await("fo", "14 dokumen. Pilih satu")
	p.Press("fo", "○ A1")
	p.Await("fo", "permohonan-contoh.pdf")
	p.Press("fo", "Sesuai")
	p.Await("fo", "A2: sesuai?")
	p.Press("fo", "Kembali ke daftar")
	p.Await("fo", "1 sesuai, 0 tidak")
	p.Press("fo", "Yang belum dinilai sesuai semua")
	p.Await("fo", "14 sesuai, 0 tidak")
	p.Press("fo", "Lengkap, lanjutkan")
	p.Await("fo", "berkas lengkap")
	p.Press("fo", "Buka")
	p.Await("fo", "RESI PENERIMAAN BERKAS")
	p.Press("fo", "Kirim")
	told := p.AwaitAny("pemohon1", "Ini resi Bapak/Ibu")
	number := regexp.MustCompile(`LKS-\d{4}-\d{5}-\d`).FindString(told.Text)
	if number == "" || len(told.Files) != 1 || told.Files[0] != "Resi – "+number+".pdf" {
		t.Fatalf("the resi came as %+v", told)
	}
	p.Click(fmt.Sprintf(`.phone[data-phone="pemohon1"] .bubble[data-n="%d"] .card`, told.N))
	p.AwaitSelector("#viewer iframe")
	readResi(t, url, number)
}

// apply fills in the form and sends every document.
func apply(t *testing.T, p *browsertest.Page) {
	t.Helper()
	const me = "pemohon1"
	p.OpenPhone(me)
	p.Type(me, "mulai")
	p.Await(me, "Selamat datang")
	p.Press(me, "Ajukan izin")
	p.Await(me, "tarif Rp 0")
	p.Press(me, "Setuju dan lanjut")
	for i, answer := range []string{"Yayasan Contoh Harapan", "Belanda", "Yayasan", "Contoh Pimpinan"} {
		p.Await(me, fmt.Sprintf("%d/19", i+1))
		p.Type(me, answer)
	}
	p.Press(me, "Paspor")
	for i, answer := range []string{"X0000000", "Jl. Contoh No. 1, Medan", "kantor@contoh.example", "+62 800 0000 0000", "Jl. Contoh No. 2", "6", "Desa Contoh"} {
		p.Await(me, fmt.Sprintf("%d/19", i+6))
		p.Type(me, answer)
	}
	p.Await(me, "13/19")
	p.SendLocation(me)
	p.Await(me, "14/19")
	p.Press(me, "Anak")
	p.Await(me, "15/19")
	p.Type(me, "LKS Contoh Dairi")
	p.Await(me, "16/19")
	p.Type(me, "2027")
	p.Await(me, "17/19")
	p.Press(me, "Lewati")
	p.Await(me, "Dokumen 1 dari 14")
	sendDocuments(t, p, me)
	p.Await(me, "Ringkasan")
	p.Press(me, "Kirim")
	p.Await(me, "Permohonan diterima Front Office")
}

func sendDocuments(t *testing.T, p *browsertest.Page, me string) {
	t.Helper()
	p.SendSample(me, "program.pdf")
	p.Await(me, "Ini program, bukan dokumen")
	path := filepath.Join(t.TempDir(), "permohonan-contoh.pdf")
	if err := os.WriteFile(path, samplePages(t), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Attach(me, path)
	p.Await(me, "A1 diterima: permohonan-contoh.pdf, 2 halaman")
	p.Type(me, "01/YCH/XI/2026")
	p.Await(me, "19/19 Tanggal surat permohonan")
	p.Type(me, "20/11/2026")
	p.Await(me, "Dokumen 2 dari")
	for _, code := range []string{"A2", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "C3", "D1", "D2", "D3", "E1"} {
		p.SendSample(me, code+".pdf")
		p.Await(me, code+" diterima")
		if code[0] == 'C' && code != "C3" {
			p.Type(me, "31/12/2027")
			p.Await(me, code+" berlaku sampai")
		}
	}
	p.Press(me, "Lewati")
	p.Await(me, "F2")
	p.Press(me, "Lewati")
}

// samplePages is a PDF as a person may have it on the disk.
func samplePages(t *testing.T) []byte {
	t.Helper()
	for _, s := range testSamples(t, mustDefault(t)) {
		if s.Name == "F1.pdf" {
			return s.Data
		}
	}
	t.Fatal("there is no sample F1")
	return nil
}

// readResi fetches the resi by its link, reads it, and follows the address that its
// code leads to.
func readResi(t *testing.T, url, number string) {
	t.Helper()
	phone := phoneAt(t, url, "pemohon1")
	for _, m := range phone.Messages {
		if len(m.Files) == 0 || m.Files[0].Name != "Resi – "+number+".pdf" {
			continue
		}
		content := get(t, url+"/sim/files/"+m.Files[0].Key)
		path := filepath.Join(t.TempDir(), "resi.pdf")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		text := textOf(t, path)
		for _, want := range []string{"RESI PENERIMAAN BERKAS", number, "Yayasan Contoh Harapan", "Tarif Rp 0"} {
			if !strings.Contains(text, want) {
				t.Errorf("the resi lacks %q:\n%s", want, text)
			}
		}
		if !bytes.Contains(get(t, url+"/s/"+number), []byte(number)) {
			t.Errorf("the status page does not know %s", number)
		}
		return
	}
	t.Error("the resi is on no phone")
}
