package phrases

import "strings"

// table lists the phrases of a kind, as [normalize.Plain] writes them.
func table(kind Kind) []string {
	return strings.Split(map[Kind]string{
		Yes: "ya|iya|y|yes|yup|yep|yeah|yo|ok|oke|okay|okey|okeh|oks|k|sip|siip|siap|baik|baiklah|boleh|setuju|sepakat|lanjut|lanjutkan|gas|gaskeun|mantap|betul|benar|" +
			"bener|ada|sudah|sudah benar|sudah betul|sesuai|cocok|tentu|agree|agreed|i agree|sure|correct|right|of course|go|ya benar|ya betul|ya setuju|iya benar|iya betul|" +
			"saya setuju|kami setuju|ok setuju|oke setuju|ok siap|siap laksanakan|monggo|silakan|bisa",
		No: "tidak|no|n|nope|tdk|gak|ga|nggak|ngga|enggak|gk|engga|tak|bukan|jangan|belum|blm|tidak setuju|tdk setuju|gak setuju|ga setuju|nggak setuju|keberatan|salah|" +
			"tidak benar|tidak sesuai|disagree|i disagree|wrong|incorrect|not yet|no way",
		Nothing: "none|nothing|n a|na|nil|no thanks|not applicable|i don t have it|i don t have one|tidak ada|tdk ada|ga ada|gak ada|nggak ada|ngga ada|enggak ada|gk ada|" +
			"tak ada|belum ada|blm ada|kosong|nihil|tidak punya|gak punya|tidak tahu|tdk tahu|gak tahu|ga tau|gak tau|tidak tau|i don t know|don t know|dont know|unknown|-",
		Skip: "lewati|lewat|lewatkan|skip|skip it|skip this|lanjut saja",
		Done: "selesai|done|finished|sudah semua|sudah selesai|cukup",
		Greeting: "p|halo|hallo|hai|hi|hello|hey|hei|helo|hy|ping|tes|test|permisi|punten|misi|horas|mejuah juah|njuah juah|ahoi|selamat pagi|selamat siang|selamat sore|" +
			"selamat malam|pagi|siang|sore|malam|met pagi|met siang|met sore|met malam|good morning|good afternoon|good evening|morning|shalom|syalom|om swastiastu|" +
			"assalamualaikum|assalamu alaikum|asalamualaikum|assalamualaikum wr wb|assalamualaikum warahmatullahi wabarakatuh|ass|aslm|salam|salam sejahtera|salam sehat|mau tanya|saya mau tanya|mau nanya|saya mau nanya|numpang tanya",
		Wait: "sebentar|bentar|sbntr|sebentar ya|tunggu|tunggu sebentar|tunggu bentar|nanti|nanti saya kirim|nanti kami kirim|nanti malam|besok saya kirim|wait|one moment|one minute|just a moment|" +
			"hold on|later|saya cari|saya cek|sebentar saya cari|sebentar saya cek|lagi dicari|otw",
		Thanks: "terima kasih|terimakasih|terima kasih banyak|makasih|makasi|mksh|trims|trimakasih|tks|thanks|thank you|thx|ty|thanks a lot|thank you very much|mauliate|bujur",
	}[kind], "|")
}
