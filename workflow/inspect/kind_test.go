package inspect

import (
	"archive/zip"
	"bytes"
	"testing"
)

func makeZip(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte("CONTOH")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestNotAccepted(t *testing.T) {
	tests := []struct {
		name    string
		content []byte
		want    Kind
	}{
		{"Windows program", []byte("MZ\x90\x00\x03\x00\x00\x00 This program cannot be run in DOS mode"), Program},
		{"Windows program around a PDF", append([]byte("MZ\x90\x00"), makePDF(t, 1)...), Program},
		{"Linux program", []byte("\x7fELF\x02\x01\x01\x00"), Program},
		{"script", []byte("#!/bin/sh\necho CONTOH\n"), Program},
		{"Android program", makeZip(t, "AndroidManifest.xml", "classes.dex"), Program},
		{"Word", makeZip(t, "[Content_Types].xml", "word/document.xml"), Office},
		{"old Word", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Office},
		{"RTF", []byte(`{\rtf1\ansi CONTOH}`), Office},
		{"ZIP", makeZip(t, "akta.pdf"), Archive},
		{"RAR", []byte("Rar!\x1a\x07\x01\x00"), Archive},
		{"7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), Archive},
		{"gzip", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00"), Archive},
		{"iPhone photo", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), HEIC},
		{"AVIF", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif"), Picture},
		{"GIF", []byte("GIF89a\x01\x00\x01\x00"), Picture},
		{"BMP", []byte("BM\x46\x00\x00\x00\x00\x00"), Picture},
		{"TIFF", []byte("II*\x00\x08\x00\x00\x00"), Picture},
		{"SVG", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), Picture},
		{"MP4", []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"), Video},
		{"movie cut short", []byte("\x00\x00\x00\x18ftyp"), Video},
		{"voice note", []byte("OggS\x00\x02\x00\x00"), Audio},
		{"M4A", []byte("\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00M4A isom"), Audio},
		{"HTML", []byte("<!DOCTYPE html><html></html>"), Text},
		{"plain text", []byte("Surat permohonan CONTOH"), Text},
		{"nothing known", []byte("\x00\x01\x02\x03\x04\x05\x06\x07"), Unknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := look(t, tt.content)
			// HEIC has a media type, for where the system can decode it.
			if r.Problem != NotAccepted || r.Kind != tt.want || (r.Type() != "") != (tt.want == HEIC) {
				t.Errorf("got %+v, want kind %q", r, tt.want)
			}
		})
	}
}
