package handlers_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// filling gives somebody at the documents of an application, and the id that his next
// message has.
func filling(t *testing.T) (o *handlerstest.Office, ayu *handlerstest.Guest, next func() string) {
	t.Helper()
	o = handlerstest.NewOffice(t, nil)
	ayu = o.Guest("ayu")
	ayu.Begin()
	ayu.FillForm(handlerstest.AnswersLKS()...)
	return o, ayu, o.NextID
}

func TestBetterCopyTakesThePlaceOfThePoorOne(t *testing.T) {
	t.Parallel()
	o, ayu, next := filling(t)
	first := next()
	ayu.Send(o.Photo("foto.jpg", 1600, 1200, 1))
	ayu.Send(o.Photo("foto.jpg", 1600, 1200, 2))
	better := o.Photo("foto.jpg", 3200, 2400, 3)
	if got := ayu.Tell(bot.Inbound{Better: first, Files: []bot.InboundFile{better}}); got != "" {
		t.Errorf("it says %q", got)
	}
	files := handlerstest.Open[apply.Application](ayu).Files
	if len(files) != 2 || files[0].SHA256 != better.Key || files[0].Message != first {
		t.Fatalf("the draft has %+v", files)
	}
	ayu.Expect("selesai", "A1 diterima: 2 berkas")
	sharper := o.Photo("foto.jpg", 3400, 2400, 4)
	ayu.Tell(bot.Inbound{Better: first, Files: []bot.InboundFile{sharper}})
	if docs := handlerstest.Open[apply.Application](ayu).Documents; docs[0].Files[0].SHA256 != sharper.Key {
		t.Errorf("the finished document has %+v", docs[0].Files)
	}
	ayu.Say("batal")
	again := o.Photo("foto.jpg", 3600, 2400, 5)
	ayu.Tell(bot.Inbound{Better: first, Files: []bot.InboundFile{again}})
	if a := ayu.Answers(); !strings.Contains(a, again.Key) {
		t.Error("a draft that was put aside keeps the poor copy")
	}
	if got := ayu.Tell(bot.Inbound{Better: first, Files: []bot.InboundFile{o.File("foto.jpg", []byte("rusak"))}}); got != "" || !strings.Contains(ayu.Answers(), again.Key) {
		t.Errorf("a damaged copy says %q", got)
	}
}

func TestBetterCopyIsFetchedOnlyForWhatItReplaces(t *testing.T) {
	t.Parallel()
	o, ayu, next := filling(t)
	wants := func(of string) bool {
		t.Helper()
		got, err := o.App.WantsFiles(t.Context(), bot.Received{Seq: 1 << 40, Inbound: bot.Inbound{
			Chat: ayu.Chat, Better: of, Files: []bot.InboundFile{{Ref: "x", Size: 1000}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	first := next()
	ayu.Send(o.Photo("foto.jpg", 1600, 1200, 1))
	if !wants(first) || wants("test:0") {
		t.Errorf("wanted: of the photo %v, of another message %v", wants(first), wants("test:0"))
	}
	if got := ayu.Tell(bot.Inbound{Better: "test:0", Files: []bot.InboundFile{o.Photo("f.jpg", 1600, 1200, 9)}}); got != "" {
		t.Errorf("a copy of nothing says %q", got)
	}
}

func TestDeletedMessageIsTakenOutOfTheDraft(t *testing.T) {
	t.Parallel()
	o, ayu, next := filling(t)
	first := next()
	ayu.Send(o.PDF("surat.pdf", 1))
	got := ayu.Tell(bot.Inbound{Withdrawn: first})
	o.Wants(got, "Pesan itu Bapak/Ibu hapus, jadi berkasnya kami keluarkan dari isian: A1 (surat.pdf).", "Dokumen 1 dari 14 · A1")
	if docs := handlerstest.Open[apply.Application](ayu).Documents; len(docs) != 0 {
		t.Errorf("the draft has %+v", docs)
	}
	if got := ayu.Tell(bot.Inbound{Withdrawn: first}); got != "" {
		t.Errorf("the same once more says %q", got)
	}
	before := ayu.Answers()
	if got := ayu.Tell(bot.Inbound{Withdrawn: "test:1"}); got != "" || ayu.Answers() != before {
		t.Errorf("a deleted text says %q", got)
	}
}

func TestDeletedMessageOfWhatWasSentInIsToldToTheOfficer(t *testing.T) {
	t.Parallel()
	o, ayu, next := filling(t)
	fitri := o.Officer("fitri", "front_office")
	first := next()
	ayu.Send(o.PDF("surat.pdf", 1))
	ayu.SendDocuments()
	ayu.Say("kirim")
	c := ayu.OnlyCase()
	got := ayu.Tell(bot.Inbound{Withdrawn: first})
	o.Wants(got, "sudah terkirim dengan permohonan "+string(c.ID), "Petugas sudah kami beri tahu.")
	o.Wants(handlerstest.Transcript(o.Sent[fitri.Chat]), string(c.ID)+": pemohon menghapus pesan yang membawa A1 (surat.pdf).", "Buka")
	if doc, ok := ayu.OnlyCase().Document("A1"); !ok || len(doc.Files) != 1 {
		t.Errorf("the case has %+v", doc)
	}
	if got := ayu.Tell(bot.Inbound{Better: first, Files: []bot.InboundFile{o.Photo("f.jpg", 1600, 1200, 9)}}); got != "" {
		t.Errorf("a better copy of what was sent in says %q", got)
	}
}

func TestPhotosOfAVisitAreReplacedAndTakenOut(t *testing.T) {
	t.Parallel()
	rudi, id := handlerstest.Visiting(t)
	o := rudi.Office
	rudi.Say("kunjungan " + string(id))
	rudi.Tell(bot.Inbound{Location: &bot.Location{Lat: 2.74, Lon: 98.32}})
	first := o.NextID()
	rudi.Send(o.Photo("foto.jpg", 400, 300, 1))
	rudi.Send(o.Photo("foto.jpg", 400, 300, 2))
	better := o.Photo("foto.jpg", 1600, 1200, 3)
	if got := rudi.Tell(bot.Inbound{Better: first, Files: []bot.InboundFile{better}}); got != "" {
		t.Errorf("it says %q", got)
	}
	photos := func() []workflow.Photo {
		c, err := o.Store.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return c.Visit.Photos
	}
	if got := photos(); len(got) != 2 || got[0].File.SHA256 != better.Key {
		t.Fatalf("the visit has %+v", got)
	}
	o.Wants(rudi.Tell(bot.Inbound{Withdrawn: first}), "fotonya dikeluarkan dari kunjungan", "selesai")
	if got := photos(); len(got) != 1 {
		t.Errorf("the visit has %+v", got)
	}
}
