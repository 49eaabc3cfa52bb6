package sop_test

import (
	"reflect"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/sop"
)

// TestLadder: the embedded file says what a file without reminders means.
func TestLadder(t *testing.T) {
	def, src, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	heads := []workflow.Role{"kabid", "sekretaris", "kadis"}
	if want := workflow.DefaultLadder(heads); !reflect.DeepEqual(def.Ladder, want) {
		t.Errorf("ladder %v\nwant   %v", def.Ladder, want)
	}
	from := strings.Index(string(src), "pengingat:")
	to := strings.Index(string(src), "langkah:\n")
	without, err := sop.Parse([]byte(string(src[:from]) + string(src[to:])))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(def.Ladder, without.Ladder) {
		t.Errorf("a file without reminders has %v", without.Ladder)
	}
}

func ladderFaults() []broken {
	const at = "langkah:\n  - no: 1\n"
	ladder := func(lines ...string) []string {
		return []string{at, "pengingat:\n" + strings.Join(lines, "\n") + "\n" + at}
	}
	known := "untuk langkah: 75 persen, batas, 2 hari setelah batas"
	return []broken{
		{"reminder at no instant", ladder("  - {untuk: langkah, saat: besok, kepada: [pelaksana]} # ! pengingat langkah besok: “saat” tidak mengenal “besok”; " + known)},
		{"reminder of more than all", ladder("  - {untuk: langkah, saat: 100 persen, kepada: [pelaksana]} # ! pengingat langkah 100 persen: “saat” tidak mengenal “100 persen”; " + known)},
		{"reminder twice", ladder("  - {untuk: langkah, saat: batas, kepada: [pelaksana]}",
			"  - {untuk: langkah, saat: batas, kepada: [atasan]} # ! pengingat langkah batas: pengingat ini sudah ada di baris 26; gabungkan “kepada”")},
		{"reminder to nobody known", ladder("  - {untuk: langkah, saat: batas, kepada: [bupati]} # ! pengingat langkah batas: “kepada”: “bupati” bukan pelaksana, atasan, atasan kedua atau peran pada daftar “peran”")},
		{"reminder of the office to the applicant", ladder("  - {untuk: langkah, saat: batas, kepada: [pemohon]} # ! pengingat langkah batas: pengingat untuk “jawaban” dikirim kepada pemohon, yang lain kepada petugas")},
		{"reminder of another clock", ladder("  - {untuk: jawaban, saat: batas, kepada: [pemohon]} # ! pengingat jawaban batas: “saat” tidak mengenal “batas”; untuk jawaban: 2 hari berjalan, 2 hari sebelum batas")},
		{"reminders, but none", []string{at, "pengingat: [] # ! SOP: “pengingat” belum diisi\n" + at}},
	}
}
