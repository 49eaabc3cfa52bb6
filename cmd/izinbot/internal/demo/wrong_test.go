package demo

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/handlers/web"
)

// wrong is something that people send where it does not belong.
type wrong struct {
	name string
	kind kind
	in   bot.Inbound
}

// kind sorts what is sent, since some of it is right at some questions.
type kind string

const (
	always   kind = "always" // wrong at every question
	number   kind = "number" // fine where words are asked for
	document kind = "document"
	picture  kind = "picture" // fine as a photo of a visit
	place    kind = "place"
	script   kind = "script" // fine where no letter prints the words
)

func wrongs(o *office) []wrong {
	o.t.Helper()
	text := func(name, s string) wrong { return wrong{name: name, kind: always, in: bot.Inbound{Text: s}} }
	file := func(name string, k kind, s web.Sample) wrong {
		f, err := o.d.Network.Keep(o.t.Context(), simulator.Upload{Name: s.Name, Photo: s.Photo, Content: bytes.NewReader(s.Data)})
		if err != nil {
			o.t.Fatal(err)
		}
		return wrong{name: name, kind: k, in: bot.Inbound{Files: []bot.InboundFile{f}}}
	}
	sample := func(name string, k kind) wrong { return file(name, k, o.samples[name]) }
	broken := o.samples["A1"].Data
	return []wrong{
		text("5,000 characters", strings.Repeat("kata ", 1000)),
		text("5,000 letters", strings.Repeat("a", 5000)),
		text("emoji", "😀😀😀"),
		{name: "a sign of private use", kind: script, in: bot.Inbound{Text: "Yayasan \ue000"}},
		{name: "Arabic", kind: script, in: bot.Inbound{Text: "مؤسسة مثال"}},
		text("a lone mark", "\u200b"),
		{name: "beyond the menu", kind: number, in: bot.Inbound{Text: "999"}},
		{name: "no such day", kind: number, in: bot.Inbound{Text: "31/02/2027"}},
		{name: "a sticker", kind: always, in: bot.Inbound{Other: "sticker"}},
		{name: "a voice message", kind: always, in: bot.Inbound{Other: "voice"}},
		{name: "an old button", kind: always, in: bot.Inbound{Choice: "zz:send"}},
		{name: "a location", kind: place, in: bot.Inbound{Location: &bot.Location{Lat: 2.74, Lon: 98.31}}},
		sample("kosong", always), sample("program", always), sample("terkunci", always), sample("kecil", picture), sample("A1", document),
		file("a damaged PDF", always, web.Sample{Name: "rusak.pdf", Data: broken[:len(broken)/2]}),
		file("more than 20 MB", always, web.Sample{Name: "besar.pdf", Data: append(slices.Clip(broken), make([]byte, bot.MaxFileSize)...)}),
	}
}

// helpful matches the sentences that say what was wrong and how to go on.
var helpful = regexp.MustCompile(`(?i)terlalu panjang|tidak bisa dicetak|pilih salah satu|tidak terbaca|belum kami pahami|belum bisa kami baca|` +
	`pertanyaan yang sudah lewat|perlu diketik|kirim sebagai PDF atau foto|kosong|program, bukan|kata sandi|terlalu kecil|rusak|lebih besar dari|` +
	`belum kami simpan|belum disimpan|terlalu singkat|6 angka|bukan PDF|kirim foto|bila tidak bisa, pilih|belum terisi|sebuah angka|perlu dasarnya|` +
	`ketik jawabannya|bukan alamat|nomor telepon|perlu diisi|perlukan|belum kami catat|ejaan Latin|dari bulan apa|nomor paspor terdiri|16 angka|ketik lengkap|km dari|pilih .*dari daftar|satu baris untuk`)

// try sends everything that is wrong here from the speaker's phone: each is
// answered clearly and changes nothing.
func (o *office) try(stage string, fine ...kind) {
	o.t.Helper()
	for _, w := range o.wrongs {
		if slices.Contains(fine, w.kind) {
			continue
		}
		before, err := o.everything(o.t.Context())
		if err != nil {
			o.t.Fatal(err)
		}
		o.heard[o.speaker] = nil
		o.send(w)
		after, err := o.everything(o.t.Context())
		if err != nil {
			o.t.Fatal(err)
		}
		if before, after = aside.ReplaceAllString(before, ""), aside.ReplaceAllString(after, ""); before != after {
			was, is := difference(before, after)
			o.t.Fatalf("%s: %s changed\n…%s…\nto\n…%s…", stage, w.name, was, is)
		}
		answer := strings.Join(o.heard[o.speaker], "\n")
		if !helpful.MatchString(answer) || strings.Contains(answer, "belum bisa diproses") {
			o.t.Errorf("%s: %s is answered\n%s", stage, w.name, answer)
		}
	}
}

// aside matches what is kept beside the answers: what may go on with the last one, until that
// is clear, and what was written in another script, until its Latin spelling is given.
var aside = regexp.MustCompile(`,?"(late|foreign)":\{[^{}]*\}`)

// send delivers a message as the network would, also of a kind that the simulated
// phones cannot make.
func (o *office) send(w wrong) {
	o.t.Helper()
	in := w.in
	o.sent++
	in.ID, in.Chat, in.At = fmt.Sprintf("sim:wrong-%d", o.sent), bot.MakeAddress(simulator.Name, o.speaker), o.d.clock.Now()
	if err := o.d.Program.Accept(o.t.Context(), in); err != nil {
		o.t.Fatal(err)
	}
	if err := o.listen(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// TestWrongInputFromApplicants sends everything wrong at every question that an
// applicant is asked.
func TestWrongInputFromApplicants(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.begun()
	o.wrongs = wrongs(o)
	at := func(lines, stage string, fine ...kind) {
		t.Helper()
		o.script(lines)
		o.try(stage, fine...)
	}
	at("@ Senin 08.00\n[pemohon1]\n> mulai", "the menu")
	at("> 1", "consent")
	at("> 1", "the name", number)
	at("> Yayasan Contoh Harapan\n> Belanda\n> Yayasan\n> Contoh Pimpinan", "a choice")
	at("> 2\n> X0000000", "an address", number)
	at("> Jl. Contoh No. 1", "an e-mail address")
	at("> kantor@contoh.example", "a telephone number")
	at("> +62 800 0000 0000\n> Jl. Contoh No. 2\n> Sidikalang\n> Desa Contoh", "a place", place)
	at("> Lewati\n> Anak\n> LKS Contoh\n> 2027\n> Lewati", "a document", document)
	at("> {berkas A1}\n> Lewati\n> Lewati\n> {berkas A2}\n> {berkas B1}\n> {berkas B2}\n> {berkas B3}\n> {berkas B4}\n> {berkas B5}\n> {berkas C1}", "a date of expiry")
	at("> 31/12/2027\n> {berkas C2}\n> 31/12/2027\n> {berkas C3}\n> {berkas D1}\n> {berkas D2}\n> {berkas D3}\n> {berkas E1}\n> Lewati\n> Lewati", "the summary")
	at("> 2", "the groups")
	at("> 1", "the fields of a group")
	at("> kembali\n> 3", "the list of documents")
	at("> kembali\n> 1", "nothing open, a case under way")
	at("> tarik", "why to withdraw", number, script)
	at("> Tanpa alasan", "whether to withdraw")
	at("> Tidak jadi\n> sambung\n[pemohon2]\n> sambung {sambung}", "whether to link chats")
	at("> 1\n> putus", "whether to part chats")
	at("> 1\n[fo]\n> buka {kasus}\n> A1\n> Tidak sesuai\n> 1\n> Kembali ke daftar\n> Yang belum dinilai sesuai semua\n> Kirim klarifikasi ke pemohon\n[pemohon1]\n> lengkapi", "a document asked for again", document)
	o.sound()
}

// TestWrongInputFromOfficers sends everything wrong at every question that an
// officer is asked.
func TestWrongInputFromOfficers(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.begun()
	o.wrongs = wrongs(o)
	at := func(lines, stage string, fine ...kind) {
		t.Helper()
		o.script(lines)
		o.try(stage, fine...)
	}
	o.script("@ Senin 08.00\n& bagian/diajukan")
	at("[fo]\n> tugas", "the list of tasks")
	at("> 1", "the documents")
	at("> A1", "a verdict")
	at("> Tidak sesuai", "what is wrong", number)
	at("> Kembali ke daftar\n> Minta dokumen lain", "the missing documents")
	at("> Kembali ke daftar\n> alihkan {kasus}", "a colleague")
	at("> batal\n> buka {kasus}\n> Yang belum dinilai sesuai semua\n> Lengkap, lanjutkan\n> buka {kasus}", "the resi")
	at("> Kirim\n> buka {kasus}", "the index", number)
	at("> 1\n> 1", "the urgency")
	at("> 1\n> 1\n> 1\n> Kirim\n[bo]\n> buka {kasus}\n> Yang belum dinilai sesuai semua\n> Lengkap, lanjutkan\n> buka {kasus}", "the day of the visit")
	at("> {tanggal besok}", "the days", number)
	at("> 1", "the head of the team")
	at("> Tigor CONTOH\n> Tiur CONTOH\n> Selesai\n> 1", "the letters")
	at("> Kirim\n[kadis]\n> buka {kasus}", "the signature")
	at("> Kembalikan", "why it is returned", number, script)
	at("> batal\n> buka {kasus}\n> Tanda tangan", "the one-time code")
	at("> {kode}\n> plh\n> Saut CONTOH", "the kind of stand-in")
	at("> 1\n> 1", "the last day of a stand-in")
	at("> batal\n@ besok 09.00\n[tim1]\n> kunjungan {kasus}", "the place of a visit", place, picture)
	at("> Lokasi tidak bisa dikirim", "the photos of a visit", place, picture)
	at("> selesai", "a line of the check table", place, picture)
	at("> Catatan", "a note", number, place, picture)
	at("> Catatan sudah cukup\n> Ya\n> Ya\n> Ya\n> Ya\n> Ya\n> Ya\n> Ya\n> Ya", "the conclusion", number, place, picture)
	at("> Sesuai berkas.\n@ +1 jam", "the applicant's statement", number, place, picture)
	at("> Lewati", "the report", place, picture)
	at("> Buat berita acara\n[tim2]\n> buka {kasus}", "the approval")
	at("> Setujui\n> Catat: pemohon tidak menyetujui", "why the applicant did not agree", number)
	at("> Pemohon menolak\n[tim1]\n> buka {kasus}", "the outcome")
	at("> Tidak direkomendasikan\n> Lewati", "the assessment", number)
	at("> Legalitas | kurang", "the reasons", number)
	o.sound()
}
