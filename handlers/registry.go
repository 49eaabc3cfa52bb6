package handlers

import (
	"context"

	"izinbot/workflow"
)

// commandTable lists every command. The order is that of bantuan.
func commandTable() []command {
	marks := []workflow.Kind{workflow.KindInitial, workflow.KindSign, workflow.KindCoordinate}
	delivers := []workflow.Kind{workflow.KindDeliver}
	checks := []workflow.Kind{workflow.KindCheck}
	return append(basicCommands(), []command{
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
		{name: "sambung", english: "link", aliases: []string{"hubungkan"}, args: "args.link", always: true, coded: isCode, run: linkCommand},
		{name: "putus", english: "unlink", run: partCommand},
		{name: "bukansaya", english: "notme", aliases: []string{"bukan saya", "not me"}, always: true, hidden: true, run: notMe},
		{name: "gabung", aliases: []string{"join"}, hidden: true, coded: isCode, run: joinCommand},
		{name: "tugas", aliases: []string{"tasks", "kerja"}, officers: true, run: tasks},
		{name: "buka", aliases: []string{"lihat", "open"}, args: "args.case", officers: true, run: view},
		{name: "berkas", aliases: []string{"dokumen"}, args: "args.case", officers: true, run: documents},
		{name: "isian", aliases: []string{"data", "formulir"}, args: "args.case", officers: true, run: answers},
		{name: "ttd", aliases: []string{"parafsemua", "ttdsemua"}, officers: true, kinds: marks, run: approveAll},
		{name: "alihkan", aliases: []string{"oper"}, args: "args.case", officers: true, run: handOver},
		{name: "plh", aliases: []string{"plt"}, officers: true, run: standIn},
		{name: "serah", aliases: []string{"serahkan"}, args: "args.case", officers: true, kinds: delivers, run: counterReceipt},
		{name: "bukalagi", aliases: []string{"reopen"}, args: "args.case", officers: true, kinds: checks, run: reopen},
		{name: "cari", aliases: []string{"find"}, args: "args.words", officers: true, run: find},
		{name: "terlambat", aliases: []string{"telat", "late"}, officers: true, run: late},
		{name: "telepon", aliases: []string{"telp", "call"}, officers: true, run: telephone},
		{name: "kerjakan", aliases: []string{"hariini"}, args: "args.case", officers: true, run: today},
		{name: "rekap", aliases: []string{"laporan"}, args: "args.period", officers: true, run: recap},
		{name: "riwayat", aliases: []string{"history"}, args: "args.case", officers: true, run: history},
		{name: "siapa", second: "melihat", args: "args.seen", officers: true, oversees: true, common: true, run: whoSaw},
		{name: "whatsapp", officers: true, admins: true, run: showPhone},
		{name: "petugas", aliases: []string{"pegawai"}, officers: true, admins: true, common: true, run: staffList},
		{name: "batalgabung", officers: true, hidden: true, run: undoJoin},
		{name: "nanti", officers: true, hidden: true, run: later},
		{name: "kunjungan", aliases: []string{"visit"}, args: "args.case", officers: true, kinds: []workflow.Kind{workflow.KindVisit}, run: goVisiting},
	}...)
}

// basicCommands are those that everybody has.
func basicCommands() []command {
	return []command{
		{name: "mulai", english: "start", aliases: []string{"menu", "halo", "hai", "hello", "hi"}, always: true, run: start},
		{name: "bantuan", english: "help", aliases: []string{"tolong", "?"}, always: true, run: help},
		{name: "bantuan semua", english: "help all", always: true, hidden: true, run: helpAll},
		{name: "batal", english: "cancel", aliases: []string{"keluar", "stop"}, always: true, run: cancel},
		{name: "kembali", english: "back", aliases: []string{"mundur"}, always: true, run: goBack},
	}
}

// CommandIn gives what a command is called in a language, for texts that offer it.
func CommandIn(lang workflow.Lang, name string) string { return commandIn(commandTable(), lang, name) }

// dialogueTable gives every dialogue by its name in a chat's state.
func dialogueTable() map[string]entry {
	return map[string]entry{
		dialogueApply:    {dialogue: application{}},
		dialogueMend:     {dialogue: mend{}},
		dialogueTalk:     {dialogue: talk{}},
		dialogueWithdraw: {dialogue: withdrawal{}},
		dialogueSurvey:   {dialogue: survey{}},
		dialogueLink:     {dialogue: linking{}},
		dialoguePart:     {dialogue: parting{}},

		dialogueOTP:     {dialogue: otp{}, officersOnly: true},
		dialogueCheck:   {dialogue: check{}, officersOnly: true},
		dialogueFill:    {dialogue: fill{}, officersOnly: true},
		dialogueApprove: {dialogue: approve{}, officersOnly: true},
		dialogueReason:  {dialogue: reason{}, officersOnly: true},
		dialogueCounter: {dialogue: counter{}, officersOnly: true},
		dialogueHand:    {dialogue: hand{}, officersOnly: true},
		dialogueCall:    {dialogue: call{}, officersOnly: true},
		dialogueStandIn: {dialogue: standInForm{}, officersOnly: true},
		dialogueStaff:   {dialogue: staffAct{}, officersOnly: true},
		dialogueVisit:   {dialogue: visit{}, officersOnly: true},
	}
}

// workTable gives what begins an officer's work at a step, by the step's kind.
func workTable() map[workflow.Kind]work {
	return map[workflow.Kind]work{
		workflow.KindCheck:      beginCheck,
		workflow.KindIssue:      claimAndFill,
		workflow.KindDraft:      claimAndFill,
		workflow.KindRecommend:  claimAndFill,
		workflow.KindCoordinate: coordinate,
		workflow.KindInitial:    beginApproval,
		workflow.KindSign:       beginApproval,
		workflow.KindNumber:     beginApproval,
		workflow.KindDeliver:    beginDelivery,
		workflow.KindVisit:      openVisit,
	}
}

// coordinate begins the letters of a coordination, or their signature.
func coordinate(ctx context.Context, t *turn, c workflow.Case, step workflow.Step) error {
	if c.Stage == workflow.StageSign {
		return beginApproval(ctx, t, c, step)
	}
	return claimAndFill(ctx, t, c, step)
}
