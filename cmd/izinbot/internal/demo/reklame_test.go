package demo

import (
	"bytes"
	"os"
	"testing"
	"time"

	"izinbot/workflow"
)

// TestAnotherProcedure runs the six steps of another permit through the same
// program, with people made for its roles.
func TestAnotherProcedure(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../../../workflow/sop/testdata/reklame.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o := newOffice(t, source)
	o.begun()
	o.script(`
@ Senin 08.00
[pemohon1]
> mulai
> Ajukan izin
< Izin Reklame — 3 hari kerja, tarif Rp 0
> 1
> Toko CONTOH
> Jl. Contoh No. 3
> Lebih dari 4 m²
< Dokumen 1 dari 1 · R1 Gambar reklame
> {berkas R1}
> Lewati
> Kirim
< Permohonan diterima Loket
[loket]
< Tugas baru: {kasus} · Toko CONTOH · Memeriksa permohonan
> tugas
> 1
> R1
> Tidak sesuai
> Tidak terbaca
> Kirim klarifikasi ke pemohon
[pemohon1]
> lengkapi
> {berkas R2}
> Kirim
[loket]
> buka {kasus}
> Yang belum dinilai sesuai semua
> Lengkap, lanjutkan
> buka {kasus}
> Kirim
[pemohon1]
< Ini resi Bapak/Ibu: {kasus}
< Resi – 
@ +2 jam
[penata]
> buka {kasus}
> {tanggal besok}
> Kirim
> {kode}
[kepala]
> buka {kasus}
> Kembalikan
> Masa berlaku terlalu pendek
[penata]
< Catatan: Masa berlaku terlalu pendek
> buka {kasus}
> Ubah isian
> 1
> 31/12/2027
> Kirim
> {kode}
[kepala]
> ttd
> {kode}
< ditandatangani
[pemohon1]
< surat keputusan sudah ditandatangani
[loket]
> buka {kasus}
> Kirim lewat chat
[pemohon1]
< layanan ini selesai
< Surat Izin – 
> status
< Selesai: izin terbit
`)
	c := o.workflowCase(1)
	if c.End != workflow.EndGranted || c.ID[:4] != "RKL-" || len(c.Trail) != 9 {
		t.Errorf("%s ended as %q after %d passes", c.ID, c.End, len(c.Trail))
	}
	seen := map[int]bool{}
	for _, run := range c.Trail {
		seen[run.Step] = true
	}
	if len(seen) != 6 {
		t.Errorf("steps %v", seen)
	}
	o.says(1, "surat_izin", "Toko CONTOH", "31 Desember 2027", "Kepala Kantor CONTOH")
	o.sound()
}

// TestCaseKeepsItsProcedure changes the procedure while a case is under way: the
// case goes on by the old one, new ones follow the new one.
func TestCaseKeepsItsProcedure(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../../../workflow/sop/testdata/reklame.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const file = `> mulai
> Ajukan izin
> 1
> Toko CONTOH
> Jl. Contoh No. 3
> 1
> {berkas R1}
> Lewati
> Kirim
`
	dir := t.TempDir()
	before := reopen(t, Config{Dir: dir, SOP: source}, monday())
	before.begun()
	before.script("@ Senin 08.00\n[pemohon1]\n" + file + "[loket]\n> buka {kasus}\n< Memeriksa permohonan\n")
	before.close()
	changed := bytes.ReplaceAll(source, []byte("kegiatan: Memeriksa permohonan"), []byte("kegiatan: Meneliti permohonan"))
	o := reopen(t, Config{Dir: dir, SOP: changed}, monday().Add(2*time.Hour))
	o.script("[loket]\n> /tugas\n< Memeriksa permohonan\n! Meneliti permohonan\n> 1\n> Yang belum dinilai sesuai semua\n> Lengkap, lanjutkan\n< berkas lengkap")
	o.begun()
	o.script("[pemohon1]\n" + file + "[loket]\n< Meneliti permohonan\n> buka {kasus}\n< Meneliti permohonan")
}
