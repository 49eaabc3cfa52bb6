package control

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestForeignUserIsRefused opens everything to everybody, and connects from a thread that
// has another user's rights. Only root can take them.
func TestForeignUserIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can act as another user")
	}
	dir := t.TempDir()
	run(t, dir, func(context.Context, Request, io.Writer, io.Writer) int {
		t.Error("it was done")
		return 0
	})
	for p, mode := range map[string]os.FileMode{filepath.Join(dir, SocketFile): 0o777, dir: 0o755, filepath.Dir(dir): 0o755} {
		if err := os.Chmod(p, mode); err != nil {
			t.Fatal(err)
		}
	}
	said := make(chan string, 1)
	go func() {
		defer close(said)
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		const nobody = 65534
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, nobody, nobody, nobody); errno != 0 {
			t.Error(errno)
			return
		}
		said <- raw(t, dir, "{\"v\":1,\"command\":\"officer list\"}\n")
	}()
	if got := <-said; !strings.Contains(got, "hanya pengguna yang menjalankan izinbot") {
		t.Errorf("it is told %q", got)
	}
}
