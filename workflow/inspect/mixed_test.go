package inspect

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func joined(parts ...any) []byte {
	var out bytes.Buffer
	for _, p := range parts {
		switch p := p.(type) {
		case []byte:
			out.Write(p)
		case string:
			out.WriteString(p)
		}
	}
	return out.Bytes()
}

func TestSecondFormatIsRefused(t *testing.T) {
	pdf, photo, scan := makePDF(t, 1), makeJPEG(t, 64, 48), makePNG(t, 64, 48)
	jar := makeZip(t, "META-INF/MANIFEST.MF", "Contoh.class")
	tar := slices.Clone(pdf)
	copy(tar[257:], "ustar")
	tests := map[string][]byte{
		"batch before a PDF":         joined("@echo off\r\ncalc\r\nexit\r\n", pdf),
		"HTML before a PDF":          joined("<html><script>alert(1)</script></html>\n", pdf),
		"script before a PDF":        joined("var a = 1;/*\n", pdf),
		"desktop entry before a PDF": joined("[Desktop Entry]\nExec=calc\n", pdf),
		"NUL before a PDF":           joined("\x00\x00", pdf),
		"batch behind the header":    bytes.Replace(pdf, []byte("\n"), []byte("\n@echo off\ncalc\n"), 1),
		"ZIP behind a PDF":           joined(pdf, makeZip(t, "akta.exe")),
		"JAR behind a PDF":           joined(pdf, jar),
		"padded JAR behind a PDF":    joined(pdf, jar, strings.Repeat("\x00", 900)),
		"ZIP before the last %%EOF":  joined(pdf, makeZip(t, "akta.exe"), "\n%%EOF\n"),
		"HTA behind a PDF":           joined(pdf, "\n<HTA:APPLICATION id=x><script>calc</script>"),
		"PHP behind a PDF":           joined(pdf, "\n<?php system('id'); ?>"),
		"program behind a PDF":       joined(pdf, "MZ\x90\x00"),
		"RAR behind a PDF":           joined(pdf, "Rar!\x1a\x07\x01\x00"),
		"tar around a PDF":           tar,
		"PDF behind a photo":         joined(photo, pdf),
		"ZIP behind a photo":         joined(photo, makeZip(t, "akta.exe")),
		"program behind a photo":     joined(photo, "\x7fELF\x02"),
		"photo that is a script":     joined("\xff\xd8\xff\xe0/*", photo[6:], strings.Repeat("\x00", 13_000), photo[2:]),
		"ZIP behind a scan":          joined(scan, makeZip(t, "akta.exe")),
		"HTML behind a scan":         joined(scan, "<html ><body>"),
		"GIF that is a script":       []byte("GIF89a/*\x00\x00*/=1;alert(1)"),
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			r := look(t, content)
			two := r.Problem == "two_formats" || r.Problem == NotAccepted && r.Kind == "mixed"
			if r.Problem == NotAccepted && (r.Kind == Text || r.Kind == Program) {
				two = true
			}
			if !two {
				t.Errorf("kind %q, problem %q", r.Kind, r.Problem)
			}
		})
	}
}

func TestOrdinaryEndingsAreNoSecondFormat(t *testing.T) {
	pdf, photo, scan := makePDF(t, 1), makeJPEG(t, 64, 48), makePNG(t, 64, 48)
	tests := map[string][]byte{
		"white space before a PDF":           joined("\r\n \t\n", pdf),
		"byte order mark before a PDF":       joined("\xef\xbb\xbf", pdf),
		"line ends and NULs behind a PDF":    joined(pdf, "\r\n\n", strings.Repeat("\x00", 4096)),
		"remains of a transfer behind a PDF": joined(pdf, "0\r\n\r\n"),
		"signed, in a further update":        update(pdf, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 9 9 9]/Contents<00>>>"),
		"photo with a second of its kind":    joined(photo, photo),
		"photo with a short film":            joined(photo, "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", strings.Repeat("film", 1000)),
		"photo with a maker's block":         joined(photo, "\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1795834000000SEFHk\x00\x00\x00SEFT"),
		"photo with padding":                 joined(photo, strings.Repeat("\x00", 4096)),
		"scan with remains of a larger one":  joined(scan, scan[len(scan)/2:]),
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			if r := look(t, content); r.Problem != Fine {
				t.Errorf("kind %q, problem %q", r.Kind, r.Problem)
			}
		})
	}
}

// update appends an incremental update (ISO 32000-1, 7.5.6) of one object.
func update(pdf []byte, object string) []byte { return updateObject(pdf, 900, object) }

func updateObject(pdf []byte, number int, object string) []byte {
	prev := bytes.LastIndex(pdf, []byte("\nxref")) + 1
	out := slices.Clone(pdf)
	at := len(out)
	out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", number, object)
	xref := len(out)
	trailer := string(pdf[bytes.LastIndex(pdf, []byte("/Root"))+len("/Root"):])
	var root int
	if _, err := fmt.Sscan(trailer, &root); err != nil {
		panic(err)
	}
	return fmt.Appendf(out, "xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		number, at, number+1, root, prev, xref)
}

func TestActivePartsAreFound(t *testing.T) {
	pdf := makePDF(t, 1)
	tests := map[string]struct{ object, want string }{
		"nothing":           {"<</Type/Metadata>>", ""},
		"script":            {"<</S/JavaScript/JS(app.alert\\(1\\))>>", "javascript"},
		"escaped script":    {"<</#53/J#61vaScript/J#53(x)>>", "javascript"},
		"launch":            {"<</Type/Action/S/Launch/F(calc.exe)>>", "launch"},
		"nested launch":     {"<</Kids[<</A<</S/L#61unch/F(x)>>>>]>>", "launch"},
		"embedded file":     {"<</Type/Filespec/F(a.exe)/EF<</F 1 0 R>>>>", "attachments"},
		"form":              {"<</Fields[]/XFA[(a) 1 0 R]>>", "xfa"},
		"portfolio":         {"<</Type/Catalog/Collection<</View/D>>>>", "portfolio"},
		"several, in order": {"<</XFA 1 0 R/A<</S/Launch>>/B<</S/JavaScript>>>>", "javascript launch xfa"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			plain := update(pdf, tt.object)
			for how, content := range map[string][]byte{
				"plain": plain, "in an object stream": inObjectStream(t, tt.object), "encrypted": lockPDF(t, pdf, ""),
			} {
				want := tt.want
				if how == "encrypted" {
					want = ""
				}
				if r := look(t, content); r.Problem != Fine || r.ActiveCodes() != want {
					t.Errorf("%s: problem %q, active %q, want %q", how, r.Problem, r.ActiveCodes(), want)
				}
			}
		})
	}
}

// inObjectStream makes a PDF of one page that keeps the object in a compressed
// stream of objects.
func inObjectStream(t *testing.T, object string) []byte {
	t.Helper()
	var b bytes.Buffer
	var index []byte
	add := func(text string) {
		index = entry(index, 1, b.Len())
		b.WriteString(text)
	}
	packed := unfolding(t, object, 400)
	b.WriteString("%PDF-1.5\n")
	add("1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n")
	add("2 0 obj<</Type/Pages/Count 1/Kids[4 0 R]>>endobj\n")
	index = entry(index, 2, 5)
	add("4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n")
	add(fmt.Sprintf("5 0 obj<</Type/ObjStm/N 1/First 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n", len(packed), packed))
	table := b.Len()
	fmt.Fprintf(&b, "6 0 obj<</Type/XRef/Size 7/Index[1 5]/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream endobj\nstartxref\n%d\n%%%%EOF\n",
		len(index), index, table)
	return b.Bytes()
}
