package handlers

import "izinbot/workflow"

func officerCommands() []command {
	marks := []workflow.Kind{workflow.KindInitial, workflow.KindSign, workflow.KindCoordinate}
	delivers := []workflow.Kind{workflow.KindDeliver}
	checks := []workflow.Kind{workflow.KindCheck}
	return []command{
		{name: "gabung", aliases: []string{"join"}, hidden: true, coded: true, run: joinCommand},
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
	}
}

func officerDialogues() map[string]dialogue {
	return map[string]dialogue{
		dialogueOTP:     otp{},
		dialogueCheck:   check{},
		dialogueFill:    fill{},
		dialogueApprove: approve{},
		dialogueReason:  reason{},
		dialogueCounter: counter{},
		dialogueHand:    hand{},
		dialogueCall:    call{},
		dialogueStandIn: standInForm{},
		dialogueStaff:   staffAct{},
	}
}
