package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
)

// TestAnswersAsPeopleWriteThem gives at each question of the form what people wrote there:
// "+" for an answer that is taken, else what the question about it says.
func TestAnswersAsPeopleWriteThem(t *testing.T) {
	const needed, talked = "diperlukan", "belum kami catat"
	for _, at := range []struct {
		n    int
		rows map[string]string
	}{
		{1, map[string]string{
			"Fundacio\u0301n Mun\u0303oz — A\u030angstro\u0308m E\u0301COLE": "+", "Ofﬁce of Welfare": "+", "Yayasan\u2066Kasih\u2069": "+", "Selamat pagi Bu": "Selamat pagi, Bapak/Ibu Pemohon CONTOH",
			"P": "Selamat pagi", "sebentar ya": "kami tunggu", "tidak ada": needed, "berapa lama?": "sebagai pertanyaan", "👍": talked, "-": needed, "terima kasih": "Sama-sama",
			strings.Repeat("Благотворительный фонд ", 7): "+", strings.Repeat("Б", 301): "terlalu panjang: lebih 1 huruf dari 300", "Rumah 🏠 Kasih": "Tanda 🏠", "京都慈善": "ejaan Latinnya", "مؤسسة": "ejaan Latinnya", "มูลนิธิ": "ejaan Latinnya",
		}},
		{1, map[string]string{
			"wait a minute": "kami tunggu", "saya tidak tahu": needed, "belum tahu": needed, "12345": "belum terbaca", "sda": "ditulis lengkap", "idem": "ditulis lengkap", "n/a": needed, "tba": needed, "saya belum punya nama": needed,
			"Who Is Hussain": "Ya: “Who Is Hussain”", "Siap": "Ya: “Siap”", "Ok Foundation": "+", "Nama: Yayasan Kasih": "+", "Nama lembaga kami Yayasan Kasih": "+", "Nama lembaga kami adalah Kasih": "+", "nama lembaga": talked,
			"Yayasan Kasih ya": "1 Ya: Yayasan Kasih\n  2 Ya: Yayasan Kasih ya", "halo, Yayasan Kasih": "+", "Selamat pagi.\nYayasan Kasih": "+", "Our organisation is Contoh Foundation": "+", "Yayasan Kasih, terima kasih": "+",
			"hmm": talked, "wkwkwk": talked, "tidak jadi": talked, "kantor@contoh.example": "belum terbaca", "https://contoh.example": "belum terbaca", "Nama Besar": "Yang mana", "halo": "Selamat pagi", "hi": "Selamat pagi", "assalamualaikum": "Waalaikumsalam",
			"ok yayasan kasih": "Yang mana", "Nama: tidak ada": needed,
		}},
		{2, map[string]string{"Belanda ya": "+", "dari Belanda": "+", "kami dari Belanda pak": "+", "Negara Belanda": "+", "12345": "belum terbaca", "negara asal kami Belanda": "+", "from the Netherlands": "+", "saya tidak tahu": needed}},
		{4, map[string]string{"nama saya Budi": "+", "saya sendiri": talked, "My name is Budi": "+", "Nama saya: Budi": "+", "Budi, ya": "+", "Siap": "Ya: “Siap”", "12345": "belum terbaca", "Ibu Contoh": "+", "Who Is Hussain": "Ya: “Who", "siapa?": "sebagai pertanyaan"}},
		{7, map[string]string{"sda": "ditulis lengkap", "saya kurang tahu alamatnya": needed, "Medan": "belum lengkap", "Alamat: Jl. Contoh No. 1": "+", "Jl Contoh": "+", "alamat kami di Jalan Contoh 3, Medan": "+", "12345": "belum lengkap"}},
		{10, map[string]string{"sama dengan di atas": "1 Ya: Jl. Contoh No. 1, Medan", "idem": "1 Ya: Jl. Contoh No. 1, Medan", "sda": "sama dengan Alamat kantor", "sama seperti alamat kantor": "sama dengan Alamat kantor"}},
		{15, map[string]string{"belum ada mitra": needed, "mitra belum ada": needed, "tba": needed, "Mitra lokal kami LKS Contoh": "+", "menyusul": needed}},
		{2, map[string]string{"Indonesia": "Ya: Indonesia", "Republik Indonesia": "Ya: Indonesia", "dari Indonesia": "Ya: Indonesia", "Belanda": "+", "Republik Ceko": "+"}},
		{5, map[string]string{"Passport": "+", "②": "+", "yang kedua": "+", "2 (paspor)": "+", "2) Paspor": "+", "٢": "+", "xyz": "pilih salah satu", "e-KTP": "+", "bukan KTP": "pilih salah satu", "tidak punya paspor": "pilih salah satu"}},
		{6, map[string]string{"12345": "6 sampai 9 huruf dan angka", "tidak ada": needed, "1211010101900001": "bukan nomor dari jenis identitas", "x 0000000": "+"}},
		{7, map[string]string{strings.Repeat("é", 522) + " 1": "+", strings.Repeat("x\u0323", 990) + " 1": "+", "-": needed, "nanti": "kami tunggu"}},
		{8, map[string]string{
			"kantor@contoh.example.": "+", "<kantor@contoh.example>": "+", "e-mail: kantor@contoh.example": "+", "kantor@contoh.example, info@contoh.example": "Pilih satu", "tidak ada": "bukan alamat e-mail",
		}},
		{9, map[string]string{
			"\u2068+6281234567890\u2069": "+", "+1︍-555-123-4567": "+", "0031612345678": "+", "+62 0812 3456 7890": "+", "0812-3456-7890 (Bu Rina)": "+", "tel:+6281234567890": "+",
			"О81234567890": "+", "＋６２８１２３４５６７８９０": "+", "+62\u00a0812\u00a03456\u00a07890": "+", "0812/3456/7890": "+", "00000000": "nomor telepon", "081234567890 / 081345678901": "Pilih satu",
		}},
		{11, map[string]string{"Sidikalang, Dairi": "+", "kecamatan Sidikalang": "+", "Kec. Sidikalang": "+", "sidikalng": "+", "Siempat Nempu": "+", "siempat nempu hulu": "+", "nempu": "pilih salah satu", "Medan": "pilih salah satu"}},
		{13, map[string]string{
			"2°44′35.2″ LU, 98°18′45.4″ BT": "+", "98,3126 2,7431": "+", "geo:2.7431,98.3126": "+", "https://www.google.com/maps/dir//2.7431,98.3126/@2.75,98.35,14z": "+", "6MJWP8V7+6X": "+",
			"6PH5P8V7+6X": "km dari Sidikalang", "-6.2, 106.8": "km dari Sidikalang", "-2.7431, 98.3126": "610 km dari Sidikalang", "0,0": "belum menemukan lokasinya", "https://goo.gl/maps/abc123": "tekan lama titiknya", "https://maps.app.goo.gl/JH5X?g_st=ic Lokasi kami": "tekan lama titiknya",
		}},
		{14, map[string]string{"lansia": "+", "Disabilitas": "+", "anak anak": "+", "xyz": "pilih salah satu"}},
		{15, map[string]string{"tidak ada": needed, "-": needed, "LKS Contoh": "+"}},
		{16, map[string]string{"Januari 2020 - Desember 2020": "sudah lewat", "tidak tahu": needed, "forever": "dari bulan apa", "halo saya mau tanya": "Selamat pagi", "2027": "+"}},
		{17, map[string]string{"ya": talked, "diurus sendiri": "+", "saya sendiri": "+", "tidak ada": "+", "tidak": "+", "lewati": "+", "sebentar": "kami tunggu"}},
	} {
		n := at.n
		g := handlerstest.NewOffice(t, nil).Guest("ani")
		g.Begin()
		g.FillForm(handlerstest.AnswersLKS()[:n-1]...)
		again := fmt.Sprintf("%d/19", n)
		for said, want := range at.rows {
			g.Say("hmm") // nothing is offered any more
			got := g.Say(said)
			switch asked := strings.Contains(got, again); {
			case want == "+" && asked:
				t.Errorf("question %d: %q is not taken:\n%s", n, said, got)
			case want != "+" && (!asked || !strings.Contains(got, want)):
				t.Errorf("question %d: %q is not answered with %q:\n%s", n, said, want, got)
			}
			if !strings.Contains(got, again) {
				g.Expect("kembali", again)
			}
		}
	}
}

// What was understood of an unclear answer is taken by its button, or by yes.
func TestUnclearAnswersAreConfirmed(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.Say("Yayasan Contoh")
	g.Expect("Indonesia", "Izin ini untuk lembaga asing", "1 Ya: Indonesia", "2/19")
	g.Expect("iya", "3/19")
	g.FillForm(handlerstest.AnswersLKS()[2:8]...)
	g.Expect("081234567890 atau 0627 21234", "Pilih satu", "1 Ya: +6281234567890", "2 Ya: +6262721234")
	g.Expect("ya", "9/19") // which of them?
	g.Say("081234567890 atau 0627 21234")
	g.Expect("2", "10/19")
	g.FillForm(handlerstest.AnswersLKS()[9:12]...)
	g.Expect("-6.2, 106.8", "1370 km dari Sidikalang", "1 Ya: -6.20000, 106.80000")
	g.Expect("1", "14/19")
}

// Dates of expiry are read as they are written, and asked about where they are unclear.
func TestExpiryAsPeopleWriteIt(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.Send(g.PDF("A1.pdf", 1))
	g.PassLetter()
	for range 7 {
		g.Send(g.PDF(fmt.Sprintf("%d.pdf", g.Count), 1))
	}
	for _, row := range [][2]string{ // in order: "tidak ada" after a question whether there is none is a no
		{"December 31, 2027", "31 Desember 2027."},
		{"Jumat, 31 Desember 2027", "31 Desember 2027."},
		{"31-Des-27", "31 Desember 2027."},
		{"٣١/١٢/٢٠٢٧", "31 Desember 2027."},
		{"s.d. 31 Desember 2027", "31 Desember 2027."},
		{"31122027", "31 Desember 2027."},
		{"hari ini", "23 November 2026."},
		{"tidak ada masa berlaku", "tanpa masa berlaku"},
		{"tidak ada", "tanpa masa berlaku"},
		{"unlimited", "tanpa masa berlaku"},
		{"selama kegiatan berlangsung", "tanpa masa berlaku"},
		{"akhir Desember 2027", "Ya: Jumat, 31 Desember 2027"},
		{"03/04/27", "Ya: Sabtu, 3 April 2027"},
		{"none", "1 Ya: tidak ada batas waktu"},
		{"lewati", "1 Ya: tidak ada batas waktu"},
		{"-", "berlaku tanpa batas waktu?"},
		{"tidak", "berlaku tanpa batas waktu?"},
		{"belum", "berlaku tanpa batas waktu?"},
		{"22/11/2026", "sudah tidak berlaku"},
	} {
		got := g.Expect(row[0], row[1])
		if strings.Contains(got, "Dokumen 9") {
			g.Expect("kembali", "C1")
			g.Wants(g.Send(g.PDF(fmt.Sprintf("%d.pdf", g.Count), 1)), "berlaku sampai tanggal berapa")
		}
	}
	g.Say("akhir Desember 2027")
	g.Expect("ya", "C1 berlaku sampai Jumat, 31 Desember 2027.")
}

// A case's number means that case, wherever it stands, and commands are known in the dress
// in which they are sent.
func TestCommandsAsPeopleWriteThem(t *testing.T) {
	g, id := handlerstest.Applied(t)
	number := string(id)
	bare := strings.ReplaceAll(number, "-", "")
	for _, said := range []string{
		number, strings.ReplaceAll(number, "-", " "), number + ".", "resi " + number, "status: " + number, "status " + number + ".", "status *" + number + "*", "status " + bare, bare, strings.ToLower(number),
		"*STATUS " + number + "*", "Cek: ketik *STATUS " + number + "*", "status \u200e" + number, strings.ReplaceAll(number, "-", "."), strings.ReplaceAll(number, "-", "—"), "STATUS " + strings.ToLower(number) + ".",
		"ketik STATUS " + number + " ya", strings.Replace(number, "00001", "OOOOl", 1), "permohonan saya " + number + " sudah sampai mana?", number[len("LKS-2026-"):],
		"`STATUS`", "\u200estatus", "statsu", "_status_", "status!", "tolong status pak",
	} {
		if got := g.Say(said); !strings.Contains(got, "Sedang diperiksa kelengkapannya") {
			t.Errorf("%q is answered with\n%s", said, got)
		}
	}
	for said, want := range map[string]string{
		"p": "Selamat pagi, Bapak/Ibu Contoh Pimpinan", "assalamualaikum": "Waalaikumsalam, Bapak/Ibu", "👍": "Baik, Bapak/Ibu", "❤": "Sama-sama", "horas": "Horas, Bapak/Ibu", "selamat pagi bu": "Selamat pagi, Bapak/Ibu",
		"sarat": "Dokumen yang diperlukan", `"sambung 7K2M-9QXA"`: "", "berhenti": "tidak ada yang dibatalkan", "bagaimana permohonan saya": "1 Cek status",
	} {
		if got := g.Say(said); !strings.Contains(got, want) || strings.Contains(got, "belum kami pahami") {
			t.Errorf("%q is answered with\n%s", said, got)
		}
	}
	fo := g.Officer("fo", "front_office")
	for _, said := range []string{number, "*BUKA " + number + "*", "buka " + number + ".", "buka " + number + " sekarang", strings.ToLower(number)} {
		fo.Expect(said, number, "Isian permohonan")
		fo.Say("batal")
	}
	for _, said := range []string{"tugas!", "tuags", "*tugas*", "TUGAS SAYA"} {
		fo.Expect(said, number)
	}
}
