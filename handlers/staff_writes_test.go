package handlers_test

import (
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
)

// What is said to an officer who writes in the chat himself is no answer to the form.
func TestNothingIsAnsweredWhileAnOfficerWrites(t *testing.T) {
	t.Parallel()
	o := handlerstest.NewOffice(t, nil)
	admin := o.Officer("admin", "admin")
	ayu := o.Guest("ayu")
	ayu.Begin()
	if got := ayu.Tell(bot.Inbound{Other: bot.OtherStaff}); got != "" {
		t.Errorf("it says %q", got)
	}
	o.Wants(handlerstest.Transcript(o.Sent[admin.Chat]), "Petugas menulis sendiri dari ponsel kantor kepada Pemohon CONTOH", "sampai 11.12 WIB")
	ayu.Tell(bot.Inbound{Other: bot.OtherStaff})
	if got := o.Sent[admin.Chat]; len(got) != 0 {
		t.Errorf("the admin hears it again: %v", got)
	}
	if got := ayu.Say("Baik Pak, besok saya datang"); got != "" {
		t.Errorf("it says %q", got)
	}
	if got := ayu.Send(o.PDF("surat.pdf", 1)); got != "" {
		t.Errorf("of a file it says %q", got)
	}
	o.Now = o.Now.Add(61 * time.Minute)
	got := ayu.Say("Yayasan Contoh")
	o.Wants(got, "2 pesan Bapak/Ibu selama petugas membalas sendiri tidak masuk ke isian", "2/19 Negara asal")
	o.Lacks(ayu.Say("Belanda"), "selama petugas")
}

// Whoever names a command means the program.
func TestCommandEndsTheSilence(t *testing.T) {
	t.Parallel()
	o := handlerstest.NewOffice(t, nil)
	ayu := o.Guest("ayu")
	ayu.Begin()
	ayu.Tell(bot.Inbound{Other: bot.OtherStaff})
	ayu.Say("Baik Pak")
	ayu.Expect("status", "Satu pesan Bapak/Ibu selama petugas membalas sendiri", "Belum ada permohonan", "1/19 Nama lembaga")
	ayu.Expect("Yayasan Contoh", "2/19 Negara asal")
}

func TestCallersAreToldOnce(t *testing.T) {
	t.Parallel()
	o := handlerstest.NewOffice(t, nil)
	ayu := o.Guest("ayu")
	call := bot.Inbound{Other: bot.OtherCall}
	o.Wants(ayu.Tell(call), "telepon di nomor ini tidak bisa dijawab", "kantor buka sampai")
	o.Now = o.Now.Add(3 * time.Hour)
	if got := ayu.Tell(call); got != "" {
		t.Errorf("a second call is answered: %q", got)
	}
	o.Now = o.Now.Add(8 * time.Hour)
	o.Wants(ayu.Tell(call), "kantor buka lagi Selasa 24 Nov 07.30 WIB")
}

// A thumb on a question is a yes to it, and a heart is nothing.
func TestReactionsAnswerTheirQuestion(t *testing.T) {
	t.Parallel()
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Say("1")
	tim.Say("selesai")
	asked := tim.Sent[tim.Chat][len(tim.Sent[tim.Chat])-1].Choices
	if got := tim.Tell(bot.Inbound{Text: "❤️", Reaction: true, Asked: asked}); got != "" {
		t.Errorf("a heart is answered: %q", got)
	}
	if got := tim.Tell(bot.Inbound{Text: "❤️", Reaction: true}); got != "" {
		t.Errorf("a heart on an unknown message is answered: %q", got)
	}
	tim.Wants(tim.Tell(bot.Inbound{Text: "👍", Reaction: true}), "Tanda 👍 kami terima", "Daftar periksa 1/8") // the channel forgot the question
	asked = tim.Sent[tim.Chat][len(tim.Sent[tim.Chat])-1].Choices
	tim.Wants(tim.Tell(bot.Inbound{Text: "👍", Reaction: true, Asked: asked}), "Daftar periksa 2/8")
	tim.Wants(tim.Tell(bot.Inbound{Text: "👍", Reaction: true, Asked: asked}), "Pilihan itu dari pertanyaan yang sudah lewat")
	tim.Lacks(tim.Say("status"), "Daftar periksa 3/8")
}
