package inspect

import (
	"strings"
	"testing"
)

func TestFileNameEndsAsItsTypeWants(t *testing.T) {
	tests := []struct{ given, media, want string }{
		{"akta.pdf", "application/pdf", "akta.pdf"},
		{"AKTA.PDF", "application/pdf", "AKTA.pdf"},
		{"akta.bat", "application/pdf", "akta.pdf"},
		{"akta.desktop", "application/pdf", "akta.pdf"},
		{"akta.pdf.exe", "application/pdf", "akta.pdf"},
		{"akta.jpg.js.pdf", "application/pdf", "akta.pdf"},
		{"akta.exe. . .", "application/pdf", "akta.pdf"},
		{"akta.bat:x.pdf", "application/pdf", "akta.bat_x.pdf"},
		{"akta\u202efdp.exe", "application/pdf", "aktafdp.pdf"},
		{"akta", "application/pdf", "akta.pdf"},
		{".bashrc", "application/pdf", "bashrc.pdf"},
		{".exe", "application/pdf", "exe.pdf"},
		{"", "application/pdf", "berkas.pdf"},
		{"SK No.12", "application/pdf", "SK No.12.pdf"},
		{"Surat kuasa Dr. Contoh", "application/pdf", "Surat kuasa Dr. Contoh.pdf"},
		{"con", "application/pdf", "berkas con.pdf"},
		{"LPT1.pdf", "application/pdf", "berkas LPT1.pdf"},
		{"COM¹.pdf", "application/pdf", "berkas COM¹.pdf"},
		{"lpt³ .x", "application/pdf", "berkas lpt³.pdf"},
		{"ConIn$", "application/pdf", "berkas ConIn$.pdf"},
		{"CONOUT$.akta", "application/pdf", "berkas CONOUT$.pdf"},
		{"COMA", "application/pdf", "COMA.pdf"},
		{"foto.jpeg", "image/jpeg", "foto.jpg"},
		{"foto.png", "image/jpeg", "foto.jpg"},
		{"foto.jpg", "image/png", "foto.png"},
		{"lama.docx", "", "lama.docx"},
	}
	for _, tt := range tests {
		if got := FileName(tt.given, tt.media); got != tt.want {
			t.Errorf("FileName(%q, %q) = %q, want %q", tt.given, tt.media, got, tt.want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, name := range []string{"akta.pdf.exe", "a.bat:x", "..", "con.", "akta\u202efdp.exe", " .hta . "} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := FileName(name, "application/pdf")
		stem, ok := strings.CutSuffix(got, ".pdf")
		if !ok || stem == "" || strings.ContainsAny(got, `:*?"<>|`) || stem != strings.Trim(stem, ". ") {
			t.Errorf("FileName(%q) = %q", name, got)
		}
		if again := FileName(got, "application/pdf"); again != got {
			t.Errorf("FileName(%q) = %q, which becomes %q", name, got, again)
		}
	})
}
