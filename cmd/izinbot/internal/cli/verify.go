package cli

import (
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/pades"
)

// verifyCmd tells of the signatures of a letter without any network.
type verifyCmd struct {
	File      string `arg:"" type:"existingfile" help:"Surat (PDF)."`
	Issuer    string `type:"existingfile" placeholder:"FILE" help:"Sertifikat penerbit sertifikat penanda tangan (PEM), dari sumber yang Anda percaya."`
	Authority string `type:"existingfile" placeholder:"FILE" help:"Sertifikat penerbit bagi penyedia cap waktu (PEM)."`
}

// errUncertain ends with the exit code for an answer that is not certain.
var errUncertain = exitError(2)

func (c *verifyCmd) Run(con *console) error {
	pdf, err := readFile(c.File)
	if err != nil {
		return err
	}
	trust := pades.Trust{Now: con.now()}
	if trust.Issuers, err = readPool(c.Issuer); err != nil {
		return err
	}
	if trust.Authorities, err = readPool(c.Authority); err != nil {
		return err
	}
	report, err := pades.Verify(pdf, trust)
	if err != nil {
		return fmt.Errorf("%s bukan PDF yang dapat dibaca utuh; minta salinan lain dari kantor yang menerbitkannya", near(c.File))
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %s\n", near(c.File), verdictWords(report.Verdict()))
	for _, s := range report {
		text.WriteString("- " + signatureWords(s) + "\n")
	}
	if _, err := fmt.Fprint(con.out, text.String()); err != nil {
		return err
	}
	switch report.Verdict() {
	case pades.Genuine:
		return nil
	case pades.Altered:
		return errQuiet
	case pades.Unconfirmed, pades.Unsigned:
	}
	return errUncertain
}

// readPool reads certificates in PEM; nil if no file is named.
func readPool(path string) (*x509.CertPool, error) {
	raw, err := readFile(path)
	if err != nil || path == "" {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(raw) {
		return nil, fmt.Errorf("di %s tidak ada sertifikat PEM", path)
	}
	return pool, nil
}

func verdictWords(v pades.Verdict) string {
	switch v {
	case pades.Genuine:
		return "ASLI. Tidak berubah sejak ditandatangani, dan penerbit sertifikatnya dikenal."
	case pades.Unconfirmed:
		return "BELUM PASTI. Tidak berubah sejak ditandatangani, tetapi siapa penanda tangannya belum dapat dipastikan."
	case pades.Altered:
		return "BERUBAH. Tidak sama dengan yang ditandatangani; minta salinan aslinya dari kantor yang menerbitkan."
	case pades.Unsigned:
	}
	return "TIDAK BERTANDA TANGAN elektronik. Periksa keasliannya lewat kode QR pada surat, atau tanyakan ke kantor."
}

// signatureWords tells of one signature who made it and when, and what is wrong with it.
func signatureWords(s pades.Signature) string {
	kind := "Tanda tangan"
	if s.Timestamp {
		kind = "Cap waktu"
	}
	if s.Certificate == nil {
		return kind + " yang tidak dapat dibaca."
	}
	text := fmt.Sprintf("%s %s, %s", kind, s.Signer, moment(s.At))
	if !s.Timestamp {
		text += fmt.Sprintf(" (sertifikat dari %s, tingkat %s)", s.Issuer, s.Level)
	}
	if !s.Proven.IsZero() && !s.Timestamp {
		text += "; sudah ada pada " + moment(s.Proven) + " menurut cap waktu"
	}
	if why := problemWords(s.Problem); why != "" {
		text += ": " + why
	}
	return text + "."
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "waktunya tidak tertulis"
	}
	return calendar.DateTime(t.In(workflow.WIB()), workflow.Indonesian)
}

func problemWords(p pades.Problem) string {
	switch p {
	case pades.Fine:
		return ""
	case pades.Changed:
		return "isi berkas berubah sesudahnya"
	case pades.Forged:
		return "bukan tanda tangan dari sertifikat itu"
	case pades.Extended:
		return "sesudahnya ada yang ditambahkan pada berkas"
	case pades.Unknown:
		return "penerbit sertifikatnya belum dikenal; sebutkan dengan --issuer, atau --authority untuk cap waktu"
	case pades.Expired:
		return "sertifikatnya tidak berlaku pada waktu itu, dan tidak ada cap waktu yang membuktikan sebaliknya"
	case pades.Revoked:
		return "sertifikatnya sudah dicabut"
	case pades.Unreadable:
	}
	return "bentuknya tidak dikenal"
}
