package inspect

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
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
		"escaped line in the header": bytes.Replace(pdf, []byte("\n"), []byte("&calc.exe&rem \r\n"), 1),
		"word in the header":         bytes.Replace(pdf, []byte("\n"), []byte(" calc\n"), 1),
		"command in a comment":       bytes.Replace(pdf, []byte("\n"), []byte("\n%&calc.exe&rem\n"), 1),
		"XDP in a comment":           bytes.Replace(pdf, []byte("\n"), []byte("\n%<?xml version=\"1.0\"?><xdp:xdp>\n"), 1),
		"text behind a PDF":          joined(pdf, "calc.exe"),
		"XZ behind a PDF":            joined(pdf, "\xfd7zXZ\x00\x00"),
		"VHD behind a PDF":           joined(pdf, "conectix", strings.Repeat("\x00", 504)),
		"program behind rubbish":     joined(pdf, "A\nMZ....PE"),
		"program behind a digit":     joined(pdf, "1MZ\x90\x00"),
		"program between revisions":  bytes.Replace(update(pdf, "null"), []byte("%%EOF\n"), []byte("%%EOF\nMZ\x90\x00\n"), 1),
		"program behind a cut one":   joined(pdf, "9 0 obj\n", "MZ\x90\x00\x03\x00\x00\x00"),
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

// Behind a picture nearly everything may stand, but no file that a machine runs or
// unpacks, at whatever place.
func TestForeignTailOfPictureIsRefused(t *testing.T) {
	program := joined("MZ", strings.Repeat("\x00", 0x3a), "\x80\x00\x00\x00", strings.Repeat("\x00", 0x40), "PE\x00\x00")
	tests := map[string][]byte{
		"program": program, "start of one": []byte("MZ\x90\x00"), "ELF": []byte("\x7fELF\x02\x01\x01"), "script": []byte("#!/bin/sh\nid"),
		"xz": []byte("\xfd7zXZ\x00\x00"), "bzip2": []byte("BZh91AY&SY"), "gzip": []byte("\x1f\x8b\x08\x00\x00"), "LHA": []byte("\x22\x00-lh5-"),
		"ACE": []byte("\x00\x01\x02\x03\x04\x05\x06**ACE**"), "WIM": []byte("MSWIM\x00\x00\x00"), "Zstandard": []byte("\x28\xb5\x2f\xfd"),
		"VHD": joined("conectix", strings.Repeat("\x00", 504)), "DMG": joined("koly", strings.Repeat("\x00", 508)),
		"old Word": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "shortcut": []byte("L\x00\x00\x00\x01\x14\x02\x00"),
		"tar": joined(strings.Repeat("a", 257), "ustar\x0000"), "disc": joined(strings.Repeat("a", 0x8001), "CD001\x01"),
	}
	far := map[string]bool{"program": true, "ELF": true, "xz": true, "bzip2": true, "ACE": true, "WIM": true, "VHD": true, "DMG": true, "old Word": true}
	for name, tail := range tests {
		for where, picture := range map[string][]byte{"photo": makeJPEG(t, 64, 48), "scan": makePNG(t, 64, 48)} {
			for _, junk := range []int{0, 1, 5, 2000} {
				if junk == 2000 && !far[name] {
					continue
				}
				if r := look(t, joined(picture, strings.Repeat("A", junk), tail)); r.Problem != TwoFormats {
					t.Errorf("%s behind a %s and %d bytes: problem %q", name, where, junk, r.Problem)
				}
			}
		}
	}
}

func TestZIP64IsRefused(t *testing.T) {
	for name, content := range map[string][]byte{"PDF": makePDF(t, 1), "photo": makeJPEG(t, 64, 48), "scan": makePNG(t, 64, 48)} {
		for _, junk := range []string{"", "A", "%A\n"} {
			whole := joined(content, junk)
			for _, comment := range []int{0, 70, 60_000} {
				if name == "PDF" && !hasArchive(joined(whole, makeZip64(t, len(whole), comment))) {
					t.Errorf("%s, %q: archive not found", name, junk)
				}
				if r := look(t, joined(whole, makeZip64(t, len(whole), comment))); r.Problem != TwoFormats {
					t.Errorf("%s, %q before it, comment of %d: problem %q", name, junk, comment, r.Problem)
				}
			}
		}
	}
}

// makeZip64 makes an archive whose sizes and offsets stand in the records of ZIP64
// alone (APPNOTE 4.3.14 to 4.3.16).
func makeZip64(t *testing.T, at, comment int) []byte {
	t.Helper()
	plain := makeZip(t, "akta.exe")
	end := bytes.LastIndex(plain, []byte("PK\x05\x06"))
	size, offset := binary.LittleEndian.Uint32(plain[end+12:]), binary.LittleEndian.Uint32(plain[end+16:])
	out := append(slices.Clone(plain[:end]), "PK\x06\x06\x2c\x00\x00\x00\x00\x00\x00\x00\x2d\x00\x2d\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	for _, n := range []uint64{1, 1, uint64(size), uint64(at) + uint64(offset)} {
		out = binary.LittleEndian.AppendUint64(out, n)
	}
	out = append(out, "PK\x06\x07\x00\x00\x00\x00"...)
	out = binary.LittleEndian.AppendUint64(out, uint64(at+end))
	out = append(out, "\x01\x00\x00\x00PK\x05\x06\x00\x00\x00\x00"...)
	out = append(out, strings.Repeat("\xff", 12)...)
	out = binary.LittleEndian.AppendUint16(out, uint16(comment))
	return append(out, strings.Repeat("c", comment)...)
}

func TestOrdinaryEndingsAreNoSecondFormat(t *testing.T) {
	pdf, photo, scan := makePDF(t, 1), makeJPEG(t, 64, 48), makePNG(t, 64, 48)
	tests := map[string][]byte{
		"white space before a PDF":           joined("\r\n \t\n", pdf),
		"byte order mark before a PDF":       joined("\xef\xbb\xbf", pdf),
		"line ends and NULs behind a PDF":    joined(pdf, "\r\n\n", strings.Repeat("\x00", 4096)),
		"remains of a transfer behind a PDF": joined(pdf, "0\r\n\r\n"),
		"boundary behind a PDF":              joined(pdf, "\r\n--AaB03x.=_7--\r\n"),
		"end mark of CP/M":                   joined(pdf, "\x1a"),
		"cut in a further update":            joined(pdf, "9 0 obj\n<</Type/Ann"),
		"comments behind the header":         bytes.Replace(pdf, []byte("\n"), []byte("\n% BOM: <EF BB BF>, (c) CONTOH <x@contoh.example>\n"), 1),
		"marks on the header's line":         bytes.Replace(pdf, []byte("\n"), []byte(" %\xe2\xe3\xcf\xd3\n"), 1),
		"a comment of Ghostscript":           bytes.Replace(pdf, []byte("\n"), []byte("\n%\xc7\xec\x8f\xa2\n%%Invocation: gs -q -dBATCH -sDEVICE=pdfwrite ?\n"), 1),
		"signed, in a further update":        update(pdf, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 9 9 9]/Contents<00>>>"),
		"photo with a second of its kind":    joined(photo, photo),
		"photo with a short film":            joined(photo, "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", strings.Repeat("film", 1000)),
		"photo with a maker's block":         joined(photo, "\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1795834000000SEFHk\x00\x00\x00SEFT"),
		"photo with a depth map":             joined(photo, scan),
		"photo with a maker's text":          joined(photo, "vivo{\"com.vivo.gallery\":\"<one = 1>\"}cameraalbum!@#$%^&*"),
		"photo with random bytes":            joined(photo, random(4<<20)),
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

// random gives n bytes, the same at each call.
func random(n int) []byte {
	out := make([]byte, n)
	rand.NewChaCha8([32]byte{}).Read(out) //nolint:errcheck // it never fails
	return out
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
