package handlers_test

import (
	"maps"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// editing is a chat in which a message was the answer of a dialogue.
type editing struct {
	g       *handlerstest.Guest
	message string // that held the answer
	end     func() // sends what was filled in, or records it
}

// edit changes the text of a message.
func (e editing) edit(text string) string {
	e.g.T.Helper()
	return e.g.Tell(bot.Inbound{Other: bot.OtherEdited, Edits: e.message, Text: text})
}

// said has somebody say the text of a message, and gives how an edit names it.
func said(g *handlerstest.Guest, text string) string {
	g.T.Helper()
	id := g.NextID()
	g.Say(text)
	return id
}

// TestEditsOfAnswers: in every dialogue an edit of a message that was an answer is asked about while
// the answer is a draft; later it is told what counts and how to correct it.
func TestEditsOfAnswers(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		begin func(t *testing.T) editing
		text  string // the new one
		asked string // what is asked, "" if it is recorded at once
		has   string // what the answers hold once that was agreed to
		told  string // what is said of an edit once it was sent
	}{
		"complaint": {
			begin: func(t *testing.T) editing {
				t.Helper()
				o := handlerstest.NewOffice(t, nil)
				o.Officer("kadis", "kadis")
				g := o.Guest("ani")
				g.Say("pengaduan")
				g.Say("Petugas minta uang")
				m := said(g, "di loket 1")
				g.Say("kemarin pagi")
				return editing{g, m, func() { g.Expect("kirim", "diteruskan") }}
			},
			text: "di loket 2", asked: "Tulisan itu sudah terisi: di loket 1. Ganti?", has: `Petugas minta uang\ndi loket 2\nkemarin pagi`, told: "ketik PENGADUAN",
		},
		"complaint with its command": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g := handlerstest.NewOffice(t, nil).Guest("ani")
				m := said(g, "pengaduan petugas minta uang")
				return editing{g, m, func() { g.Say("kirim") }}
			},
			text: "pengaduan petugas minta pulsa", asked: "petugas minta uang. Ganti?", has: `"petugas minta pulsa"`, told: "sudah diteruskan",
		},
		"withdrawal": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g, id := handlerstest.Applied(t)
				g.Say("tarik " + string(id))
				m := said(g, "Lembaga pindah ke Medan")
				return editing{g, m, func() { g.Say("1") }}
			},
			text: "Lembaga pindah ke Binjai", asked: "Alasan penarikan sudah terisi: Lembaga pindah ke Medan", has: "Binjai", told: "sudah tercatat",
		},
		"date of expiry": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g := handlerstest.NewOffice(t, nil).Guest("ani")
				g.Begin()
				g.FillForm(handlerstest.AnswersLKS()...)
				for range 8 {
					g.Send(g.PDF(string(rune('a'+g.Count%26))+".pdf", 1))
				}
				m := said(g, "31/12/2027")
				return editing{g, m, func() { g.SendDocuments(); g.Expect("kirim", "Permohonan diterima") }}
			},
			text: "30/11/2027", asked: "Masa berlaku C1 sudah terisi: Jumat, 31 Desember 2027", has: "2027-11-30", told: "Permohonan itu sudah dikirim",
		},
		"choice": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g := handlerstest.NewOffice(t, nil).Guest("ani")
				g.Begin()
				g.FillForm(handlerstest.AnswersLKS()[:4]...)
				m := said(g, "2")
				return editing{g, m, nil}
			},
			text: "1", asked: "Jenis identitas pimpinan sudah terisi: Paspor. Ganti?", has: `"ktp"`,
		},
		"reason of a verdict": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g, id := handlerstest.Applied(t)
				fo := g.Officer("fo", "front_office")
				fo.Say("buka " + string(id))
				fo.Say("B1")
				fo.Say("tidak sesuai")
				m := said(fo, "Halaman terakhir belum ada")
				return editing{fo, m, func() {
					fo.Say("kembali ke daftar")
					fo.Say("yang belum dinilai sesuai semua")
					fo.Expect("kirim klarifikasi ke pemohon", "klarifikasi dikirim")
				}}
			},
			text: "Halaman 2 belum ada", asked: "Alasan B1 sudah terisi: Halaman terakhir belum ada. Ganti?", told: "nilai lagi dokumennya",
		},
		"reasons of a refusal": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g, id := handlerstest.At(t, 9, workflow.OutcomeNotRecommended)
				bo := g.Officer("bo", "backoffice")
				bo.Say("buka " + string(id))
				m := said(bo, "Alamat tidak ditemukan | Pasal 1")
				bo.Say("Izin usaha habis | Pasal 2")
				return editing{bo, m, nil}
			},
			text: "Alamat keliru | Pasal 1", asked: "Alamat tidak ditemukan", has: "Alamat keliru | Pasal 1\",\"Izin usaha habis | Pasal 2",
		},
		"conclusion": {
			begin: func(t *testing.T) editing {
				t.Helper()
				tim := atConclusion(t)
				m := said(tim, "Sesuai berkas")
				return editing{tim, m, func() { tim.Say("lewati"); tim.Expect("buat berita acara", "Berita Acara siap") }}
			},
			text: "Sesuai sebagian", asked: "kesimpulan sudah terisi: Sesuai berkas. Ganti?", has: `"Sesuai sebagian"`, told: "lalu pilih Perbaiki",
		},
		"note at a visit": {
			begin: func(t *testing.T) editing {
				t.Helper()
				tim, id := handlerstest.Visiting(t)
				tim.Say("kunjungan " + string(id))
				tim.Say("1")
				tim.Say("selesai")
				tim.Say("catatan")
				m := said(tim, "Tangga perlu pegangan")
				tim.Say("ya")
				return editing{tim, m, nil}
			},
			text: "Tangga belakang perlu pegangan", asked: "sudah terisi: Tangga perlu pegangan. Ganti?",
		},
		"field of a letter": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g, id := handlerstest.Applied(t)
				g.Onward(4, "")
				fo := g.Officer("fo", "front_office")
				fo.Say("buka " + string(id))
				fo.Say("LKS Contoh")
				m := said(fo, "505")
				return editing{fo, m, nil}
			},
			text: "504", asked: "sudah terisi: 505. Ganti?", has: `"504"`,
		},
		"recipient": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g, id := handlerstest.At(t, 22, workflow.OutcomeRecommended)
				g.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansCounter})
				fo := g.Officer("fo", "front_office")
				fo.Say("serah " + string(id))
				m := said(fo, "Ani Contoh")
				return editing{fo, m, func() { fo.Expect("KTP", "buku ekspedisi") }}
			},
			text: "Ana Contoh", asked: "sudah terisi: Ani Contoh. Ganti?", has: "Ana Contoh", told: "sudah tercatat",
		},
		"reason of a return": {
			begin: func(t *testing.T) editing {
				t.Helper()
				g, id := handlerstest.At(t, 18, workflow.OutcomeRecommended)
				kabid := g.Officer("kabid", "kabid")
				kabid.Say("buka " + string(id))
				kabid.Say("kembalikan")
				m := said(kabid, "Nama desa belum ditulis")
				return editing{kabid, m, func() {}}
			},
			text: "Nama desa salah", told: "langsung kepada penerimanya",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := row.begin(t)
			if row.asked != "" {
				before := answersOf(e.g.State())
				e.g.Wants(e.edit(row.text), row.asked, "1 Ya, ganti: ")
				if after := answersOf(e.g.State()); !maps.Equal(after, before) {
					t.Errorf("an edit changed %v to %v", before, after)
				}
				e.g.Say("1")
				if got := e.g.Answers(); !strings.Contains(got, row.has) {
					t.Errorf("stored %s, want %q", got, row.has)
				}
				e.g.Wants(e.edit(row.text), "tidak ada yang berubah")
			}
			if e.end == nil {
				return
			}
			e.end()
			e.g.Wants(e.edit("lain lagi"), row.told)
			e.g.Lacks(handlerstest.Transcript(e.g.Sent[e.g.Chat]), "Ganti?")
		})
	}
}
