package handlers_test

import (
	"testing"

	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
)

// What is stored is the answer itself, without the words around it.
func TestStoredValues(t *testing.T) {
	for n, rows := range map[int]map[string]string{
		1: {
			"Nama: Yayasan Kasih": "Yayasan Kasih", "nama lembaga kami Yayasan Kasih": "Yayasan Kasih", "Halo, nama lembaga kami adalah Yayasan Kasih, terima kasih": "Yayasan Kasih", "Ok Foundation": "Ok Foundation",
			"The Salvation Army": "The Salvation Army", "Our organization's name is Contoh Foundation": "Contoh Foundation", "Nama organisasi kami: Kasih": "Kasih", "Panti Asuhan Ibu": "Panti Asuhan Ibu", "Yayasan 1001 Harapan": "Yayasan 1001 Harapan",
			"Selamat pagi Bu.\nYayasan Kasih": "Yayasan Kasih", "Kasih, Pengharapan": "Kasih, Pengharapan",
		},
		2:  {"Belanda ya": "Belanda", "dari Belanda": "Belanda", "kami dari Belanda pak": "Belanda", "Asalnya dari Jerman": "Jerman", "the Netherlands": "the Netherlands", "we are from Germany": "Germany"},
		4:  {"nama saya Budi": "Budi", "Nama pimpinan: Budi Santoso": "Budi Santoso", "my name is John Contoh": "John Contoh", "Namanya Rina": "Rina", "Ibu Rina": "Ibu Rina"},
		7:  {"Alamat: Jl. Contoh No. 1, Medan": "Jl. Contoh No. 1, Medan", "alamat kantor kami di Jl. Contoh 2": "Jl. Contoh 2", "Jl. Contoh No. 1\nMedan": "Jl. Contoh No. 1\nMedan"},
		12: {"Desa: Contoh": "Contoh", "Desa Contoh": "Desa Contoh"},
		17: {
			"ya, Budi": "Budi", "Ya Budi Santoso": "Budi Santoso", "kuasa: Rina": "Rina", "dikuasakan kepada Rina": "Rina", "ada, namanya Rina": "Rina", "Nama penerima kuasa: Rina": "Rina", "iya pak, Rina": "Rina", "Pak Budi": "Pak Budi", "Budi": "Budi",
			"saya sendiri": "", "diurus sendiri": "", "saya sendiri, pimpinannya": "", "tidak ada kuasa": "", "tanpa kuasa": "", "tidak dikuasakan": "", "tidak": "", "no proxy": "",
		},
	} {
		for said, want := range rows {
			g := handlerstest.NewOffice(t, nil).Guest("ani")
			g.Begin()
			g.FillForm(handlerstest.AnswersLKS()[:n-1]...)
			answer := g.Say(said)
			field := g.App.Desk.Library.Current().Form[n-1]
			d := handlerstest.Open[apply.Application](g)
			if got := d.Answers[field.Key]; got != want || want == "" && !d.Skipped[field.Key] {
				t.Errorf("question %d: %q is stored as %q, want %q:\n%s", n, said, got, want, answer)
			}
		}
	}
}
