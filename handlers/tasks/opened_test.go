package tasks_test

import (
	"bytes"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// TestWhatAnOfficerOpensIsWhatWasRecognised sends files under names that would run.
func TestWhatAnOfficerOpensIsWhatWasRecognised(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	for i, name := range []string{"akta.bat", "akta.pdf.exe", "akta\u202efdp.js", "akta.hta. .", "akta", "akta.desktop"} {
		pdf := g.PDF(name, i+1)
		g.Send(pdf)
		docs := handlerstest.Open[apply.Application](g).Documents
		if len(docs) == 0 {
			t.Fatalf("%q is not taken", name)
		}
		f := docs[len(docs)-1].Files[0]
		if !strings.HasPrefix(f.Name, "akta") || !strings.HasSuffix(f.Name, ".pdf") || strings.Count(f.Name, ".") != 1 || f.Type != "application/pdf" {
			t.Errorf("%q is kept as %q, %q", name, f.Name, f.Type)
		}
	}
	before := g.Answers()
	script := g.File("akta.bat", append([]byte("@echo off\r\ncalc.exe\r\n"), g.Files.Content(g.PDF("akta.pdf", 1).Key)...))
	g.Wants(g.Send(script), "dua jenis berkas", "PDF baru")
	if g.Answers() != before {
		t.Error("a script before a PDF was taken")
	}
}

// TestNamesOfEarlierVersions: a case of before keeps its names; nobody gets a file
// under them.
func TestNamesOfEarlierVersions(t *testing.T) {
	got := wording.Attachments(workflow.File{SHA256: "a", Name: "akta.bat", Type: "application/pdf"})
	if len(got) != 1 || got[0].Name != "akta.pdf" {
		t.Errorf("sent as %+v", got)
	}
}

// TestActivePartsAreToldOnTheCard sends a PDF with a script; the officer who checks it is told.
func TestActivePartsAreToldOnTheCard(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g, fo := o.Guest("ani"), o.Officer("budi", "front_office")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	doc := fpdf.New("P", "mm", "A4", "")
	doc.AddPage()
	doc.SetJavascript("app.alert('CONTOH');")
	var script bytes.Buffer
	if err := doc.Output(&script); err != nil {
		t.Fatal(err)
	}
	g.Wants(g.Send(g.File("akta.pdf", script.Bytes())), "A1 diterima")
	g.SendDocuments()
	g.Say("kirim")
	c := g.OnlyCase()
	fo.Wants(fo.Say("/berkas "+string(c.ID)+" A1"), "PDF ini berisi: skrip (JavaScript)")
}

// An officer's own application that is half filled in stays when he looks at his tasks.
func TestTasksPutADraftAside(t *testing.T) {
	g, _ := handlerstest.Applied(t)
	fo := g.Officer("fo", "front_office")
	fo.Say("/ajukan")
	fo.Say("1")
	fo.Expect("Yayasan Kedua", "2/19")
	fo.Expect("/tugas", "1 LKS-2026")
	fo.Expect("/lanjutkan", "2/19")
}
