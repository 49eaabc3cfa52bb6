package parse_test

import (
	"testing"

	"izinbot/workflow/parse"
)

func TestCountry(t *testing.T) {
	for text, want := range map[string]string{
		"Belanda": "known", "belanda": "known", "Netherlands": "known", "the Netherlands": "known", "Norway": "known", "Norwegia": "known", "Amerika Serikat": "known", "USA": "known",
		"United States of America": "known", "AS": "known", "Inggris": "known", "United Kingdom": "known", "Republik Korea": "known", "Korea Selatan": "known", "Negara Jepang": "known",
		"Tiongkok": "known", "China": "known", "Singapura": "known", "Timor Leste": "known", "Republik Federal Jerman": "known", "Kerajaan Belanda": "known", "Papua Nugini": "known", "Indonesia": "known",
		"Belnda": "Belanda", "Jermann": "Jerman", "Norwey": "Norway", "Singapur": "Singapura",
		"Eropa": "", "Uni Eropa": "", "luar negeri": "", "asing": "", "Anak Bangsa": "", "Yayasan Kasih Anak Bangsa": "", "Jenewa": "", "Sumatera Utara": "", "Dairi": "", "Belanda dan Jerman": "", "WNA": "", "": "",
	} {
		known, near := parse.Country(text)
		got := near
		if known {
			got = "known"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
