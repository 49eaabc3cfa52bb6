package handlers

// dialogueWithdraw is the name of the dialogue that ends a case at the
// applicant's wish.
const dialogueWithdraw = "withdraw"

func applicantCommands() []command {
	return []command{
		{name: "ajukan", aliases: []string{"apply", "daftar", "mohon"}, run: applyCommand},
		{name: "lanjutkan", aliases: []string{"lanjut", "continue", "resume"}, run: resumeApplication},
		{name: "simpan", aliases: []string{"save"}, always: true, run: saveApplication},
		{name: "status", aliases: []string{"cek"}, args: "args.resi", always: true, run: status},
		{name: "lengkapi", aliases: []string{"complete"}, run: mendCommand},
		{name: "setuju", aliases: []string{"agree"}, run: agreeToReport},
		{name: "keberatan", aliases: []string{"object"}, run: objectToReport},
		{name: "terima", aliases: []string{"receive"}, run: receiveLetter},
		{name: "tarik", aliases: []string{"withdraw", "cabut"}, run: withdrawCommand},
		{name: "survei", aliases: []string{"survey"}, run: surveyCommand},
		{name: "syarat", aliases: []string{"requirements", "persyaratan"}, run: requirements},
		{name: "pengaduan", aliases: []string{"complaint", "lapor", "adukan"}, run: complain},
		{name: "privasi", aliases: []string{"privacy"}, run: privacy},
		{name: "bahasa", aliases: []string{"language"}, run: switchLanguage},
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
