package cli

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// oneFormat is an office file of before, with one format for all registers.
func oneFormat(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(sampleOffice)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(src), "format_nomor:\n")
	_, after, ok := strings.Cut(rest, "\n\n")
	if !ok {
		t.Fatal("the sample office has no format_nomor")
	}
	path := filepath.Join(t.TempDir(), "kantor.yaml")
	old := before + "format_nomor: \"{klasifikasi}/{urut}/{opd}/{bulan_romawi}/{tahun}\"\n\n" + after
	if err := os.WriteFile(path, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestNumbersThatArePrintedAlikeAreRefused: by what checks the settings, and at the start.
// What is advised is accepted.
func TestNumbersThatArePrintedAlikeAreRefused(t *testing.T) {
	t.Setenv("TELEGRAM_TOKEN", "123456789:CONTOHCONTOHCONTOHCONTOHCONTOHCONTO")
	t.Setenv(keyPublicURL, "https://izin.contoh.example")
	path := oneFormat(t)
	advice := "  surat_keluar: \"{klasifikasi}/{urut}/{opd}/{bulan_romawi}/{tahun}\"\n  izin: \"{klasifikasi}/{urut}/IZIN/{opd}/{bulan_romawi}/{tahun}\""
	want := []string{
		"IZINBOT_OFFICE: ", "dua jenis surat dapat bernomor sama, misalnya 503/001/DPMPTSPK/XI/2026",
		"(permintaan_rekomendasi), buku surat_keluar", "(berita_acara), buku berita_acara", "format_nomor:\n" + advice,
	}
	data := t.TempDir()
	izinbot(t, "config", "print", "--office", path, "--data", data).ends(1).complains(want...)
	izinbot(t, "serve", "--office", path, "--data", data, "--listen", "127.0.0.1:0").ends(1).complains(want...)
	izinbot(t, "demo", "--auto", "terbit", "--office", path, "--data", filepath.Join(data, "demo")).ends(1).complains(want[1:]...)
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(old), "format_nomor: ")
	_, after, _ := strings.Cut(rest, "\n")
	if err := os.WriteFile(path, []byte(before+"format_nomor:\n"+advice+"\n"+after), 0o600); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "config", "print", "--office", path, "--data", data).ends(0)
}

// TestDoublesOfBeforeAreTold plays a case, and makes its database one of before in which the
// permit bears the number of the request to the Tim Teknis.
func TestDoublesOfBeforeAreTold(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), path, "demo", "--auto", "terbit", "--data", data, "--out", filepath.Join(dir, "out")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Setenv("TELEGRAM_TOKEN", "123456789:CONTOHCONTOHCONTOHCONTOHCONTOHCONTO")
	said := func() string { return izinbot(t, "config", "print", "--data", data).ends(0).errs }
	if errs := said(); strings.Contains(errs, "tercetak") || strings.Contains(errs, "tidak dapat diperiksa") {
		t.Errorf("without doubles:\n%s", errs)
	}
	db, err := sql.Open("sqlite", filepath.Join(data, "izinbot.db"))
	if err != nil {
		t.Fatal(err)
	}
	var text string
	if err := db.QueryRowContext(t.Context(), "SELECT printed FROM numbers WHERE register = 'izin'").Scan(&text); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE numbers SET printed = 'izin/' || year || '/000001' WHERE register = 'izin'"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE numbers SET printed = ? WHERE key LIKE '%/permintaan_rekomendasi'", text); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(data, "izinbot.db"))
	if err != nil {
		t.Fatal(err)
	}
	errs := said()
	for _, want := range []string{"Perhatian: nomor 503/001/IZIN/DPMPTSPK/", text + " tercetak pada 2 surat: LKS-", ", permintaan_rekomendasi; LKS-", ", surat_izin; surat yang sudah keluar tidak diubah"} {
		if !strings.Contains(errs, want) {
			t.Errorf("%q is not in\n%s", want, errs)
		}
	}
	if after, err := os.ReadFile(filepath.Join(data, "izinbot.db")); err != nil || string(after) != string(before) {
		t.Errorf("the database was changed: %v", err)
	}
	// The number of the request was never printed as it is now, which is told beside the doubles.
	if r := izinbot(t, "audit", "verify", "--data", data).ends(1).prints("tercetak lain menurut riwayat"); !strings.Contains(r.errs, "tercetak pada 2 surat") {
		t.Errorf("audit says\n%s", r.errs)
	}
	if left, err := filepath.Glob(filepath.Join(data, ".izinbot-periksa-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}
