package cli

import "strings"

// usage words in Indonesian what the command line parser says of a wrong usage, which it
// does in English. What it does not know stays as it is.
func usage(err error) string {
	said := err.Error()
	for _, w := range []struct{ english, indonesian string }{
		{"missing positional arguments ", "belum disebutkan: "},
		{"missing flags: ", "belum disebutkan: "},
		{"expected one of ", "belum ada perintahnya; pilih salah satu: "},
		{"expected ", "belum disebutkan: "},
		{"unexpected argument ", "kata yang tidak dikenal: "},
		{"unknown flag ", "pilihan yang tidak dikenal: "},
	} {
		if rest, found := strings.CutPrefix(said, w.english); found {
			said = w.indonesian + rest
			break
		}
	}
	return strings.NewReplacer(
		"did you mean one of ", "mungkin maksudnya salah satu dari ", "did you mean ", "mungkin maksudnya ",
		" must be one of ", " harus salah satu dari ", " but got ", ", bukan ",
		" and ", " dan ", " can't be used together", " tidak bisa dipakai bersama",
	).Replace(said)
}
