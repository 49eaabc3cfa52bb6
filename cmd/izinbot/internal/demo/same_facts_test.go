package demo

import (
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// inOrder gives the text of a letter as it was drawn: cells one after the other. What is repeated
// at the end of each page is left out.
func inOrder(t *testing.T, path string) string {
	t.Helper()
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var body strings.Builder
	for page := range strings.SplitSeq(string(text), "\f") {
		before, _, _ := strings.Cut(page, "Dokumen ini di")
		body.WriteString(before)
	}
	return strings.Join(strings.Fields(body.String()), " ")
}

// fact is something that letters of a case say, each in its own way: the group of the expression
// is what it says.
type fact struct {
	name string
	said map[string]string
}

func factsOfCases() []fact {
	const (
		complete = ` yang berkasnya dinyatakan lengkap dengan resi `
		number   = `(\S+)`
		day      = ` tanggal (\d+ \w+ \d{4})`
	)
	row := func(label, next string) string { return regexp.QuoteMeta(label) + ` : (.*?) ` + regexp.QuoteMeta(next) }
	return []fact{
		{"holder", map[string]string{
			"resi": row("Lembaga/pemohon", "Penanggung"), "disposisi": row("Asal surat", "Tanggal"), "klarifikasi": row("Pemohon", "Permohonan"),
			"permintaan_rekomendasi": row("Nama lembaga", "Negara"), "perintah_tugas": `Izin Teknis LKS Asing dari (.*?), bertempat`,
			"berita_acara": row("Lembaga/pemohon", "Penanggung"), "rekomendasi": `menilai permohonan (.*?)` + complete,
			"surat_izin": row("Nama lembaga", "Negara"), "surat_penolakan": `Yth\. Contoh Pimpinan (.*?) di –`,
		}},
		{"holder in sentences", map[string]string{
			"permintaan_rekomendasi": `permohonan (.*?)` + complete, "perintah_tugas": `Permohonan (.*?)` + complete, "rekomendasi": `permohonan (.*?)` + complete,
			"surat_izin": `Permohonan (.*?)` + complete, "surat_penolakan": `permohonan (.*?)` + complete, "resi": row("Lembaga/pemohon", "Penanggung"),
		}},
		{"head", map[string]string{
			"resi": row("Penanggung jawab", "Berkas"), "permintaan_rekomendasi": row("Nama pimpinan/kepala perwakilan", "Alamat"),
			"berita_acara": row("Penanggung jawab", "Alamat"), "surat_izin": row("Nama pimpinan/kepala perwakilan", "Alamat"),
		}},
		{"site on one line", map[string]string{
			"disposisi": `lokasi (.*?) Asal surat`, "perintah_tugas": `bertempat di (.*?), pada`, "berita_acara": row("Lokasi kegiatan", "Koordinat"),
		}},
		{"site", map[string]string{
			"permintaan_rekomendasi": row("Alamat kegiatan di Kabupaten Dairi", "Kecamatan"), "surat_izin": row("Alamat kegiatan di Kabupaten Dairi", "Kecamatan"),
			"berita_acara": `Lokasi kegiatan : (.*?), Kecamatan`,
		}},
		{"point", map[string]string{
			"permintaan_rekomendasi": row("Titik lokasi kegiatan", "Bidang"), "surat_izin": row("Titik lokasi kegiatan", "Bidang"),
			"berita_acara": `Koordinat yang dinyatakan : (.*? BT)`,
		}},
		{"field", map[string]string{
			"permintaan_rekomendasi": row("Bidang pelayanan sosial", "Mitra"), "surat_izin": row("Bidang pelayanan sosial", "Mitra"), "disposisi": `bidang (.*?), lokasi`,
		}},
		{"partner", map[string]string{
			"permintaan_rekomendasi": row("Mitra lokal", "Masa"), "surat_izin": row("Mitra lokal", "Masa"),
		}},
		{"period", map[string]string{
			"permintaan_rekomendasi": `Masa program : (.*? s\.d\. \d+ \w+ \d+)`, "surat_izin": `Masa program : (.*? s\.d\. \d+ \w+ \d+)`,
		}},
		{"resi and day of the complete file", map[string]string{
			"permintaan_rekomendasi": complete + number + day, "perintah_tugas": complete + number + day, "rekomendasi": complete + number + day,
			"surat_izin": complete + number + day, "surat_penolakan": complete + number + day,
			"resi": `Nomor resi (\S+).* Dinyatakan lengkap : \w+, (\d+ \w+ \d+),`,
		}},
		{"day until which the office decides", map[string]string{
			"resi": `Selesai paling lambat \w+, (\d+ \w+ \d+)`, "disposisi": `LKS-\S+ (\d+ \w+ \d+) Isi ringkas`, "permintaan_rekomendasi": `kepada pemohon adalah \w+, (\d+ \w+ \d+)`,
		}},
		{"request", map[string]string{
			"permintaan_rekomendasi": `Nomor : (\S+).*? Sidikalang, (\d+ \w+ \d+)`, "rekomendasi": `Surat Permintaan Rekomendasi Nomor ` + number + day,
		}},
		{"enclosures' heading", map[string]string{
			"permintaan_rekomendasi": `Lampiran Surat Nomor ` + number + day, "rekomendasi": `Surat Permintaan Rekomendasi Nomor ` + number + day,
		}},
		{"assignment", map[string]string{
			"perintah_tugas": `NOMOR: (\S+).* pada tanggal (\d+ \w+ \d+)`, "berita_acara": `Surat Perintah Tugas Nomor ` + number + day,
		}},
		{"visit report", map[string]string{
			"rekomendasi":     `Berita Acara Peninjauan Lapangan Nomor ` + number + day,
			"surat_izin":      `Berita Acara Peninjauan Lapangan Nomor ` + number + day,
			"surat_penolakan": `Berita Acara Peninjauan Lapangan Nomor ` + number + day,
		}},
		{"number of the visit report", map[string]string{
			"berita_acara": `NOMOR: (\S+)`, "rekomendasi": `Berita Acara Peninjauan Lapangan Nomor (\S+)`,
		}},
		{"recommendation", map[string]string{
			"rekomendasi": `NOMOR: (\S+).* Sidikalang, (\d+ \w+ \d+)`, "surat_izin": `Rekomendasi Tim Teknis Nomor ` + number + day, "surat_penolakan": `Rekomendasi Tim Teknis Nomor ` + number + day,
		}},
		{"day of the visit", map[string]string{
			"permintaan_rekomendasi": `direncanakan pada (.*?) selama`, "perintah_tugas": `, pada (\w+, \d+ \w+ \d+) selama`,
		}},
		{"team", map[string]string{
			"perintah_tugas": `No\. Nama, NIP Pangkat/Gol\. Jabatan (1\. .*?) Untuk :`, "berita_acara": `No\. Nama, NIP Pangkat/Gol\. Jabatan (1\. .*?) berdasarkan`,
		}},
		{"condition", map[string]string{
			"rekomendasi": `Syarat: (.*?) Demikian`, "surat_izin": `Dengan ketentuan: .* 6\. (.*?) Tarif`,
		}},
		{"reason", map[string]string{
			"rekomendasi": `Pertimbangan: (.*?) \((.*)\) Demikian`, "surat_penolakan": `Dasar hukum 1\. (.*?) (Peraturan Menteri.*?) Yang perlu`,
		}},
	}
}

// TestFactsAreTheSameInAllLetters compares what the letters of a whole case say of the same thing.
func TestFactsAreTheSameInAllLetters(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := Auto(t.Context(), Config{}, "semua", dir, io.Discard); err != nil {
		t.Fatal(err)
	}
	compared := map[string]bool{}
	for _, story := range []string{"terbit", "tolak", "klarifikasi"} {
		texts := map[string]string{}
		paths, err := filepath.Glob(filepath.Join(dir, story+" LKS-*", "*.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			_, kind, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".pdf"), " ")
			if !strings.HasSuffix(kind, " arsip") {
				texts[kind] = inOrder(t, path)
			}
		}
		for _, f := range factsOfCases() {
			if f.compare(t, story, texts) {
				compared[f.name] = true
			}
		}
	}
	for _, f := range factsOfCases() {
		if !compared[f.name] {
			t.Errorf("%s stands in no two letters", f.name)
		}
	}
}

// compare fails if letters differ in what they say of a fact; it tells whether two say something.
func (f fact) compare(t *testing.T, story string, texts map[string]string) bool {
	t.Helper()
	said := map[string][]string{}
	for kind, text := range texts {
		expression, ok := f.said[kind]
		if !ok {
			continue
		}
		m := regexp.MustCompile(expression).FindStringSubmatch(text)
		if m == nil {
			if f.name != "condition" && f.name != "reason" { // the cases have one or the other
				t.Errorf("%s: %s does not say its %s:\n%s", story, kind, f.name, text)
			}
			continue
		}
		what := strings.ToLower(strings.Join(m[1:], " / "))
		said[what] = append(said[what], kind)
	}
	n := 0
	for _, kinds := range said {
		n += len(kinds)
	}
	if len(said) > 1 {
		t.Errorf("%s: letters differ in %s: %q", story, f.name, said)
	}
	return n > 1
}
