package handlers

import (
	"izinbot/handlers/account"
	"izinbot/handlers/apply"
	"izinbot/handlers/approve"
	"izinbot/handlers/books"
	"izinbot/handlers/compose"
	"izinbot/handlers/deliver"
	"izinbot/handlers/info"
	"izinbot/handlers/respond"
	"izinbot/handlers/review"
	"izinbot/handlers/session"
	"izinbot/handlers/status"
	"izinbot/handlers/supervise"
	"izinbot/handlers/tasks"
	"izinbot/handlers/visit"
	"izinbot/workflow"
)

// commandTable lists every command. The order is that of bantuan.
func commandTable() []session.Command {
	marks := []workflow.Kind{workflow.KindInitial, workflow.KindSign, workflow.KindCoordinate}
	delivers := []workflow.Kind{workflow.KindDeliver}
	checks := []workflow.Kind{workflow.KindCheck}
	return append(basicCommands(), []session.Command{
		{Name: "ajukan", English: "apply", Aliases: []string{"daftar"}, Run: apply.Begin},
		{Name: "lanjutkan", English: "continue", Aliases: []string{"lanjut", "resume"}, Run: apply.Resume},
		{Name: "simpan", English: "save", Always: true, Run: apply.Save},
		{Name: "status", Aliases: []string{"cek"}, Args: "args.resi", Always: true, Run: status.Show},
		{Name: "lengkapi", English: "complete", Always: true, Run: apply.AnswerClarification},
		{Name: "setuju", English: "agree", Run: respond.Agree},
		{Name: "keberatan", English: "object", Run: respond.Object},
		{Name: "terima", English: "receive", Run: respond.Receive},
		{Name: "surat", English: "letters", Aliases: []string{"letter"}, Args: "args.resi", Run: status.Letters},
		{Name: "tarik", English: "withdraw", Aliases: []string{"cabut"}, Run: withdraw},
		{Name: "survei", English: "survey", Run: respond.BeginSurvey},
		{Name: "syarat", English: "requirements", Aliases: []string{"persyaratan", "sarat"}, Always: true, Run: info.Requirements},
		{Name: "pengaduan", English: "complaint", Aliases: []string{"lapor", "adukan"}, Always: true, Files: true, Run: respond.Complain},
		{Name: "kontak", English: "contact", Aliases: []string{"hubungi"}, Always: true, Run: info.Contact},
		{Name: "privasi", English: "privacy", Run: info.Privacy},
		{Name: "bahasa", English: "language", Always: true, Run: switchLanguage},
		{Name: "english", Aliases: []string{"inggris"}, Always: true, Hidden: true, Run: speakEnglish},
		{Name: "indonesia", Aliases: []string{"indonesian"}, Hidden: true, Run: speakIndonesian},
		{Name: "sambung", English: "link", Aliases: []string{"hubungkan"}, Args: "args.link", Always: true, Coded: isCode, Run: account.Link},
		{Name: "putus", English: "unlink", Run: account.Unlink},
		{Name: "bukansaya", English: "notme", Aliases: []string{"bukan saya", "not me"}, Always: true, Hidden: true, Run: account.NotMe},
		{Name: "gabung", Aliases: []string{"join"}, Hidden: true, Coded: isCode, Run: account.Join},
		{Name: "tugas", Aliases: []string{"tasks", "kerja"}, Officers: true, Run: tasks.List},
		{Name: "buka", Aliases: []string{"lihat", "open"}, Args: "args.case", Officers: true, Run: tasks.View},
		{Name: "berkas", Aliases: []string{"dokumen"}, Args: "args.case", Officers: true, Run: tasks.Documents},
		{Name: "isian", Aliases: []string{"data", "formulir"}, Args: "args.case", Officers: true, Run: tasks.Answers},
		{Name: "ttd", Aliases: []string{"parafsemua", "ttdsemua"}, Officers: true, Kinds: marks, Run: approve.All},
		{Name: "alihkan", Aliases: []string{"oper"}, Args: "args.case", Officers: true, Run: supervise.BeginHandover},
		{Name: "plh", Aliases: []string{"plt"}, Officers: true, Run: account.BeginStandIn},
		{Name: "serah", Aliases: []string{"serahkan"}, Args: "args.case", Officers: true, Kinds: delivers, Run: deliver.RecordReceipt},
		{Name: "bukalagi", Aliases: []string{"reopen"}, Args: "args.case", Officers: true, Kinds: checks, Run: review.Reopen},
		{Name: "cari", Aliases: []string{"find"}, Args: "args.words", Officers: true, Run: supervise.Find},
		{Name: "terlambat", Aliases: []string{"telat", "late"}, Officers: true, Run: supervise.Late},
		{Name: "telepon", Aliases: []string{"telp", "call"}, Officers: true, Run: supervise.ListCalls},
		{Name: "kerjakan", Aliases: []string{"hariini"}, Args: "args.case", Officers: true, Run: tasks.PromiseToday},
		{Name: "rekap", Aliases: []string{"laporan"}, Args: "args.period", Officers: true, Run: supervise.Recap},
		{Name: "buku", Aliases: []string{"register", "agenda"}, Args: "args.book", Officers: true, Books: true, Common: true, Run: books.Show},
		{Name: "riwayat", Aliases: []string{"history"}, Args: "args.case", Officers: true, Run: supervise.History},
		{Name: "siapa", Second: "melihat", Args: "args.seen", Officers: true, Oversees: true, Common: true, Run: tasks.WhoSaw},
		{Name: "whatsapp", Officers: true, Admins: true, Run: account.ShowPhone},
		{Name: "petugas", Aliases: []string{"pegawai"}, Officers: true, Admins: true, Common: true, Run: account.ListStaff},
		{Name: "batalgabung", Officers: true, Hidden: true, Run: account.UndoJoin},
		{Name: "nanti", Officers: true, Hidden: true, Run: tasks.Later},
		{Name: "kunjungan", Aliases: []string{"visit"}, Args: "args.case", Officers: true, Kinds: []workflow.Kind{workflow.KindVisit}, Run: visit.Go},
	}...)
}

// basicCommands are those that everybody has.
func basicCommands() []session.Command {
	return []session.Command{
		{Name: "mulai", English: "start", Aliases: []string{"menu"}, Always: true, Run: start},
		{Name: "bantuan", English: "help", Aliases: []string{"tolong", "?"}, Always: true, Run: help},
		{Name: "bantuan semua", English: "help all", Always: true, Hidden: true, Run: helpAll},
		{Name: "batal", English: "cancel", Aliases: []string{"keluar", "stop", "berhenti"}, Always: true, Run: cancel},
		{Name: "kembali", English: "back", Aliases: []string{"mundur"}, Always: true, Run: goBack},
	}
}

// CommandIn gives a command's name in a language, for texts that offer it.
func CommandIn(lang workflow.Lang, name string) string {
	return session.CommandIn(commandTable(), lang, name)
}

// dialogueTable gives every dialogue by its name in a chat's state.
func dialogueTable() map[string]session.Entry {
	everybody := []func() session.Dialogue{
		fresh[apply.Application], fresh[apply.Clarification], fresh[apply.Discard], fresh[respond.Complaint], fresh[respond.Withdrawal],
		fresh[respond.Survey], fresh[account.Linking], fresh[account.Unlinking],
	}
	officers := []func() session.Dialogue{
		fresh[review.Check], fresh[compose.Composition], fresh[approve.Approval], fresh[deliver.Dispatch], fresh[visit.FieldVisit],
		fresh[tasks.Confirmation], fresh[tasks.Reason], fresh[supervise.Handover], fresh[supervise.Call],
		fresh[account.StandIn], fresh[account.StaffAct],
	}
	table := map[string]session.Entry{}
	for i, d := range append(everybody, officers...) {
		table[d().Name()] = session.Entry{New: d, OfficersOnly: i >= len(everybody)}
	}
	return table
}

// fresh gives a dialogue in which nothing was answered.
func fresh[D any, P interface {
	*D
	session.Dialogue
}]() session.Dialogue {
	return P(new(D))
}

// work gives the dialogue in which an officer does the step where a case is; nil where there
// is nothing to do for one.
func work(c workflow.Case, step workflow.Step) session.Work {
	switch step.Kind {
	case workflow.KindCheck:
		return new(review.Check)
	case workflow.KindInitial, workflow.KindSign, workflow.KindNumber:
		return new(approve.Approval)
	case workflow.KindDeliver:
		return new(deliver.Dispatch)
	case workflow.KindVisit:
		return new(visit.FieldVisit)
	case workflow.KindCoordinate:
		if c.Stage == workflow.StageSign {
			return new(approve.Approval)
		}
		return new(compose.Composition)
	case workflow.KindIssue, workflow.KindDraft, workflow.KindRecommend:
		return new(compose.Composition)
	case workflow.KindSubmit, workflow.KindReceive:
	}
	return nil
}
