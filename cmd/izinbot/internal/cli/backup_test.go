package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestBackupWhileItRuns saves an office again and again while somebody applies. Each
// backup is restored: every history is whole, and it is an office that answers.
func TestBackupWhileItRuns(t *testing.T) {
	dir := t.TempDir()
	a := &applicant{t: t, data: filepath.Join(dir, "data"), sent: map[string][]byte{}}
	a.process = start(t, "--data", a.data)
	done := make(chan []string)
	stop := make(chan struct{})
	go func() { done <- saveAgain(t, a.data, dir, stop) }()
	for turn := range 60 {
		question := "mulai"
		if turn > 0 {
			question = a.answered(me).Text
		}
		if strings.Contains(question, "Permohonan diterima") {
			break
		}
		a.answer(1000+turn, question) // a turn that nobody is killed in
	}
	close(stop)
	backups := <-done
	a.interrupt()
	if len(backups) < 3 {
		t.Fatalf("%d backups", len(backups))
	}
	for _, from := range backups {
		izinbot(t, "restore", from, "--data", from+"-pulih").ends(0).prints("Dipulihkan", " 0 tidak cocok")
	}
	last := backups[len(backups)-1] + "-pulih"
	izinbot(t, "restore", backups[0], "--data", last).ends(1).complains("tidak kosong")
	again := start(t, "--data", last)
	again.interrupt()
}

// saveAgain takes backups, one after the other, until it is stopped.
func saveAgain(t *testing.T, data, dir string, stop chan struct{}) (made []string) {
	t.Helper()
	for {
		to := filepath.Join(dir, "cadangan"+string(rune('a'+len(made))))
		izinbot(t, "backup", to, "--data", data, "--with-key").ends(0).prints("Cadangan selesai")
		made = append(made, to)
		select {
		case <-stop:
			return made
		default:
		}
		if len(made) == 20 {
			return made
		}
	}
}

func TestBackupTellsOfTheKey(t *testing.T) {
	data, to := played(t, "tolak"), filepath.Join(t.TempDir(), "cadangan")
	izinbot(t, "backup", to, "--data", data).ends(0).prints("TIDAK ikut", filepath.Join(data, "files", "key.json"))
	restored := filepath.Join(t.TempDir(), "baru")
	izinbot(t, "restore", to, "--data", restored).ends(1).complains("--key")
	izinbot(t, "restore", to, "--data", restored, "--key", filepath.Join(data, "files", "key.json")).ends(0).
		prints("1 permohonan", "0 tidak cocok")
	t.Setenv("MONGODB_URI", "mongodb://127.0.0.1/izinbot")
	izinbot(t, "backup", to+"2", "--data", data).ends(1).complains("mongodump")
}
