package letters

import (
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

// FuzzParseOffice reads the file of an office: what is accepted has all that a letter
// prints, and numbers that differ.
func FuzzParseOffice(f *testing.F) {
	f.Add(sampleOffice)
	f.Add([]byte(""))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n" +
		"e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n"))
	f.Add([]byte("nama: CONTOH\nformat_nomor: '{urut}/{tahun}'\ntembusan: {surat_izin: [a, b]}\nbatasan: {LKS: [c]}\n"))
	at := time.Date(2026, 12, 31, 23, 30, 0, 0, workflow.WIB())
	f.Fuzz(func(t *testing.T, src []byte) {
		o, err := ParseOffice(src)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("refused without a word")
			}
			return
		}
		if o.Name == "" || o.Address == "" || o.Complaints == "" || strings.HasSuffix(o.PublicURL, "/") {
			t.Errorf("accepted %+v", o)
		}
		for _, r := range registers() {
			if a, b := o.FormatNumber(r, "503", 1, at), o.FormatNumber(r, "503", 2, at); a == b {
				t.Errorf("two numbers are both %q", a)
			}
		}
	})
}
