package wording

import (
	"testing"
)

func TestRupiah(t *testing.T) {
	for amount, want := range map[int64]string{0: "Rp 0", 950: "Rp 950", 1000: "Rp 1.000", 1250000: "Rp 1.250.000"} {
		if got := Rupiah(amount); got != want {
			t.Errorf("%d is %q, want %q", amount, got, want)
		}
	}
}
