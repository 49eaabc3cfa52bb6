package info

import (
	"context"
	"slices"
	"strings"

	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow/normalize"
)

// topic is something that people ask for in their own words.
type topic struct {
	item  string   // the command that answers it
	label string   // catalogue key
	words []string // what gives it away; a longer one also as the beginning of a word
}

// topics lists the commands that an applicant's words may mean, the likelier first where several fit.
func topics() []topic {
	return []topic{
		{"/status", "menu.status", []string{
			"status", "permohonan", "sampai", "sampe", "smp", "mana", "posisi", "progres", "proses", "perkembangan", "kapan", "selesai",
			"jadi", "lacak", "track", "where", "when", "finish", "ready", "waiting", "result", "hasil",
		}},
		{"/surat", "menu.own_letters", []string{
			"surat", "letter", "resi", "receipt", "kenapa", "mengapa", "why", "alasan", "reason", "ditolak", "refuse", "reject",
			"banding", "appeal", "copy", "salinan",
		}},
		{"/syarat", "menu.requirements", []string{
			"syarat", "persyaratan", "dokumen", "document", "berkas", "requirement", "need", "biaya", "bayar", "tarif",
			"cost", "fee", "price", "pay", "gratis", "lama", "long", "berapa", "brp", "cara", "gmn", "gimana", "bagaimana", "how", "prosedur", "meterai", "materai",
		}},
		{"/ajukan", "menu.apply", []string{"izin", "ijin", "ajukan", "mengajukan", "pengajuan", "apply", "permit", "license", "licence", "urus", "mengurus", "ngurus", "register"}},
		{"/pengaduan", "menu.complain", []string{"pengaduan", "mengadu", "keluhan", "komplain", "complain", "kecewa", "marah", "pungli", "suap", "uang", "money", "bribe", "rude", "kasar"}},
		{"/kontak", "menu.contact", []string{
			"kontak", "contact", "orang", "human", "person", "someone", "officer", "petugas", "operator", "admin", "bicara", "talk",
			"speak", "telepon", "telp", "phone", "call", "hubungi", "alamat", "address", "loket", "kantor", "office",
		}},
		{"/tarik", "help.tarik", []string{"tarik", "menarik", "batalkan", "membatalkan", "cabut", "mencabut", "withdraw"}},
		{"/bahasa", "help.bahasa", []string{"bahasa", "language", "english", "inggris"}},
	}
}

// longWord is the least number of letters of a giveaway that may also begin a word: "biaya" in
// "biayanya".
const longWord = 4

// likeliest is the number of choices that are offered for what was said in free words.
const likeliest = 3

// meantBy gives the topics that a text may be about, the likeliest first.
func meantBy(text string) []topic {
	said := strings.Fields(normalize.Plain(text))
	type scored struct {
		topic
		hits int
	}
	var found []scored
	for _, tp := range topics() {
		s := scored{topic: tp}
		for _, word := range said {
			if slices.ContainsFunc(tp.words, func(w string) bool {
				return word == w || len(w) >= longWord && strings.HasPrefix(word, w)
			}) {
				s.hits++
			}
		}
		if s.hits > 0 {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return b.hits - a.hits })
	out := make([]topic, 0, likeliest)
	for _, s := range found[:min(len(found), likeliest)] {
		out = append(out, s.topic)
	}
	return out
}

// saysThanks tells whether a text thanks, whatever else is in it.
func saysThanks(text string) bool {
	said := " " + normalize.Plain(text) + " "
	return slices.ContainsFunc([]string{" thanks ", " thank you ", " thx ", " makasih ", " terima kasih ", " trims ", " terimakasih ", " mksh "},
		func(w string) bool { return strings.Contains(said, w) })
}

// Guess answers free words with the choices that are likeliest meant; false if
// nothing gives them away.
func Guess(ctx context.Context, s *session.Session, text string) (bool, error) {
	found := meantBy(text)
	switch {
	case len(found) == 0 && saysThanks(text):
		s.Ask(s.Text("receive.thanks"), s.Likely()...)
		return true, nil
	case len(found) == 0:
		return false, nil
	}
	saved, err := mycases.Draft(ctx, s)
	if err != nil {
		return false, err
	}
	items, err := mycases.Waiting(ctx, s)
	if err != nil {
		return false, err
	}
	if saved != nil {
		items = append(items, s.Choice("/lanjutkan", "menu.resume"))
	}
	for _, tp := range found {
		items = append(items, s.Choice(tp.item, tp.label))
	}
	s.Ask(s.Text("common.guess"), append(items, s.Choice("/mulai", "menu.start"))...)
	return true, nil
}

// Contact tells how to reach somebody at the office.
func Contact(ctx context.Context, s *session.Session, _ string) error {
	text := s.Text("info.contact", "office", s.Env.Desk.Office.ShortName, "ways", wording.Ways(s))
	return s.Tell(ctx, text, s.Choice("/pengaduan", "menu.complain"), s.Choice("/mulai", "menu.start"))
}
