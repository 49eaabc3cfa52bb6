package phrases

// kindOf gives the kind of a phrase, as [normalize.Plain] writes it; None for what is none.
func kindOf(phrase string) Kind {
	switch phrase {
	case "tidak mengerti", "tidak paham", "kurang paham", "kurang mengerti", "ga ngerti", "gak ngerti", "nggak ngerti", "tidak ngerti", "gak paham",
		"ga paham", "bingung", "i don t understand", "do not understand", "confused", "maksudnya", "maksudnya apa", "contohnya", "for example":
		return Question
	case "sebentar", "bentar", "sbntr", "sbtr", "sek", "tunggu", "nanti", "ntar", "nanti saya kirim", "nanti kami kirim", "nanti malam", "besok",
		"besok saya kirim", "besok saya lanjutkan", "wait", "a minute", "a moment", "a second", "one moment", "one minute", "one second", "just a moment",
		"hold on", "hang on", "later", "cari dulu", "cek dulu", "tanya dulu", "saya cari", "saya cek", "saya tanya dulu", "lagi dicari", "sedang dicari",
		"otw", "brb", "lagi di jalan", "i will check", "i ll check", "let me check", "let me see", "i will send", "i ll send", "just a sec", "a sec", "bntr", "saya tanyakan dulu",
		"saya carikan":
		return Wait
	case "tanpa", "nol", "tidak bermitra", "tanpa mitra", "sedang dijajaki", "to be decided", "pending", "dunno", "nobody", "none", "nothing", "n a", "na", "nil", "no thanks", "not applicable", "not available", "not known", "unknown", "no idea", "not sure", "kosong",
		"nihil", "tba", "tbd", "to be announced", "to be determined", "to be confirmed", "belum ditentukan", "belum diketahui", "menyusul", "akan menyusul",
		"dalam proses", "lupa", "-":
		return Nothing
	case "sesuai ktp", "sesuai akta", "sama dengan ktp", "sama dgn ktp", "lihat lampiran", "terlampir", "see attached", "see above", "same as headquarters", "sda", "idem", "ditto", "sama", "same", "sama saja", "sama dengan", "sama seperti", "s d a", "as above", "same as above", "di atas", "diatas",
		"yang di atas", "seperti di atas", "seperti tadi", "tadi", "yang tadi", "tersebut di atas", "tersebut":
		return Same
	case "next", "lewati", "lewat", "lewatkan", "skip", "pass", "lanjut saja":
		return Skip
	case "tidak", "no", "n", "nope", "tdk", "gak", "ga", "nggak", "ngga", "enggak", "gk", "engga", "tak", "bukan", "jangan", "belum", "blm", "keberatan",
		"salah", "tidak jadi", "gak jadi", "ga jadi", "nggak jadi", "tidak setuju", "tdk setuju", "gak setuju", "ga setuju", "nggak setuju", "tidak benar",
		"tidak sesuai", "tidak bisa", "tidak boleh", "disagree", "do not agree", "don t agree", "not agree", "wrong", "incorrect", "not yet", "no way",
		"never", "ogah":
		return No
	case "selesai", "done", "finished", "sudah semua", "sudah selesai", "cukup", "itu saja", "that s all", "that is all":
		return Done
	case "woi", "noted", "ulang", "ulangi", "hapus", "exit", "quit", "bekerja sendiri", "we work alone", "pakai kuasa", "memakai kuasa", "dikuasakan", "with a proxy", "oh", "eh", "ah", "hm", "hmm", "aduh", "waduh", "loh", "lho", "wah", "wow", "anu", "lol", "begitu", "oh begitu", "gitu", "salah kirim",
		"salah ketik", "typo", "sorry", "maaf", "sip lah", "apa saja", "terserah", "entah", "entahlah", "coba", "saya sendiri", "diri sendiri", "sendiri",
		"asdf", "xxx", "mau daftar", "mau mendaftar", "mau urus izin", "mau mengurus izin", "mau ajukan izin", "lain", "lainnya", "lain lain", "yang lain", "other", "others":
		return Talk
	case "ya", "iya", "y", "yes", "yup", "yep", "yeah", "yo", "ok", "oke", "okay", "okey", "okeh", "oks", "k", "sip", "siip", "siap", "baik", "baiklah",
		"boleh", "setuju", "sepakat", "lanjut", "lanjutkan", "gas", "gaskeun", "mantap", "betul", "benar", "bener", "ada", "sudah", "udah", "sesuai",
		"cocok", "tentu", "agree", "agreed", "sure", "correct", "right", "of course", "go", "go ahead", "laksanakan", "monggo", "silakan", "bisa", "fine",
		"alright", "great":
		return Yes
	case "terima kasih", "terimakasih", "terima kasih banyak", "makasih", "makasi", "mksh", "trims", "trimakasih", "tks", "thanks", "thank you", "thx", "ty",
		"thanks a lot", "very much", "mauliate", "bujur", "lias ate", "suksma", "nuwun", "matur nuwun", "hatur nuhun", "banyak terima kasih":
		return Thanks
	case "p", "halo", "hallo", "hai", "hi", "hello", "hey", "hei", "helo", "hy", "ping", "tes", "test", "testing", "permisi", "punten", "misi", "horas",
		"mejuah juah", "njuah juah", "ahoi", "selamat pagi", "selamat siang", "selamat sore", "selamat malam", "selamat datang", "pagi", "siang", "sore",
		"malam", "met pagi", "met siang", "met sore", "met malam", "good morning", "good afternoon", "good evening", "good day", "morning", "shalom",
		"syalom", "om swastiastu", "assalamualaikum", "assalamu alaikum", "asalamualaikum", "assalamualaikum wr wb",
		"assalamualaikum warahmatullahi wabarakatuh", "ass", "aslm", "asw", "askum", "samlekum", "wr wb", "salam", "salam sejahtera", "salam sehat",
		"mau tanya", "mau nanya", "numpang tanya", "ingin bertanya", "mau bertanya", "boleh tanya", "apa kabar", "how are you", "perkenalkan", "heya", "howdy", "greetings", "selamat natal", "selamat hari raya", "ya ahowu", "yaahowu":
		return Greeting
	}
	return None
}

// refuses tells the first half of "there is none" and "I do not know"; [has] tells the second.
func refuses(word string) bool {
	switch word {
	case "tidak", "tdk", "kurang", "gak", "ga", "nggak", "ngga", "enggak", "engga", "gk", "tak", "belum", "blm", "nda", "ndak", "kagak", "tanpa", "no", "not",
		"don t", "do not", "does not", "doesn t", "have no", "has no":
		return true
	}
	return false
}

// has tells the second half of "there is none" and "I do not know".
func has(word string) bool {
	switch word {
	case "ada", "adanya", "tahu", "tau", "taw", "punya", "memiliki", "yakin", "ingat", "inget", "jelas", "pasti", "kenal", "tersedia", "perlu", "know",
		"have", "exist", "sure", "decided", "ditunjuk", "dipilih", "ditetapkan", "terdaftar":
		return true
	}
	return false
}

// polite tells forms of address, and words that change nothing.
func polite(word string) bool {
	switch word {
	case "pak", "bapak", "bu", "ibu", "bpk", "kak", "kakak", "min", "admin", "mas", "mbak", "bang", "bro", "sis", "petugas", "sir", "madam", "maam", "ya",
		"yah", "dong", "deh", "saja", "aja", "sih", "kok", "nih", "lah", "dulu", "please", "pls", "tolong", "mohon", "maaf", "semua", "semuanya", "all":
		return true
	}
	return false
}

// stands tells the words that stand around a phrase and say nothing themselves: pronouns,
// particles, forms of address.
func stands(word string) bool {
	switch word {
	case "saya", "aku", "gue", "sy", "kami", "kita", "anda", "i", "we", "you", "me", "my", "our", "us", "it", "its", "this", "that", "is", "am", "are", "was",
		"the", "a", "an", "to", "for", "of", "and", "so", "just", "really", "still", "now", "here", "there", "ini", "itu", "yang", "dan", "nya", "lagi",
		"juga", "kan", "kah", "pun", "sekali", "banget", "bgt", "masih", "memang", "sepertinya", "kayaknya", "rasanya", "mungkin", "akan", "untuk", "utk",
		"jawabannya", "datanya", "isiannya", "isian", "sekarang", "saat", "any", "some", "at", "moment", "apapun", "apa2", "siapa2", "izin", "apa", "siapa",
		"siapapun", "in", "be", "been", "yet", "sampai", "hingga":
		return true
	}
	return polite(word)
}

// interrogative tells the Indonesian words that begin or end a question.
func interrogative(word string) bool {
	switch word {
	case "apa", "apakah", "berapa", "brp", "kapan", "bagaimana", "gimana", "gmn", "bgmn", "mengapa", "kenapa", "knp", "dimana", "kemana":
		return true
	}
	return false
}

// begins tells the words that begin a question.
func begins(word string) bool {
	switch word {
	case "siapa", "bisakah", "bolehkah", "haruskah", "adakah", "how", "when", "why", "what", "where", "who", "which":
		return true
	}
	return interrogative(word)
}
