package handlers_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// files makes a message of each file.
func files(list ...bot.InboundFile) []bot.Inbound {
	messages := make([]bot.Inbound, len(list))
	for i, f := range list {
		messages[i].Files = []bot.InboundFile{f}
	}
	return messages
}

// documents are what an application holds so far.
type documents struct {
	Documents []workflow.Document `json:"documents"`
	Files     []workflow.File     `json:"files"`
}

func fileNames(files []workflow.File) string {
	var out []string
	for _, f := range files {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

// atDocuments gives an applicant who is asked for A1.
func atDocuments(t *testing.T) *handlerstest.Guest {
	t.Helper()
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	return g
}

// TestFilesOfABurstBelongToOneDocument: with or without the mark of an album; what cannot be
// used is told by its name, and the answer comes once, after the last.
func TestFilesOfABurstBelongToOneDocument(t *testing.T) {
	for _, album := range []string{"", "x"} {
		g := atDocuments(t)
		burst := files(g.PDF("akta.pdf", 2), g.PDF("sk.pdf", 1), g.File("virus.exe", []byte("MZ CONTOH")), g.Photo("lampiran.jpg", 1600, 1200, 7))
		for i := range burst {
			burst[i].Album = album
		}
		got := g.Bubbles(burst...)
		g.Wants(got, "Ini program", "3 berkas untuk A1: akta.pdf (2 hlm.), sk.pdf (1 hlm.), lampiran.jpg", "1 Selesai", "2 Urutkan", "3 Hapus satu")
		if n := strings.Count(got, "A1"); n != 1 {
			t.Errorf("A1 is named %d times in\n%s", n, got)
		}
		g.App.Quiet = 0
		g.Expect("urutkan", "mana yang pertama", "3 lampiran.jpg")
		g.Expect("2 3 1", "3 berkas untuk A1: sk.pdf (1 hlm.), lampiran.jpg, akta.pdf (2 hlm.)")
		g.Expect("2", "mana yang pertama")
		g.Expect("3", "akta.pdf (2 hlm.), sk.pdf (1 hlm.), lampiran.jpg")
		g.Expect("hapus satu", "mana yang dihapus")
		g.Expect("2", "2 berkas untuk A1: akta.pdf (2 hlm.), lampiran.jpg")
		g.Expect("selesai", "A1 diterima: 2 berkas.", "18/19 Nomor surat permohonan")
		if docs := handlerstest.Open[documents](g).Documents; len(docs) != 1 || fileNames(docs[0].Files) != "akta.pdf lampiran.jpg" {
			t.Errorf("documents %+v", docs)
		}
	}
}

// TestALonePDFGoesOnOnceTheChatIsQuiet, and a message of another kind ends the burst.
func TestALonePDFGoesOnOnceTheChatIsQuiet(t *testing.T) {
	g := atDocuments(t)
	queue := g.Queue(files(g.PDF("akta.pdf", 2))...)
	if !g.Take(queue) {
		t.Error("it is taken before the chat was quiet")
	}
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "A1 diterima: akta.pdf, 2 halaman", "18/19 Nomor surat permohonan")
	queue = g.Queue(append(files(g.PDF("a2.pdf", 1)), bot.Inbound{Text: "status"})...)
	if g.Take(queue) {
		t.Error("it waits though something else came")
	}
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "A2 diterima")
}

// TestACrashInABurstLosesAndDoublesNothing: each file is stored in its turn.
func TestACrashInABurstLosesAndDoublesNothing(t *testing.T) {
	g := atDocuments(t)
	queue := g.Queue(files(g.PDF("a.pdf", 1), g.PDF("b.pdf", 1), g.PDF("c.pdf", 1))...)
	g.Take(queue)
	left, err := g.Store.Unhandled(t.Context())
	if err != nil || len(left) != 2 {
		t.Fatalf("%d messages wait, %v", len(left), err)
	}
	for i := range queue { // the first again too
		g.Take(queue[i:])
	}
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "3 berkas untuk A1: a.pdf (1 hlm.), b.pdf (1 hlm.), c.pdf (1 hlm.)")
	if got := fileNames(handlerstest.Open[documents](g).Files); got != "a.pdf b.pdf c.pdf" {
		t.Errorf("files %s", got)
	}
}

// TestCaptionSaysUntilWhenADocumentIsValid at a document that expires.
func TestCaptionSaysUntilWhenADocumentIsValid(t *testing.T) {
	for caption, want := range map[string]string{
		"berlaku sampai 31/12/2027":  "C1 berlaku sampai Jumat, 31 Desember 2027",
		"s.d. 31 Desember 2027":      "C1 berlaku sampai Jumat, 31 Desember 2027",
		"izin kemlu, tanpa batas":    "C1 tercatat tanpa masa berlaku",
		"berlaku sampai 31/12/2020":  "berlaku sampai tanggal berapa",
		"Izin dari Kementerian Luar": "berlaku sampai tanggal berapa",
	} {
		g := atDocuments(t)
		for _, code := range []string{"a1", "a2", "b1", "b2", "b3", "b4", "b5", "b6"} {
			if strings.Contains(g.Say("apa"), "C1") {
				break
			}
			g.Send(g.PDF(code+".pdf", 1))
			if code == "a1" {
				g.PassLetter()
			}
		}
		f := g.PDF("c1.pdf", 1)
		got := g.Tell(bot.Inbound{Text: caption, Files: []bot.InboundFile{f}})
		g.Wants(got, want)
	}
}
