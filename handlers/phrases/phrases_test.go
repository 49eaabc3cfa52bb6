package phrases_test

import (
	"testing"

	"pgregory.net/rapid"

	"izinbot/handlers/phrases"
)

func TestOf(t *testing.T) {
	for text, want := range map[string]phrases.Kind{
		"ya": phrases.Yes, "Iya": phrases.Yes, "y": phrases.Yes, "Y.": phrases.Yes, "sip": phrases.Yes, "siap pak": phrases.Yes, "oke": phrases.Yes, "OK bu": phrases.Yes, "👍": phrases.Yes,
		"👍🏽": phrases.Yes, "✅": phrases.Yes, "✔️": phrases.Yes, "yes": phrases.Yes, "gas": phrases.Yes, "yaaa": phrases.Yes, "*ya*": phrases.Yes, "ada": phrases.Yes, "betul": phrases.Yes, "ya, setuju": phrases.Yes,
		"tidak": phrases.No, "no": phrases.No, "gak": phrases.No, "❌": phrases.No, "👎": phrases.No, "tidak setuju": phrases.No, "Bukan!": phrases.No, "enggak kak": phrases.No,
		"tidak ada": phrases.Nothing, "-": phrases.Nothing, "—": phrases.Nothing, "--": phrases.Nothing, ".": phrases.Nothing, "none": phrases.Nothing, "n/a": phrases.Nothing, "tidak tahu": phrases.Nothing,
		"lewati": phrases.Skip, "lewati saja": phrases.Skip, "skip": phrases.Skip, "selesai": phrases.Done,
		"p": phrases.Greeting, "P": phrases.Greeting, "ppp": phrases.Greeting, "halo": phrases.Greeting, "Selamat pagi Bu": phrases.Greeting, "assalamualaikum": phrases.Greeting, "Horas": phrases.Greeting, "pagi pak": phrases.Greeting,
		"haloooo": phrases.Greeting, "👋": phrases.Greeting, "halo saya mau tanya": phrases.Greeting, "halo, oke": phrases.Yes,
		"sebentar ya": phrases.Wait, "bentar": phrases.Wait, "tunggu sebentar": phrases.Wait, "terima kasih": phrases.Thanks, "🙏": phrases.Thanks, "❤": phrases.Thanks, "❤️": phrases.Thanks, "makasih pak": phrases.Thanks,
		"berapa lama?": phrases.Question, "berapa lama": phrases.Question, "Ini untuk apa?": phrases.Question, "???": phrases.Question, "apakah bisa besok": phrases.Question,

		"Yayasan Kasih Anak Bangsa": phrases.None, "Panti Asuhan Yes": phrases.None, "Belanda": phrases.None, "Jl. Contoh No. 1, Medan": phrases.None, "Oke Contoh": phrases.None, "": phrases.None, "12345": phrases.None,
		"Yayasan Selamat Pagi": phrases.None, "Contoh Pimpinan": phrases.None, "Ibu Contoh": phrases.None, "2": phrases.None, "😡": phrases.None, "Tidak Ada Contoh": phrases.None, "Bapak": phrases.None,
	} {
		if got := phrases.Of(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestAgreesAndDeclines(t *testing.T) {
	for text, want := range map[string]string{
		"ya, saya setuju": "yes", "ok lanjut": "yes", "👍": "yes", "✅": "yes", "gas": "yes", "baik pak": "yes", "setuju dengan syarat itu": "yes",
		"tidak": "no", "tidak setuju": "no", "tidak, terima kasih": "no", "❌": "no", "yayasan": "", "": "", "2": "", "nomor saya 12": "", "tidak ada alamat": "",
	} {
		got := ""
		switch {
		case phrases.Agrees(text):
			got = "yes"
		case phrases.Declines(text):
			got = "no"
		}
		if got != want {
			t.Errorf("%q is taken for %q, want %q", text, got, want)
		}
	}
}

func TestSelfAndEndless(t *testing.T) {
	for _, text := range []string{
		"saya sendiri", "diurus sendiri", "Sendiri", "diurus sendiri saja", "tanpa kuasa", "myself", "tidak pakai", "tidak perlu", "langsung saya",
		"tidak dikuasakan kepada siapa pun", "tidak memberi kuasa", "saya pimpinannya sendiri", "saya yang urus", "yg urus saya", "diurus pimpinan", "nobody", "I do it myself", "not needed", "the director himself",
	} {
		if !phrases.SaysSelf(text) {
			t.Errorf("%q says that there is no proxy", text)
		}
	}
	for _, text := range []string{"Contoh Kuasa", "ya", "pimpinan", "ya pakai kuasa", "Tidak Contoh", "Sendirian Contoh", "Budi Sendiri", ""} {
		if phrases.SaysSelf(text) {
			t.Errorf("%q is no word of a proxy", text)
		}
	}
	for _, text := range []string{"seumur hidup", "Berlaku seumur hidup.", "unlimited", "tidak ada masa berlaku", "selama kegiatan berlangsung", "tidak terbatas", "no expiry date"} {
		if !phrases.SaysEndless(text) {
			t.Errorf("%q says that there is no expiry", text)
		}
	}
	for _, text := range []string{"31/12/2027", "tidak tahu", "hidup", ""} {
		if phrases.SaysEndless(text) {
			t.Errorf("%q has an expiry", text)
		}
	}
}

// TestMarkupChangesNothing: a text means the same in any case and markup.
func TestMarkupChangesNothing(t *testing.T) {
	said := []string{"ya", "tidak", "tidak ada", "lewati", "halo", "sebentar", "terima kasih", "selesai", "Yayasan Kasih"}
	around := []string{"%", "*%*", "_%_", "\"%\"", "`%`", "% ", "\u200e%", "%!", "%.", "(%)", "“%”", "% pak", "%…"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(said).Draw(t, "said")
		form := rapid.SampledFrom(around).Draw(t, "around")
		var dressed []rune
		for _, r := range form {
			if r == '%' {
				dressed = append(dressed, []rune(text)...)
				continue
			}
			dressed = append(dressed, r)
		}
		if got, want := phrases.Of(string(dressed)), phrases.Of(text); got != want {
			t.Fatalf("%q is %q, want %q", string(dressed), got, want)
		}
	})
}

func FuzzOf(f *testing.F) {
	f.Add("halo ya")
	f.Fuzz(func(_ *testing.T, s string) { phrases.Of(s) })
}

// TestOfMixtures: phrases with other words around them, in any order.
func TestOfMixtures(t *testing.T) {
	for kind, texts := range map[phrases.Kind][]string{
		phrases.Wait:     {"wait a minute", "wait a moment please", "tunggu sebentar ya pak", "sebentar saya cari dulu", "ok sebentar", "nanti dulu ya", "saya cek dulu sebentar", "hold on a second", "bentar bu", "halo, sebentar ya", "besok saja", "let me check"},
		phrases.Nothing:  {"saya tidak tahu", "belum tahu", "saya masih belum tahu pak", "kami belum punya", "belum ada sampai sekarang", "maaf, tidak ada", "n/a", "N.A.", "tba", "TBD", "to be announced", "I don't know yet", "i do not know", "not available", "belum ditentukan", "menyusul", "akan menyusul", "lupa", "saya lupa", "tidak ada, terima kasih", "no idea", "not sure", "belum yakin", "tidak punya pak", "tidak ingat"},
		phrases.Same:     {"sda", "s.d.a", "idem", "ditto", "sama", "sama dengan di atas", "same as above", "sama seperti di atas", "sama seperti tadi"},
		phrases.Question: {"ini untuk apa", "biaya nya berapa", "saya tidak mengerti", "bingung pak", "Who Is Hussain", "maksudnya", "halo, berapa lama", "apa kabar?"},
		phrases.Talk:     {"hmm", "wkwkwk", "hahaha", "hehe", "oh begitu", "salah kirim", "maaf", "saya sendiri", "maaf salah kirim", "terserah"},
		phrases.Yes:      {"ya pak", "ok siap", "siap laksanakan", "ya betul", "iya benar", "ya, ada", "saya setuju", "kami setuju pak", "ok, terima kasih", "i agree", "sudah ada", "ok 👍", "ya sudah", "yes please", "sip mantap"},
		phrases.No:       {"tidak pak", "belum", "tidak setuju", "saya tidak setuju", "tidak, terima kasih", "no thank you", "bukan itu", "i do not agree", "jangan dulu", "ya tidak", "tidak jadi"},
		phrases.Greeting: {"selamat pagi pak", "halo selamat siang", "assalamualaikum wr wb", "halo saya mau tanya", "Selamat pagi Bapak/Ibu", "hi, good morning", "horas", "p p p"},
		phrases.None: {
			"Yayasan Tidak Ada", "Siap Foundation", "Ok Foundation", "Lembaga Sama Rata", "Budi Sebentar", "Jl. Nanti No. 3", "Yayasan Terima Kasih", "Haha Contoh", "Kasih", "12345", "Bapak Contoh", "Wilhelmina",
			"tidak ada masa berlaku", "Kami mohon dibantu", "Salah Contoh", "Ya Tuhan Foundation",
		},
	} {
		for _, text := range texts {
			if got := phrases.Of(text); got != kind {
				t.Errorf("%q is %q, want %q", text, got, kind)
			}
		}
	}
	if got := phrases.Of("belum ada mitra", "mitra", "lokal"); got != phrases.Nothing {
		t.Errorf("a partner that there is not is %q", got)
	}
	for _, text := range []string{"ada yang mau ditanyakan", "bisa dijelaskan dulu", "ya tapi saya tidak setuju", "boleh saya tanya", "ya kalau gratis", "ok berapa lama"} {
		if phrases.Agrees(text) {
			t.Errorf("%q is no consent", text)
		}
	}
}
