package sop_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"izinbot/workflow"
)

// table is the SOP's own, transcribed from the scan of
// SOP/III.2 - 11/DPMPTSPK/2020: no, kegiatan, pelaksana, kelengkapan, waktu,
// output, what follows.
const table = `
1 | Menyampaikan Permohonan | Pemohon | Berkas Permohonan | 15 Menit | Berkas Diterima | 2
2 | Menerima dan memeriksa kelengkapan berkas | Front Office | Berkas Diterima | 2 Jam | Klarifikasi Berkas | lengkap → 3; kurang → 1
3 | Memberikan Resi Penerimaan Berkas | Front Office | Berkas Lengkap | 30 Menit | Resi Penerimaan | 4
4 | Mengentri berkas permohonan dalam aplikasi e-perizinan dan meneruskan ke Backoffice | Front Office | Aplikasi Perizinan | 1 Jam | Lembar Disposisi | 5
5 | Verifikasi Berkas dan proses permohonan izin | Backoffice / Ka Seksi Pel II | Berkas, Standar Pelayanan, SK Tim Teknis | 2 Jam | Berkas siap diproses | siap → 6; perlu klarifikasi → 1
6 | Koordinasi Tim Teknis | Backoffice / Ka Seksi Pel II | Surat Permintaan Rekomendasi | 3 Hari | Surat Rekomendasi | 7
7 | Peninjauan lapangan | Tim Teknis | Surat Perintah Tugas | 2 Hari | Berita Acara | 8
8 | Pemberian Rekomendasi | Tim Teknis | Hasil Penilaian | 3 Hari | Rekomendasi | tidak direkomendasikan → 9; direkomendasikan → 16
9 | Pembuatan Surat Penolakan Izin | Backoffice / Ka Seksi Pel II | Draf Surat Penolakan | 2 Jam | Surat Penolakan | 10
10 | Paraf Surat Penolakan | Kabid Pelayanan | Draf Surat Penolakan | 1 Jam | Paraf | 11; dikembalikan → 9
11 | Paraf Surat Penolakan | Sekretaris | Draf Surat Penolakan | 1 Jam | Paraf | 12; dikembalikan → 9
12 | Penandatanganan Surat Penolakan | Kadis | Draf Surat Penolakan Berparaf | 2 Jam | Surat Penolakan | 13; dikembalikan → 9
13 | Penomoran Surat Keluar | Ksb. Umum | Buku Agenda, Surat | 1 Jam | Surat Penolakan | 14
14 | Penyampaian Surat Penolakan | Front Office | Surat Penolakan | 1 Hari | Surat Penolakan | 15
15 | Surat Penolakan Diterima | Pemohon | Buku Ekspedisi, Surat Penolakan, Resi Penerimaan | 15 Menit | Surat Penolakan | end: ditolak
16 | Rekomendasi Diterima | Backoffice / Ka Seksi Pel II | Surat Rekomendasi dan SKRD | 30 Menit | Rekomendasi | 17
17 | Mencetak Izin dan Pemberian Paraf | Backoffice / Ka Seksi Pel II | Draft Surat Izin | 30 Menit | Draf Surat Izin | 18
18 | Pemberian Paraf | Kabid Pelayanan | Draf Surat Izin | 1 Jam | Draf Surat Izin Berparaf | 19; dikembalikan → 17
19 | Pemberian Paraf | Sekretaris | Draf Surat Izin | 1 Jam | Draf Surat Izin Berparaf | 20; dikembalikan → 17
20 | Penandatanganan Surat Izin | Kadis | Draf Surat Izin Berparaf | 1 Hari | Surat Izin | 21; dikembalikan → 17
21 | Memberikan Nomor Izin | Ksb. Umum | Buku Agenda Penomoran Izin | 15 Menit | Surat Izin Bernomor | 22
22 | Menyampaikan Surat Izin ke Pemohon | Front Office | Surat Izin Bernomor | 30 Menit | Surat Izin Bernomor | 23
23 | Surat Izin diterima Pemohon | Pemohon | Ekspedisi, Surat Izin, Resi Penerimaan | 30 Menit | Surat Izin Diterima | end: terbit
`

func TestDefaultRowsAreTheSOPs(t *testing.T) {
	def := defaultSOP(t)
	want := strings.Split(strings.TrimSpace(table), "\n")
	if len(def.Steps) != len(want) {
		t.Fatalf("%d rows, want %d", len(def.Steps), len(want))
	}
	for i, st := range def.Steps {
		role, ok := def.RoleDef(st.Role)
		if !ok {
			t.Fatalf("row %d: no role %s", st.No, st.Role)
		}
		got := strings.Join([]string{
			strconv.Itoa(st.No), st.Activity, role.Name.ID, st.Inputs, st.Time.String(), st.Output, follows(st),
		}, " | ")
		if got != want[i] {
			t.Errorf("row %d\n got %s\nwant %s", st.No, got, want[i])
		}
	}
}

// follows writes the branches as the transcription does.
func follows(st workflow.Step) string {
	var out []string
	for _, b := range st.Then {
		name := b.Label
		if name == "" && b.Outcome != workflow.OutcomeNext {
			name = string(b.Outcome)
		}
		to := strconv.Itoa(b.To)
		if b.End != "" {
			to = "end: " + b.End
		}
		if name != "" {
			to = name + " → " + to
		}
		out = append(out, to)
	}
	return strings.Join(out, "; ")
}

func TestDefaultWork(t *testing.T) {
	want := []string{
		"ajukan []", "periksa []", "terbitkan [resi]", "terbitkan [disposisi]", "periksa []",
		"koordinasi [permintaan_rekomendasi perintah_tugas]", "tinjau [berita_acara]", "rekomendasi [rekomendasi]",
		"draf [surat_penolakan]", "paraf []", "paraf []", "tandatangan []", "nomor []", "sampaikan []", "terima []",
		"terbitkan [skrd]", "draf [surat_izin]", "paraf []", "paraf []", "tandatangan []", "nomor []", "sampaikan []", "terima []",
	}
	var got []string
	for _, st := range defaultSOP(t).Steps {
		got = append(got, fmt.Sprintf("%s %v", st.Kind, st.Letters))
	}
	if !slices.Equal(got, want) {
		t.Errorf("work = %q\nwant %q", got, want)
	}
}

func TestDefaultSpecialSteps(t *testing.T) {
	def := defaultSOP(t)
	for _, st := range def.Steps {
		if st.StartsService != (st.No == 3) {
			t.Errorf("row %d starts the service: %v", st.No, st.StartsService)
		}
	}
	if st, _ := def.Step(6); st.Signer != "kadis" {
		t.Errorf("row 6 is signed by %q", st.Signer)
	}
	if st, _ := def.Step(7); st.Approvals != 2 || len(st.Checklist) != 8 {
		t.Errorf("row 7 has %d approvals and %d check items", st.Approvals, len(st.Checklist))
	}
}

func TestDefaultNewsForTheApplicant(t *testing.T) {
	want := map[int]string{
		3: "lengkap", 5: "diverifikasi", 6: "kunjungan", 8: "rekomendasi_tidak rekomendasi_ya",
		12: "ditandatangani", 13: "siap", 14: "dikirim", 15: "selesai_tolak",
		20: "ditandatangani", 21: "siap", 22: "dikirim", 23: "selesai_terbit",
	}
	for _, st := range defaultSOP(t).Steps {
		var got []string
		for _, b := range st.Then {
			if b.Tell != "" {
				got = append(got, b.Tell)
			}
		}
		if strings.Join(got, " ") != want[st.No] {
			t.Errorf("row %d tells %q, want %q", st.No, got, want[st.No])
		}
	}
}
