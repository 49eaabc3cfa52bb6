package cli

import (
	"os"
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
		a.answer(1000+turn, question) // a turn at which nobody is killed
	}
	close(stop)
	backups := <-done
	a.interrupt()
	if len(backups) < 3 {
		t.Fatalf("%d backups", len(backups))
	}
	for _, from := range backups {
		izinbot(t, "restore", from, "--data", from+"-pulih").ends(0).prints("Dipulihkan", "; 0 yang rusak")
	}
	izinbot(t, "backup", "verify", backups[len(backups)-1]).ends(0).prints(": baik")
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
		prints("1 permohonan", "; 0 yang rusak")
	izinbot(t, "backup", "verify", to).ends(2).prints("Tidak dapat dipastikan", "--key", "1 permohonan", ": tidak pasti")
	izinbot(t, "backup", "verify", to, "--key", filepath.Join(data, "files", "key.json")).ends(0).prints("1 permohonan", " surat; 0 yang rusak", ": baik")
}

// TestBackupOfALossyOffice: what the office lacks is named, the backup is kept, and
// verify says the same of it.
func TestBackupOfALossyOffice(t *testing.T) {
	data, dir := played(t, "tolak"), t.TempDir()
	found, err := filepath.Glob(filepath.Join(data, "files", "[0-9a-f][0-9a-f]", "*"))
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	if err := os.Remove(found[0]); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, "cadangan")
	izinbot(t, "backup", to, "--data", data, "--with-key").ends(1).prints("Cadangan selesai", "LKS-", "berkas tidak ada", "tetap disimpan", "JANGAN hapus")
	izinbot(t, "backup", "verify", to, "--temp", dir).ends(1).prints("LKS-", "berkas tidak ada", ": rusak")
	izinbot(t, "restore", to, "--data", filepath.Join(dir, "baru")).ends(1).prints("Dipulihkan", "berkas tidak ada")
	izinbot(t, "restore", to, "--data", data).ends(1).complains("tidak kosong")
	if left, err := filepath.Glob(filepath.Join(dir, "izinbot-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
