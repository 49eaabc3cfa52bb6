package sop_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"izinbot/workflow/sop"
)

// broken is a set of edits to testdata/reklame.yaml. What an edit puts in says
// in comments, "# ! text", which fault is expected in that line; several are
// separated by " ! ". No other fault may come.
type broken struct {
	name  string
	edits []string // old, new, old, new …
}

func TestFaults(t *testing.T) {
	cases := slices.Concat(valueFaults(), roleFaults(), stepFaults(), flowFaults(), paperFaults(), fieldFaults(), letterFaults(), ladderFaults())
	base, _ := reklame(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := string(base)
			for i := 0; i+1 < len(c.edits); i += 2 {
				if strings.Count(src, c.edits[i]) != 1 {
					t.Fatalf("%q stands %d times in the file", c.edits[i], strings.Count(src, c.edits[i]))
				}
				src = strings.Replace(src, c.edits[i], c.edits[i+1], 1)
			}
			compareFaults(t, src)
		})
	}
}

func compareFaults(t *testing.T, src string) {
	t.Helper()
	var want sop.Faults
	for i, line := range strings.Split(src, "\n") {
		_, notes, _ := strings.Cut(line, "# ! ")
		for note := range strings.SplitSeq(notes, " ! ") {
			if note != "" {
				want = append(want, sop.Fault{Line: i + 1, Text: note})
			}
		}
	}
	_, err := sop.Parse([]byte(src))
	var got sop.Faults
	if err != nil && !errors.As(err, &got) {
		t.Fatalf("error is %T", err)
	}
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Errorf("unexpected %v", f)
		}
	}
	for _, f := range want {
		if !slices.Contains(got, f) {
			t.Errorf("missing    %v", f)
		}
	}
}

func valueFaults() []broken {
	return []broken{
		{"unknown key", []string{"    output: Resi\n", "    output: Resi\n    warna: biru # ! langkah 3: kunci “warna” tidak dikenal\n"}},
		{"misspelt key", []string{
			"    kegiatan: Memberikan resi", "    kegiatn: Memberikan resi # ! langkah 3: kunci “kegiatn” tidak dikenal, mungkin maksudnya “kegiatan”",
			"  - no: 3\n", "  - no: 3 # ! langkah 3: “kegiatan” belum diisi\n",
		}},
		{"duplicate key", []string{"kode: RKL\n", "kode: RKL\nkode: RKX # ! SOP: kunci “kode” ditulis dua kali, pertama di baris 7\n"}},
		{"number for a text", []string{`versi: "1"`, `versi: 1 # ! SOP: “versi” harus teks, apit dengan tanda kutip: "1"`}},
		{"list for a text", []string{"    output: Resi\n", "    output: [Resi] # ! langkah 3: “output” harus teks\n"}},
		{"text for a number", []string{"tarif: 0", "tarif: gratis # ! SOP: “tarif” harus bilangan bulat mulai dari 0"}},
		{"negative tariff", []string{"tarif: 0", "tarif: -1 # ! SOP: “tarif” harus bilangan bulat mulai dari 0"}},
		{"text for a list", []string{"keterkaitan: [SOP Surat Masuk]", "keterkaitan: SOP Surat Masuk # ! SOP: “keterkaitan” harus berupa daftar"}},
		{"text for a table", []string{"layanan:\n  waktu: 3 hari kerja\n  dasar: Keputusan CONTOH 1/2026\n", "layanan: 3 hari # ! layanan: harus berupa pasangan “kunci: nilai”\n"}},
		{"neither yes nor no", []string{"mulai_layanan: ya", "mulai_layanan: true # ! langkah 3: “mulai_layanan” harus “ya” atau “tidak”", "layanan:\n", "layanan: # ! SOP: “layanan” diisi tetapi tidak ada langkah dengan “mulai_layanan: ya”\n"}},
		{"alias", []string{"    output: Resi\n", "    output: &x Resi\n", "    kelengkapan: Surat izin\n", "    kelengkapan: *x # ! langkah 6: “kelengkapan” harus teks\n"}},
		{"missing head", []string{"judul: Penerbitan Izin Reklame CONTOH\n", "", "nama: reklame\n", "nama: reklame # ! SOP: “judul” belum diisi\n"}},
		{"empty value", []string{"judul: Penerbitan Izin Reklame CONTOH\n", "judul: # ! SOP: “judul” belum diisi\n"}},
		{"empty list", []string{"dasar_hukum:\n  - Peraturan CONTOH Nomor 1 Tahun 2026\n", "dasar_hukum: [] # ! SOP: “dasar_hukum” belum diisi\n"}},
		{"bad code", []string{"kode: RKL", "kode: Reklame # ! SOP: “kode” tidak boleh “Reklame”; tulis huruf besar: kode SOP 2 sampai 5 huruf, kode dokumen seperti B1"}},
		{"code too long", []string{"kode: RKL", "kode: ABCDEF # ! SOP: “kode” tidak boleh “ABCDEF”; tulis huruf besar: kode SOP 2 sampai 5 huruf, kode dokumen seperti B1"}},
		{"bad time", []string{"    waktu: 15 Menit", "    waktu: sebentar # ! langkah 3: “waktu” tidak dapat dibaca: “sebentar”; tulis misalnya “15 Menit”, “2 Jam” atau “3 Hari”"}},
		{"bad reply time", []string{"batas_jawab: 5 hari kerja", "batas_jawab: 0 hari # ! SOP: “batas_jawab” tidak dapat dibaca: “0 hari”; tulis misalnya “15 Menit”, “2 Jam” atau “3 Hari”"}},
		{"syntax", []string{"tarif: 0", "tarif: [0 # ! tulisan YAML tidak dapat dibaca; periksa inden, tanda kutip dan titik dua di sekitar baris ini"}},
		{"second document", []string{"alasan: []\n", "alasan: []\n--- # ! hanya boleh ada satu SOP dalam satu berkas\nnama: lain\n"}},
	}
}

func roleFaults() []broken {
	return []broken{
		{"two heads", []string{"jabatan: Petugas Loket, atasan: kepala}", "jabatan: Petugas Loket} # ! peran loket: “atasan” belum diisi; hanya kepala kantor yang tidak mempunyai atasan"}},
		{"no head", []string{
			"jabatan: Kepala Kantor}", "jabatan: Kepala Kantor, atasan: penata} # ! peran kepala: rantai atasan berputar kembali ke “kepala”",
			"jabatan: Penata Perizinan, atasan: kepala}", "jabatan: Penata Perizinan, atasan: kepala} # ! peran penata: rantai atasan berputar kembali ke “penata”",
		}},
		{"superior of himself", []string{"jabatan: Kepala Kantor}", "jabatan: Kepala Kantor, atasan: kepala} # ! peran kepala: rantai atasan berputar kembali ke “kepala”"}},
		{"unknown superior", []string{"jabatan: Petugas Loket, atasan: kepala}", "jabatan: Petugas Loket, atasan: camat} # ! peran loket: “atasan”: peran “camat” tidak ada pada daftar “peran”"}},
		{"applicant as superior", []string{"jabatan: Petugas Loket, atasan: kepala}", "jabatan: Petugas Loket, atasan: pemohon} # ! peran loket: “atasan” tidak boleh pemohon"}},
		{"applicant with superior", []string{"nama: {id: Pemohon, en: Applicant}}", "nama: {id: Pemohon, en: Applicant}, atasan: kepala} # ! peran pemohon: pemohon tidak mempunyai atasan"}},
		{"reserved role", []string{"  - {kunci: kepala, nama: {id: Kepala Kantor", "  - {kunci: admin, nama: {id: Admin}, jabatan: Admin, atasan: kepala} # ! peran admin: peran “admin” sudah dipakai program\n  - {kunci: kepala, nama: {id: Kepala Kantor"}},
		{"role twice", []string{"  - {kunci: kepala, nama: {id: Kepala Kantor", "  - {kunci: loket, nama: Loket, jabatan: Loket, atasan: kepala} # ! peran loket: “kunci: loket” sudah ada di baris 21\n  - {kunci: kepala, nama: {id: Kepala Kantor"}},
		{"no title", []string{"jabatan: Petugas Loket, atasan: kepala}", "atasan: kepala} # ! peran loket: “jabatan” belum diisi"}},
		{"no English is fine", []string{"{id: Loket, en: Counter}", "Loket"}},
		{"English alone is not", []string{"{id: Loket, en: Counter}, jabatan: Petugas Loket, atasan: kepala}", "{en: Counter}, jabatan: Petugas Loket, atasan: kepala} # ! peran loket, “nama”: “id” belum diisi"}},
	}
}

func stepFaults() []broken {
	return []broken{
		{"no deadline", []string{"    waktu: 15 Menit\n", "", "  - no: 3\n", "  - no: 3 # ! langkah 3: “waktu” belum diisi\n"}},
		{"gap", []string{
			"  - no: 6\n", "  - no: 7 # ! langkah 7: nomor tidak urut: setelah 5 harus 6 ! langkah 7: tidak pernah dicapai dari langkah pertama\n",
			"      - {hasil: lanjut, ke: 6, kabar: ditandatangani}", "      - {hasil: lanjut, ke: 6, kabar: ditandatangani} # ! langkah 5, lanjut: tidak ada langkah 6",
		}},
		{"number twice", []string{
			"  - no: 3\n", "  - no: 2 # ! langkah 2: nomor 2 sudah dipakai di baris 34\n",
			"      - {hasil: lengkap, ke: 3}", "      - {hasil: lengkap, ke: 4}", "  - no: 4\n", "  - no: 4 # ! langkah 4: nomor tidak urut: setelah 2 harus 3\n",
		}},
		{"no number", []string{
			"  - no: 6\n", "  - no: enam # ! langkah: “no” harus bilangan bulat mulai dari 1\n",
			"      - {hasil: lanjut, ke: 6, kabar: ditandatangani}", "      - {hasil: lanjut, ke: 6, kabar: ditandatangani} # ! langkah 5, lanjut: tidak ada langkah 6",
		}},
		{"unknown role", []string{"    pelaksana: penata", "    pelaksana: juru_tulis # ! langkah 4: “pelaksana”: peran “juru_tulis” tidak ada pada daftar “peran”"}},
		{"unknown kind", []string{
			"    aksi: tandatangan", "    aksi: teken # ! langkah 5: “aksi” tidak mengenal “teken”; pilihannya: ajukan, periksa, terbitkan, koordinasi, tinjau, rekomendasi, draf, paraf, tandatangan, nomor, sampaikan, terima",
			"    aksi: sampaikan", "    aksi: sampaikan # ! langkah 6: “aksi: sampaikan” harus didahului “aksi: tandatangan” pada setiap jalan",
		}},
		{"unknown outcome", []string{"hasil: lengkap", "hasil: komplet", "ke: 3}", "ke: 3} # ! langkah 2, lanjut: “hasil” tidak mengenal “komplet”; pilihannya: lanjut, lengkap, kurang, direkomendasikan, tidak_direkomendasikan, dikembalikan"}},
		{"missing outcome", []string{"      - {hasil: dikembalikan, ke: 4}\n", "", "    waktu: 4 Jam\n    output: Surat izin\n    lanjut:\n", "    waktu: 4 Jam\n    output: Surat izin\n    lanjut: # ! langkah 5: “lanjut” belum menyebut “hasil: dikembalikan”\n"}},
		{"outcome too many", []string{"    lanjut: [{hasil: lanjut, ke: 5}]", "    lanjut: [{hasil: lanjut, ke: 5}, {hasil: dikembalikan, ke: 4}] # ! langkah 4, lanjut: “hasil: dikembalikan” tidak berlaku untuk “aksi: draf”"}},
		{"outcome twice", []string{"      - {hasil: kurang, ke: 1}", "      - {hasil: kurang, ke: 1}\n      - {hasil: kurang, ke: 1} # ! langkah 2, lanjut: “hasil: kurang” sudah ada di baris 42"}},
		{"both to and end", []string{"{hasil: lanjut, ke: 5}", "{hasil: lanjut, ke: 5, selesai: terbit}", "ke: 5, selesai: terbit}]", "ke: 5, selesai: terbit}] # ! langkah 4, lanjut: isi salah satu: “ke” atau “selesai” ! langkah 4, lanjut: selesai padahal surat dari langkah 4 belum ditandatangani"}},
		{"unknown end", []string{"selesai: terbit, kabar: selesai_terbit}]", "selesai: tamat}] # ! langkah 6, lanjut: “selesai” tidak mengenal “tamat”; pilihannya: terbit, ditolak"}},
		{"unknown news", []string{"kabar: lengkap}]", "kabar: hore}] # ! langkah 3, lanjut: “kabar” tidak mengenal “hore”; pilihannya: " + strings.Join(sop.TellWords(), ", ")}},
		{"applicant at work", []string{"    pelaksana: penata", "    pelaksana: pemohon # ! langkah 4: “aksi: draf” tidak boleh dilakukan pemohon"}},
		{"officer applies", []string{"    pelaksana: pemohon", "    pelaksana: loket # ! langkah 1: “aksi: ajukan” harus dilakukan pemohon"}},
		{"key of another kind", []string{"    aksi: sampaikan", "    aksi: sampaikan\n    penanda_tangan: kepala # ! langkah 6: “penanda_tangan” tidak berlaku untuk “aksi: sampaikan”\n    persetujuan: 2 # ! langkah 6: “persetujuan” tidak berlaku untuk “aksi: sampaikan”\n    surat: [resi] # ! langkah 6: “surat” tidak berlaku untuk “aksi: sampaikan”"}},
		{"coordination without signer", []string{"    aksi: terbitkan", "    aksi: koordinasi", "  - no: 3\n", "  - no: 3 # ! langkah 3: “penanda_tangan” belum diisi\n"}},
		{"signer unknown", []string{"    aksi: terbitkan", "    aksi: koordinasi\n    penanda_tangan: camat # ! langkah 3: “penanda_tangan”: peran “camat” tidak ada pada daftar “peran”"}},
		{"visit without checks", []string{"    aksi: terbitkan", "    aksi: tinjau", "  - no: 3\n", "  - no: 3 # ! langkah 3: “daftar_periksa” belum diisi ! langkah 3: “persetujuan” belum diisi\n"}},
		{"service starts twice", []string{"    aksi: draf", "    aksi: draf\n    mulai_layanan: ya # ! langkah 4: layanan sudah dimulai di baris 53"}},
		{"service never starts", []string{"    mulai_layanan: ya\n", "", "layanan:\n", "layanan: # ! SOP: “layanan” diisi tetapi tidak ada langkah dengan “mulai_layanan: ya”\n"}},
		{"start without service", []string{"layanan:\n  waktu: 3 hari kerja\n  dasar: Keputusan CONTOH 1/2026\n", "", "    mulai_layanan: ya", "    mulai_layanan: ya # ! langkah 3: “mulai_layanan” tanpa “layanan” di awal berkas"}},
	}
}

func flowFaults() []broken {
	return []broken{
		{"to no step", []string{
			"{hasil: lanjut, ke: 5}]", "{hasil: lanjut, ke: 9}] # ! langkah 4, lanjut: tidak ada langkah 9",
			"  - no: 5\n", "  - no: 5 # ! langkah 5: tidak pernah dicapai dari langkah pertama; begitu juga langkah 6\n",
		}},
		{"unreachable", []string{"{hasil: lengkap, ke: 3}", "{hasil: lengkap, ke: 4}", "  - no: 3\n", "  - no: 3 # ! langkah 3: tidak pernah dicapai dari langkah pertama\n"}},
		{"trap", []string{
			"    lanjut: [{hasil: lanjut, ke: 5}]", "    lanjut: [{hasil: lanjut, ke: 4}] # ! langkah 4: tidak ada jalan ke “selesai”; permohonan berputar di langkah 4",
			"  - no: 5\n", "  - no: 5 # ! langkah 5: tidak pernah dicapai dari langkah pertama; begitu juga langkah 6\n",
		}},
		{"no end", []string{"{hasil: lanjut, selesai: terbit, kabar: selesai_terbit}", "{hasil: lanjut, ke: 4}", "langkah:\n", "langkah: # ! SOP: tidak ada langkah yang selesai; isi “selesai” pada langkah terakhir\n"}},
		{"first is no submission", []string{"    aksi: ajukan", "    aksi: terima # ! langkah 1: langkah pertama harus “aksi: ajukan” ! langkah 1: “aksi: terima” harus didahului “aksi: draf” pada setiap jalan"}},
		{"second submission", []string{
			"    aksi: terbitkan\n    surat: [resi]\n", "    aksi: ajukan # ! langkah 3: “aksi: ajukan” hanya untuk langkah pertama\n",
			"    pelaksana: loket\n    kelengkapan: Berkas lengkap\n", "    pelaksana: loket # ! langkah 3: “aksi: ajukan” harus dilakukan pemohon\n    kelengkapan: Berkas lengkap\n",
		}},
		{"incomplete to the wrong step", []string{"      - {hasil: kurang, ke: 1}", "      - {hasil: kurang, ke: 3} # ! langkah 2, lanjut: “hasil: kurang” harus “ke: 1”, langkah pemohon"}},
	}
}

func paperFaults() []broken {
	return []broken{
		{"signature without draft", []string{
			"{hasil: lanjut, ke: 4, kabar: lengkap}", "{hasil: lanjut, ke: 5, kabar: lengkap}",
			"    aksi: tandatangan", "    aksi: tandatangan # ! langkah 5: “aksi: tandatangan” harus didahului “aksi: draf” pada setiap jalan",
			"    aksi: sampaikan", "    aksi: sampaikan # ! langkah 6: “aksi: sampaikan” harus didahului “aksi: draf” pada setiap jalan",
		}},
		{"return to another step", []string{"      - {hasil: dikembalikan, ke: 4}", "      - {hasil: dikembalikan, ke: 3} # ! langkah 5, lanjut: “hasil: dikembalikan” harus “ke: 4”, langkah yang membuat surat"}},
		{"unsigned letter sent", []string{
			"{hasil: lanjut, ke: 5}", "{hasil: lanjut, ke: 6}", "    aksi: sampaikan", "    aksi: sampaikan # ! langkah 6: “aksi: sampaikan” harus didahului “aksi: tandatangan” pada setiap jalan",
			"  - no: 5\n", "  - no: 5 # ! langkah 5: tidak pernah dicapai dari langkah pertama\n",
		}},
		{"signed twice", []string{
			"    aksi: sampaikan", "    aksi: tandatangan # ! langkah 6: “aksi: tandatangan” tidak boleh setelah surat ditandatangani",
			"    lanjut: [{hasil: lanjut, selesai: terbit, kabar: selesai_terbit}]", "    lanjut: [{hasil: lanjut, selesai: terbit}, {hasil: dikembalikan, ke: 4}]",
		}},
		{"number without register", []string{"    aksi: sampaikan", "    aksi: nomor # ! langkah 6: surat dari langkah 4 tidak memakai register, jadi tidak diberi nomor"}},
		{"register without number step is fine", []string{"hal: Izin Reklame}", "hal: Izin Reklame, register: izin, klasifikasi: \"503\"}"}},
		{"number forgotten on one way", []string{
			"hal: Izin Reklame}", "hal: Izin Reklame, register: izin, klasifikasi: \"503\"}",
			"    aksi: sampaikan", "    aksi: sampaikan # ! langkah 6: surat dari langkah 4 memakai register, jadi harus didahului “aksi: nomor”\n" + numbering,
		}},
		{"initials before the draft", []string{
			"    aksi: terbitkan\n    surat: [resi]\n", "    aksi: paraf # ! langkah 3: “aksi: paraf” harus didahului “aksi: draf” pada setiap jalan\n",
			"    lanjut: [{hasil: lanjut, ke: 4, kabar: lengkap}]", "    lanjut: [{hasil: lanjut, ke: 4}, {hasil: dikembalikan, ke: 4}]",
		}},
		{"receipt by an officer", []string{"    aksi: sampaikan", "    aksi: terima", "    pelaksana: loket\n    kelengkapan: Surat izin\n", "    pelaksana: loket # ! langkah 6: “aksi: terima” harus dilakukan pemohon\n    kelengkapan: Surat izin\n"}},
		{"receipt without delivery is fine", []string{"    aksi: sampaikan", "    aksi: terima", "    pelaksana: loket\n    kelengkapan: Surat izin\n", "    pelaksana: pemohon\n    kelengkapan: Surat izin\n"}},
		{"ends while unnumbered", []string{
			"hal: Izin Reklame}", "hal: Izin Reklame, register: izin, klasifikasi: \"503\"}",
			"    aksi: sampaikan", "    aksi: terbitkan\n" + numbering,
			"selesai: terbit, kabar: selesai_terbit}]", "selesai: terbit}] # ! langkah 6, lanjut: selesai padahal surat dari langkah 4 belum diberi nomor",
		}},
		{"numbered twice", []string{
			"hal: Izin Reklame}", "hal: Izin Reklame, register: izin, klasifikasi: \"503\"}",
			"    aksi: sampaikan", "    aksi: nomor\n" + strings.Replace(strings.Replace(numbering, " # ! langkah 7: tidak pernah dicapai dari langkah pertama", "", 1),
				"aksi: nomor", "aksi: nomor # ! langkah 7: surat sudah diberi nomor pada langkah sebelumnya", 1),
			"selesai: terbit, kabar: selesai_terbit}]", "ke: 7}]",
		}},
		{"no draft letter", []string{"    surat: [surat_izin]\n", "", "  - no: 4\n", "  - no: 4 # ! langkah 4: “aksi: draf” harus membuat tepat satu surat, sekarang 0\n"}},
		{"two draft letters", []string{"    surat: [surat_izin]", "    surat: [surat_izin, resi] # ! langkah 4: “aksi: draf” harus membuat tepat satu surat, sekarang 2"}},
	}
}

// numbering is a row that nothing leads to.
const numbering = `  - no: 7 # ! langkah 7: tidak pernah dicapai dari langkah pertama
    kegiatan: Memberi nomor
    pelaksana: loket
    kelengkapan: Surat izin
    waktu: 1 Jam
    output: Nomor
    lanjut: [{hasil: lanjut, selesai: terbit}]
    aksi: nomor`

func fieldFaults() []broken {
	return []broken{
		{"unknown type", []string{"tipe: paragraf, makna: lokasi}", "tipe: naskah, makna: lokasi} # ! formulir tempat: “tipe” tidak mengenal “naskah”; pilihannya: teks, paragraf, email, telepon, tanggal, koordinat, pilihan, angka, daftar, alasan, petugas"}},
		{"unknown meaning", []string{"makna: lokasi}", "makna: letak} # ! formulir tempat: “makna” tidak mengenal “letak”; pilihannya: lembaga, negara, pimpinan, nomor_identitas, alamat, lokasi, titik_lokasi, bidang, kuasa, email, telepon, periode, mitra, berlaku_sampai, tanggal_kunjungan, tim, nomor_surat, tanggal_surat"}},
		{"no body", []string{"tipe: teks, makna: lembaga}", "tipe: teks}", "formulir:\n", "formulir: # ! SOP: belum ada isian dengan “makna: lembaga”\n"}},
		{"meaning twice", []string{"makna: lokasi}", "makna: lembaga} # ! formulir tempat: “makna: lembaga” sudah ada di baris 89"}},
		{"meaning of another type", []string{"tipe: tanggal, makna: berlaku_sampai}", "tipe: teks, makna: berlaku_sampai} # ! langkah 4, isian berlaku_sampai: “makna: berlaku_sampai” memerlukan “tipe: tanggal”"}},
		{"field twice", []string{
			"kunci: tempat, label: {id: Tempat reklame, en: Place of the billboard}, kelompok: {id: Reklame, en: Billboard}, tipe: paragraf, makna: lokasi}",
			"kunci: usaha, label: Tempat, tipe: paragraf, makna: lokasi} # ! formulir usaha: “kunci: usaha” sudah ada di baris 89",
		}},
		{"bad key", []string{"kunci: tempat,", "kunci: Tempat 1,", "makna: lokasi}", "makna: lokasi} # ! formulir: “kunci” tidak boleh “Tempat 1”; pakai huruf kecil, angka dan garis bawah saja"}},
		{"question after an unknown document", []string{"tipe: paragraf, makna: lokasi}", "tipe: paragraf, setelah: Z9, makna: lokasi} # ! formulir tempat: dokumen “Z9” tidak ada"}},
		{"question after a document that is not always there", []string{"tipe: paragraf, makna: lokasi}", "tipe: paragraf, setelah: R2, makna: lokasi} # ! formulir tempat: dokumen “R2” tidak selalu diminta, jadi isian ini perlu “wajib: tidak”"}},
		{"question of a step after a document", []string{"tipe: tanggal, makna: berlaku_sampai}", "tipe: tanggal, makna: berlaku_sampai, setelah: R1} # ! langkah 4, isian berlaku_sampai: “setelah” hanya untuk isian formulir"}},
		{"choice without options", []string{
			"    pilihan:\n      - {kunci: kecil, label: {id: Sampai 4 m², en: Up to 4 m²}}\n      - {kunci: besar, label: {id: Lebih dari 4 m², en: Over 4 m²}}\n", "",
			"  - kunci: ukuran\n", "  - kunci: ukuran # ! formulir ukuran: “pilihan” belum diisi\n",
		}},
		{"options without choice", []string{"    tipe: pilihan\n    pilihan:\n", "    tipe: teks\n    pilihan: # ! formulir ukuran: “pilihan” hanya untuk “tipe: pilihan”\n"}},
		{"option twice", []string{"      - {kunci: besar, label: {id: Lebih dari 4 m², en: Over 4 m²}}", "      - {kunci: kecil, label: Lain} # ! formulir ukuran, pilihan kecil: “kunci: kecil” sudah ada di baris 96"}},
		{"default not among options", []string{"    bawaan: kecil", "    bawaan: raksasa # ! formulir ukuran: “bawaan: raksasa” tidak ada pada “pilihan”"}},
		{"default of another type", []string{"tipe: tanggal, makna: berlaku_sampai}", "tipe: tanggal, bawaan: besok} # ! langkah 4, isian berlaku_sampai: “bawaan: besok” bukan isian yang benar untuk “tipe: tanggal”"}},
		{"officers without role", []string{"tipe: tanggal, makna: berlaku_sampai}", "tipe: petugas} # ! langkah 4, isian berlaku_sampai: “peran” belum diisi"}},
		{"officers of no role", []string{"tipe: tanggal, makna: berlaku_sampai}", "tipe: petugas, peran: tim} # ! langkah 4, isian berlaku_sampai: “peran”: peran “tim” tidak ada pada daftar “peran”"}},
		{"role without officers", []string{"tipe: tanggal, makna: berlaku_sampai}", "tipe: teks, peran: loket} # ! langkah 4, isian berlaku_sampai: “peran” hanya untuk “tipe: petugas”"}},
		{"fields where none are asked", []string{"    aksi: sampaikan", "    aksi: sampaikan\n    isian: [{kunci: a, label: A, tipe: teks}] # ! langkah 6: “isian” tidak berlaku untuk “aksi: sampaikan”"}},
		{"unknown need", []string{"en: Drawing of the billboard}, dasar: Peraturan CONTOH Nomor 1, perlu: wajib}", "en: Drawing of the billboard}, dasar: Peraturan CONTOH Nomor 1, perlu: kadang} # ! dokumen R1: “perlu” tidak mengenal “kadang”; pilihannya: wajib, bila dikuasakan, bila ada"}},
		{"unknown mark of personal data", []string{"en: Drawing of the billboard}, dasar: Peraturan CONTOH Nomor 1, perlu: wajib}", "en: Drawing of the billboard}, dasar: Peraturan CONTOH Nomor 1, perlu: wajib, pribadi: mungkin} # ! dokumen R1: “pribadi” harus “ya” atau “tidak”"}},
		{"document twice", []string{"kode: R2,", "kode: R1,", "perlu: bila ada}", "perlu: bila ada} # ! dokumen R1: “kode: R1” sudah ada di baris 85"}},
		{"bad document code", []string{"kode: R2,", "kode: izin,", "perlu: bila ada}", "perlu: bila ada} # ! dokumen: “kode” tidak boleh “izin”; tulis huruf besar: kode SOP 2 sampai 5 huruf, kode dokumen seperti B1"}},
		{"proxy without question", []string{"perlu: bila ada}", "perlu: bila dikuasakan} # ! dokumen R2: “bila dikuasakan” memerlukan isian formulir dengan “makna: kuasa”"}},
	}
}

func letterFaults() []broken {
	return []broken{
		{"letter not defined", []string{"    surat: [resi]", "    surat: [resi, disposisi] # ! langkah 3: surat “disposisi” tidak ada pada daftar “surat”"}},
		{"letter named twice", []string{"    surat: [resi]", "    surat: [resi, resi] # ! langkah 3: surat “resi” ditulis dua kali"}},
		{"letter defined twice", []string{"  - {jenis: resi, judul: RESI PENERIMAAN}", "  - {jenis: resi, judul: RESI PENERIMAAN}\n  - {jenis: resi, judul: RESI} # ! surat resi: “jenis: resi” sudah ada di baris 102"}},
		{"letter that nobody draws", []string{"  - {jenis: resi, judul: RESI PENERIMAAN}", "  - {jenis: resi, judul: RESI PENERIMAAN}\n  - {jenis: puisi, judul: PUISI} # ! surat: “jenis” tidak mengenal “puisi”; pilihannya: klarifikasi, resi, disposisi, permintaan_rekomendasi, perintah_tugas, berita_acara, rekomendasi, surat_penolakan, surat_izin, skrd"}},
		{"no clarification", []string{"  - {jenis: klarifikasi, judul: KLARIFIKASI BERKAS}\n", "", "surat:\n  - {jenis: resi", "surat: # ! SOP: surat “klarifikasi” belum ada; langkah 2 memakainya\n  - {jenis: resi"}},
		{"unknown register", []string{"hal: Izin Reklame}", "hal: Izin Reklame, register: buku, klasifikasi: \"503\"} # ! surat surat_izin: “register” tidak mengenal “buku”; pilihannya: surat_keluar, izin, berita_acara, rekomendasi, skrd"}},
		{"register without class", []string{"hal: Izin Reklame}", "hal: Izin Reklame, register: izin} # ! surat surat_izin: “klasifikasi” belum diisi"}},
		{"reason without article", []string{"alasan: []", "alasan:\n  - {sebab: Gambar tidak jelas} # ! alasan: “dasar” belum diisi"}},
	}
}

func TestFaultsComeAllAtOnceAndInOrder(t *testing.T) {
	src, err := os.ReadFile("testdata/salah.yaml")
	if err != nil {
		t.Fatal(err)
	}
	compareFaults(t, string(src))
	_, err = sop.Parse(src)
	var faults sop.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("error = %v", err)
	}
	if !slices.IsSortedFunc(faults, func(a, b sop.Fault) int { return a.Line - b.Line }) {
		t.Errorf("faults are not in the order of their lines:\n%v", err)
	}
	if first, _, _ := strings.Cut(err.Error(), "\n"); first != faults[0].String() || !strings.HasPrefix(first, "baris ") {
		t.Errorf("first line of the error is %q", first)
	}
}

func TestTooManySteps(t *testing.T) {
	src, _ := reklame(t)
	head, rest, _ := strings.Cut(string(src), "langkah:\n")
	_, tail, _ := strings.Cut(rest, "dokumen:\n")
	step := "  - {no: 1, kegiatan: a, pelaksana: loket, kelengkapan: b, waktu: 1 Jam, output: c, aksi: terbitkan, lanjut: [{hasil: lanjut, ke: 1}]}\n"
	_, err := sop.Parse([]byte(head + "langkah:\n" + strings.Repeat(step, sop.MaxSteps+1) + "dokumen:\n" + tail))
	if err == nil || !strings.Contains(err.Error(), "baris 25: SOP: terlalu banyak langkah; paling banyak 200") {
		t.Errorf("error = %.300v", err)
	}
}

func TestEmptyAndHugeFiles(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"empty":    {"", "baris 1: berkas kosong"},
		"comments": {"# kosong\n", "baris 1: berkas kosong"},
		"huge":     {strings.Repeat("#\n", sop.MaxSize), "baris 1: berkas terlalu besar; paling besar 1 MB"},
		"scalar":   {"halo", "baris 1: SOP: harus berupa pasangan “kunci: nilai”"},
		"binary":   {"\x00\x01\x02", "baris 1: tulisan YAML tidak dapat dibaca; periksa inden, tanda kutip dan titik dua di sekitar baris ini"},
	} {
		if _, err := sop.Parse([]byte(c.src)); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
