package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"izinbot/workflow/filestore"
)

func TestRemedies(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&os.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, "chown"},
		{&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, "Disk penuh"},
		{&os.PathError{Op: "write", Path: "x", Err: syscall.EDQUOT}, "Kuota"},
		{&os.PathError{Op: "open", Path: "x", Err: syscall.EROFS}, "hanya dapat dibaca"},
		{&os.PathError{Op: "open", Path: "x", Err: syscall.EMFILE}, "LimitNOFILE"},
		{&os.PathError{Op: "open", Path: "x", Err: syscall.ENFILE}, "fs.file-max"},
		{&os.PathError{Op: "read", Path: "x", Err: syscall.ENOMEM}, "Memori habis"},
		{&os.PathError{Op: "read", Path: "x", Err: syscall.EIO}, "periksa disknya dulu"},
		{errors.New("open database: disk I/O error (266)"), "periksa disknya dulu"},
		{fmt.Errorf("open: %w", filestore.ErrKeyLost), "key.json dari salinannya"},
		{errors.New("connect: database or disk is full (13)"), "Disk penuh"},
		{errors.New("start channel: telegram: this token is not known to Telegram"), "BotFather"},
	} {
		if got := remedy(c.err); !strings.Contains(got, c.want) {
			t.Errorf("%v: %q", c.err, got)
		}
	}
	if got := remedy(errors.New("something else")); got != "" {
		t.Errorf("advice on what nobody knows: %q", got)
	}
}

func TestBrokenDatabaseIsExplained(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "izinbot.db"), []byte(strings.Repeat("CONTOH ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	izinbot(t, "audit", "verify", "--data", dir).ends(1).complains("Basis data rusak", "pulihkan cadangan")
}
