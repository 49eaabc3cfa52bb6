package cli

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow/mongostore/mongotest"
)

// played plays a story and gives the directory of its data.
func played(t *testing.T, story string) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	cmd := exec.CommandContext(t.Context(), path, "demo", "--auto", story, "--data", data, "--out", filepath.Join(dir, "out"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return data
}

func TestStoreCopy(t *testing.T) {
	data, copied := played(t, "tolak"), filepath.Join(t.TempDir(), "salinan")
	izinbot(t, "store", "copy", "--from", data, "--to", copied).ends(0).
		prints("permohonan", "catatan riwayat", "berkas", "sama", "1 permohonan, ", ", 0 tidak cocok")
	izinbot(t, "audit", "verify", "--data", copied).ends(0)
	izinbot(t, "officer", "list", "--data", copied).ends(0).prints("bergabung")
	izinbot(t, "store", "copy", "--from", data, "--to", copied).ends(1).complains("sudah berisi")
	izinbot(t, "store", "copy", "--from", filepath.Join(data, "x"), "--to", copied).ends(1).complains("tidak ada data di")
}

func TestStoreExport(t *testing.T) {
	data, dir := played(t, "tolak"), filepath.Join(t.TempDir(), "ekspor")
	izinbot(t, "store", "export", dir, "--data", data).ends(0).prints("data.jsonl", "TIDAK bersandi")
	content, err := os.ReadFile(filepath.Join(dir, "data.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`{"kind":"case","id":"LKS-2026-`, `"kind":"entry"`, `{"kind":"end","counts":{`} {
		if !strings.Contains(string(content), part) {
			t.Errorf("the export lacks %s", part)
		}
	}
	izinbot(t, "store", "export", dir, "--data", data).ends(1).complains("sudah ada")
	izinbot(t, "store", "export", dir+"2", "--data", filepath.Join(data, "x")).ends(1).complains("tidak ada data di")
	izinbot(t, "store", "export", filepath.Join(data, "files", "in"), "--data", data).ends(1).complains("di dalam data kantor")

	found, err := filepath.Glob(filepath.Join(data, "files", "??", "*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("files of the office: %d, %v", len(found), err)
	}
	for _, name := range found {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	izinbot(t, "store", "export", dir+"3", "--data", data).ends(1).prints("dokumen A1: berkas tidak ada")
}

// TestStoreCopyKilled kills the copy whenever it says that it has come to another
// kind; taken up again, it comes to the same end.
func TestStoreCopyKilled(t *testing.T) {
	data, copied := played(t, "tolak"), filepath.Join(t.TempDir(), "salinan")
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	kills, whole := 0, false
	for _, kind := range []string{"petugas", "permohonan", "catatan riwayat", "percakapan", "berkas", "membandingkan prosedur"} {
		cmd := exec.CommandContext(context.Background(), path, "store", "copy", "--from", data, "--to", copied)
		said, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(said); lines.Scan() && !strings.Contains(lines.Text(), kind); {
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		told, err := exec.CommandContext(t.Context(), path, "audit", "verify", "--data", copied).CombinedOutput()
		if whole = err == nil; whole { // on a busy machine it may be faster than the kill
			break
		}
		if !bytes.Contains(told, []byte("half a copy")) {
			t.Fatalf("the audit of half a copy says %s", told)
		}
		kills++
	}
	if kills == 0 {
		t.Fatal("it was never killed")
	}
	if whole {
		return
	}
	izinbot(t, "store", "copy", "--from", data, "--to", copied).ends(0).prints("0 tidak cocok")
	izinbot(t, "audit", "verify", "--data", copied).ends(0)
}

func TestStoreCopyWhileItRuns(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	p := start(t, "--data", data)
	izinbot(t, "store", "copy", "--from", data, "--to", filepath.Join(t.TempDir(), "x")).ends(1).complains("hentikan izinbot yang sedang berjalan dulu")
	p.interrupt()
}

// TestStoreCopyToMongoAndBack moves an office to MongoDB by the variable, and back:
// what comes back is what went.
func TestStoreCopyToMongoAndBack(t *testing.T) {
	data, back := played(t, "tolak"), filepath.Join(t.TempDir(), "kembali")
	t.Setenv("MONGODB_URI", mongotest.URI(t))
	izinbot(t, "store", "copy", "--from", data, "--to", "MONGODB_URI").ends(0).prints("sama", "1 permohonan, ", ", 0 tidak cocok")
	izinbot(t, "audit", "verify", "--data", data).ends(0).prints("1 permohonan") // by now of MongoDB
	izinbot(t, "store", "copy", "--from", data, "--to", "MONGODB_URI").ends(1).complains("sudah berisi")
	izinbot(t, "store", "copy", "--from", "MONGODB_URI", "--to", back).ends(1).complains("the key file is missing")
	key := filepath.Join(data, "files", "key.json")
	izinbot(t, "store", "copy", "--from", "MONGODB_URI", "--to", back, "--key", key).ends(0).prints("sama", "0 tidak cocok")
	izinbot(t, "store", "copy", "--from", "mongodb://u:rahasia@contoh.example", "--to", back).ends(1).complains("--from: the address names no database")
	izinbot(t, "store", "copy", "--from", back, "--to", back).ends(1).complains("--from dan --to sama")
	t.Setenv("MONGODB_URI", "")
	izinbot(t, "store", "copy", "--from", data, "--to", "MONGODB_URI").ends(1).complains("MONGODB_URI belum diisi")
	t.Setenv("IZINBOT_KEY", key)
	izinbot(t, "audit", "verify", "--data", back).ends(0).prints("1 permohonan")
	same := filepath.Join(t.TempDir(), "sama")
	izinbot(t, "store", "copy", "--from", back, "--to", same).ends(0).prints("0 tidak cocok")
}
