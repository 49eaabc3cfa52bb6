package form

import "testing"

func TestWhatPlainlyGoesOn(t *testing.T) {
	for _, test := range []struct {
		last, text  string
		want, prose bool
	}{
		{"Atap bocor", "lantai retak", true, true},
		{"Yayasan Kasih", "yayasan", false, false},
		{"Yayasan Kasih", ", cabang Dairi", true, false},
		{"Ahmad", "bin Yusuf", true, false},
		{"Lembaga ada di alamat", "tetapi atap bocor, tidak layak.", true, false},
		{"Foundation", "And Sons", true, false},
		{"Yayasan Kasih", "Belanda", false, false},
		{"yayasan kasih", "belanda", false, false},
		{"yayasan kasih", "dan anak bangsa", true, false},
		{"Yayasan Kasih", "3 orang", false, false},
		{"Yayasan Kasih", "\"Belanda\"", false, false},
	} {
		if got := continues(test.last, test.text, test.prose); got != test.want {
			t.Errorf("%q after %q: %v", test.text, test.last, got)
		}
	}
}
