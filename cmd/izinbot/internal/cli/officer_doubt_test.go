package cli

import (
	"strings"
	"testing"
)

// TestOfficersInDoubtAreAskedAbout: a NIP that somebody else has, or none where letters
// print it, is asked about; --yes answers, and no record is written before.
func TestOfficersInDoubtAreAskedAbout(t *testing.T) {
	dir := newData(t)
	add := func(name, role string, more ...string) result {
		return izinbot(t, append([]string{"officer", "add", "--data", dir, "--name", name, "--role", role}, more...)...)
	}
	for _, role := range []string{"backoffice", "kabid", "kadis", "tim_teknis"} {
		add("Tanpa CONTOH", role).ends(1).complains("NIP Tanpa CONTOH belum diisi", "--nip", "--yes")
	}
	add("Loket CONTOH", "front_office").ends(0)
	add("Badu CONTOH", "kabid", "--nip", "0000 0000 0001").ends(0)
	add("Bona CONTOH", "kadis", "--nip", "00000000 0001").ends(1).complains("sudah dipakai Badu CONTOH (p", "officer invite p", "--yes")
	add("Bona CONTOH", "kadis", "--nip", "000000000001", "--yes").ends(0)
	add("Tamu CONTOH", "tim_teknis", "--yes").ends(0)
	list := izinbot(t, "officer", "list", "--data", dir).ends(0).prints("Loket CONTOH", "Badu CONTOH", "Bona CONTOH", "Tamu CONTOH")
	if strings.Contains(list.out, "Tanpa CONTOH") {
		t.Errorf("somebody who was asked about was added:\n%s", list.out)
	}
}
