package handlers_test

import (
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
)

// TestTooLongAnswerIsKept: what fits of it is shown and can be taken, in forms and in notes.
func TestTooLongAnswerIsKept(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()[:6]...)
	street := "Jalan " + strings.Repeat("Contoh ", 141)
	fits := strings.TrimSpace(street) // 992 letters
	long := street + strings.Repeat("u", 30)
	g.Expect(long, fits+"\n", "Alamat kantor di Indonesia terlalu panjang: lebih 23 huruf dari 1000", "7/19", "1 Potong di sini")
	g.Expect("potong", "8/19")
	if got := handlerstest.Open[form](g).Answers["alamat_kantor"]; got != fits {
		t.Errorf("the address is %q", got)
	}
	g.Expect("kembali", "7/19")
	g.Say(long)
	g.Expect("Jl. Contoh No. 1, Medan", "8/19")

	tim := atConclusion(t)
	tim.Expect(long, fits+"\n", "lebih 23 huruf dari 1000", "Apa kesimpulan", "1 Potong di sini")
	tim.Expect("1", "pernyataan pemohon")
	tim.Expect(long, "1 Potong di sini", "2 Lewati")
	tim.Expect("Potong di sini", "Kesimpulan: "+fits+"\n", "Pernyataan pemohon: "+fits+"\n")

	ani, _ := handlerstest.Applied(t)
	ani.Expect("tarik", "alasan")
	ani.Expect(long, "lebih 23 huruf", "Potong di sini")
	ani.Expect("potong", "Ya, tarik")
}
