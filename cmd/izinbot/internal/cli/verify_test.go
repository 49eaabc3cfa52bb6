package cli

import (
	"bytes"
	"encoding/pem"
	"os"
	"testing"

	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow/pades/padestest"
)

// An officer signs a letter, has it stamped, and anybody checks it, before and after a byte changed.
func TestSignStampVerify(t *testing.T) {
	t.Chdir(t.TempDir())
	now := testclock.Now()
	issuer, clock := padestest.NewAuthority(t, "Penerbit CONTOH", now), padestest.NewAuthority(t, "Waktu CONTOH", now)
	key := issuer.Person(t, "Contoh Kepala Dinas", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	stamps := padestest.NewStamps(t, clock, now)
	letter := padestest.Letter(t, now)
	write(t, "surat.pdf", string(letter))
	write(t, "kunci.p12", string(padestest.PKCS12(t, key, "rahasia")))
	write(t, "sandi", "rahasia\n")
	write(t, "salah", "bukan\n")
	for name, a := range map[string]*padestest.Authority{"penerbit.pem": issuer, "waktu.pem": clock} {
		write(t, name, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Certificate.Raw})))
	}
	izinbot(t, "verify", "surat.pdf").ends(2).prints("TIDAK BERTANDA TANGAN")
	izinbot(t, "letters", "sign", "surat.pdf", "--key", "kunci.p12", "--passphrase-file", "salah", "--out", "s.pdf").ends(1)
	izinbot(t, "letters", "sign", "surat.pdf", "--key", "kunci.p12", "--passphrase-file", "sandi", "--out", "s.pdf").ends(0).prints("atas nama Contoh Kepala Dinas")
	izinbot(t, "letters", "sign", "surat.pdf", "--key", "kunci.p12", "--passphrase-file", "sandi", "--out", "s.pdf").ends(1)
	izinbot(t, "verify", "s.pdf", "--issuer", "penerbit.pem").ends(0).prints("ASLI", "Contoh Kepala Dinas", "WIB", "tingkat B-B")
	izinbot(t, "verify", "s.pdf").ends(2).prints("BELUM PASTI", "--issuer")

	izinbot(t, "letters", "stamp", "s.pdf", "--tsa", stamps.URL, "--out", "t.pdf").ends(0)
	izinbot(t, "verify", "t.pdf", "--issuer", "penerbit.pem", "--authority", "waktu.pem").ends(0).prints("ASLI", "tingkat B-T", "Cap waktu Contoh Cap Waktu")
	izinbot(t, "letters", "stamp", "s.pdf", "--tsa", "http://127.0.0.1:1/", "--out", "u.pdf").ends(1)

	signed, err := os.ReadFile("s.pdf")
	if err != nil {
		t.Fatal(err)
	}
	signed[bytes.Index(signed, []byte("stream\n"))+40] ^= 1
	write(t, "ubah.pdf", string(signed))
	izinbot(t, "verify", "ubah.pdf", "--issuer", "penerbit.pem").ends(1).prints("BERUBAH", "isi berkas berubah")
	write(t, "bukan.pdf", "halo")
	izinbot(t, "verify", "bukan.pdf").ends(1)
}
