package phrases

import "strings"

// Withdraws tells whether a sentence says that an application is to be withdrawn: "saya mau menarik
// permohonan saya". A no in it says the contrary, and any word of another matter leaves it unclear.
func Withdraws(text string) bool {
	acts := wordSet("tarik menarik ditarik tarikan penarikan cabut mencabut dicabut pencabutan batal batalkan membatalkan dibatalkan pembatalan batalin withdraw withdrawing withdrawal cancel cancelling canceling revoke retract")
	things := wordSet("permohonan permohonannya permohonanku pengajuan pengajuannya pengajuanku ajuan application applications")
	around := wordSet("saya aku kami kita ku i we my our the this that mau ingin pengen pingin hendak bermaksud akan want wish would like to bisa bisakah boleh bolehkah dapat dapatkah can could may " +
		"please tolong mohon harap coba untuk agar supaya di yang yg ini itu tersebut tadi sudah telah diajukan dikirim saja aja dong deh ya kembali lagi minta apakah bagaimana gimana cara caranya how do is it possible " +
		"izin ijin permit for lks asing sent submitted have has be with dengan nomor resi no")
	act, thing := false, false
	for word := range strings.FieldsSeq(Bare(text)) {
		switch {
		case acts[word]:
			act = true
		case things[word]:
			thing = true
		case !around[word] && !polite(word):
			return false
		}
	}
	return act && thing
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
