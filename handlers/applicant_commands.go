package handlers

// dialogueWithdraw is the name of the dialogue that ends a case at the
// applicant's wish.
const dialogueWithdraw = "withdraw"

func applicantCommands() []command {
	return []command{
		{name: "ajukan", english: "apply", aliases: []string{"daftar"}, run: applyCommand},
		{name: "lanjutkan", english: "continue", aliases: []string{"lanjut", "resume"}, run: resumeApplication},
		{name: "simpan", english: "save", always: true, run: saveApplication},
		{name: "status", aliases: []string{"cek"}, args: "args.resi", always: true, run: status},
		{name: "lengkapi", english: "complete", always: true, run: mendCommand},
		{name: "setuju", english: "agree", run: agreeToReport},
		{name: "keberatan", english: "object", run: objectToReport},
		{name: "terima", english: "receive", run: receiveLetter},
		{name: "surat", english: "letters", aliases: []string{"letter"}, args: "args.resi", run: ownLetters},
		{name: "tarik", english: "withdraw", aliases: []string{"cabut"}, run: withdrawCommand},
		{name: "survei", english: "survey", run: surveyCommand},
		{name: "syarat", english: "requirements", aliases: []string{"persyaratan"}, run: requirements},
		{name: "pengaduan", english: "complaint", aliases: []string{"lapor", "adukan"}, always: true, run: complain},
		{name: "kontak", english: "contact", aliases: []string{"hubungi"}, run: contact},
		{name: "privasi", english: "privacy", run: privacy},
		{name: "bahasa", english: "language", run: switchLanguage},
		{name: "english", aliases: []string{"inggris"}, hidden: true, run: speakEnglish},
		{name: "indonesia", aliases: []string{"indonesian"}, hidden: true, run: speakIndonesian},
	}
}

func applicantDialogues() map[string]dialogue {
	return map[string]dialogue{
		dialogueApply:    application{},
		dialogueMend:     mend{},
		dialogueTalk:     talk{},
		dialogueWithdraw: withdrawal{},
		dialogueSurvey:   survey{},
	}
}
