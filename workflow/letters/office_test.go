package letters_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
)

func parseFile(t *testing.T, path string) (*workflow.SOP, error) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return sop.Parse(src)
}

func TestDefaultOffice(t *testing.T) {
	o, err := letters.DefaultOffice()
	if err != nil {
		t.Fatal(err)
	}
	known := map[workflow.LetterKind]bool{}
	for _, k := range kinds() {
		known[k] = true
	}
	for k := range o.CopiesTo {
		if !known[k] {
			t.Errorf("tembusan for %q, which is no kind of letter", k)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	o := letters.Office{Code: "DPMPTSPK", NumberFormats: letters.NumberFormats{
		"surat_keluar": "{klasifikasi}/{urut}/{opd}/{bulan_romawi}/{tahun}",
		"izin":         "{urut}.IZIN.{tahun}",
	}}
	for _, tc := range []struct {
		seq  int
		at   time.Time
		want string
	}{
		{7, at("2026-11-23 10.00"), "503/007/DPMPTSPK/XI/2026"},
		{1234, at("2027-01-04 08.00"), "503/1234/DPMPTSPK/I/2027"},
		{1, time.Date(2026, 12, 31, 18, 0, 0, 0, time.UTC), "503/001/DPMPTSPK/I/2027"}, // already January in WIB
	} {
		if got := o.FormatNumber("surat_keluar", "503", tc.seq, tc.at); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
	if got := o.FormatNumber("izin", "503", 7, at("2026-11-23 10.00")); got != "007.IZIN.2026" {
		t.Error(got)
	}
}

func TestParseOfficeNamesFaultsWithTheirLines(t *testing.T) {
	sample, err := os.ReadFile("office.yaml")
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, fresh string) string {
		if !strings.Contains(string(sample), old) {
			t.Fatalf("%q is not in office.yaml", old)
		}
		return strings.Replace(string(sample), old, fresh, 1)
	}
	for _, tc := range []struct {
		name, src string
		want      []string
	}{
		{"empty", "", []string{"baris 1", "kosong"}},
		{"no mapping", "- a", []string{"baris 1: bentuk isinya salah"}},
		{"unknown key", swap("tempat: SIDIKALANG", "kota: SIDIKALANG"), []string{"baris 7: kunci kota tidak dikenal", "tempat belum diisi"}},
		{"empty value", swap("tempat: SIDIKALANG", "tempat: ''"), []string{"baris 7: tempat belum diisi"}},
		{"two faults", swap("atasan: Bupati Dairi\n", "atasan: ' '\nkode_opd2: x\n"), []string{"kode_opd2"}},
		{"number without seq", swap("/{urut}/", "/"), []string{"baris 17: format_nomor.surat_keluar harus memuat {urut}"}},
		{"unknown part", swap("{urut}/IZIN", "{urut}/{kode}"), []string{"baris 18: format_nomor.izin memuat {kode} yang tidak dikenal"}},
		{"two parts in one word", swap("/{urut}/IZIN", "{urut}/IZIN"), []string{"baris 18: format_nomor.izin {urut} harus diapit tanda baca"}},
		{"a sign beside a part", swap("{tahun}\"", "{tahun}X\""), []string{"{tahun} harus diapit tanda baca"}},
		{"unknown register", swap("  izin:", "  permit:"), []string{"baris 18: format_nomor.permit tidak dikenal", "belum memuat izin; tulis misalnya\n  izin: \"{klasifikasi}/{urut}/IZIN/"}},
		{"class of incoming letters", swap("surat_masuk: \"{urut}", "surat_masuk: \"{klasifikasi}/{urut}"), []string{"baris 22: format_nomor.surat_masuk tidak dapat memuat {klasifikasi}"}},
		{"empty format", swap("{klasifikasi}/{urut}/IZIN/{opd}/{bulan_romawi}/{tahun}", ""), []string{"baris 18: format_nomor.izin belum diisi"}},
		{"no mapping of formats", swap("format_nomor:", "format_nomor: [a]\nx:"), []string{"baris 16: bentuk isinya salah", "baris 17: kunci x tidak dikenal"}},
		{"bad address", swap("https://izin.dpmptspk.contoh", "izin"), []string{"baris 25: url_publik"}},
		{"mistyped kind of letter", swap("  surat_izin:\n    - Bupati", "  surat_ijin:\n    - Bupati"), []string{"tembusan.surat_ijin bukan jenis surat, mungkin maksudnya surat_izin"}},
		{"regulation without title", swap(" tentang Pelayanan Publik", ""), []string{"dasar_surat.LKS harus menyebut judul tiap peraturan"}},
		{"unknown kind without titles", swap("[surat_izin]", "[surat_ijin]"), []string{"nama_tanpa_gelar bukan jenis surat"}},
		{"half a letterhead", swap("  nama: DINAS SOSIAL\n", ""), []string{"kop_tim_teknis harus memuat nama"}},
		{"key twice", swap("atasan: Bupati Dairi\n", "atasan: Bupati Dairi\natasan: Bupati Dairi\n"), []string{"kunci atasan ditulis dua kali"}},
		{"not YAML", "nama: [", []string{"baris 1: tulisan YAML tidak dapat dibaca"}},
		{"faults of every sort at once", swap("tempat: SIDIKALANG", "logo: x\ntempat: SIDIKALANG 漢") + "surat: {}\n", []string{
			"baris 7: kunci logo tidak dikenal", "baris 8: tempat memuat tanda", "kunci surat tidak dikenal",
		}},
		{"all missing", "telepon: '0'\n", []string{"nama belum diisi", "url_publik belum diisi", "atasan belum diisi"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := letters.ParseOffice([]byte(tc.src))
			if err == nil {
				t.Fatal("accepted")
			}
			mustContain(t, err.Error(), tc.want...)
		})
	}
}

func TestPublicAddresses(t *testing.T) {
	o := letters.Office{PublicURL: "https://contoh.test"}
	if got := o.StatusURL("LKS-2026-00042-7"); got != "https://contoh.test/s/LKS-2026-00042-7" {
		t.Error(got)
	}
	if got := o.VerifyURL("LKS-2026-00042-7", "klarifikasi-2"); got != "https://contoh.test/v/LKS-2026-00042-7/klarifikasi-2" {
		t.Error(got)
	}
}

func TestPrintable(t *testing.T) {
	for _, s := range []string{"", "Yayasan Contoh", "Ñandú Łódź Đặng Ğülşen Москва Ωμέγα", "a\nb\tc\r\n", "tanda “kutip” – €100 №1", "x\u200By\x00z"} {
		if bad, ok := letters.Printable(s); !ok {
			t.Errorf("%q: %q should be printable", s, bad)
		}
	}
	for s, want := range map[string]rune{"rumah 🏠 kita": '🏠', "漢字": '漢', "سلام": 'س', "a\xffb": '\uFFFD', "\U000F0000": '\U000F0000'} {
		if bad, ok := letters.Printable(s); ok || bad != want {
			t.Errorf("%q: got %q, %t", s, bad, ok)
		}
	}
}

func TestUnprintableIsNamed(t *testing.T) {
	c := sampleCase()
	c.Form["nama_lembaga"] = "Rumah 🏠 Łódź"
	mustContain(t, draw(t, sampleSOP(), c, sampleLetter("resi"), letters.Addressee), "Rumah [U+1F3E0] Łódź")
}
