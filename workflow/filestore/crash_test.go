package filestore_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"izinbot/workflow/filestore"
	"izinbot/workflow/filestore/filestoretest"
)

// crashVar names the directory that this test binary, started again by
// TestKilledInTheMiddle, writes to until it is killed.
const crashVar = "IZINBOT_TEST_CRASH_FILES"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashVar); dir != "" {
		fmt.Fprintln(os.Stderr, putForEver(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func putForEver(dir string) error {
	s, err := filestore.Open(dir)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		if _, _, err := s.Put(context.Background(), bytes.NewReader(filestoretest.Content(100_000+i))); err != nil {
			return err
		}
		fmt.Println(i)
	}
}

// TestKilledInTheMiddle kills a writing program: all that it had stored is whole,
// and so is whatever else has got a name.
func TestKilledInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crashVar+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := 0
	for in := bufio.NewScanner(out); in.Scan(); done++ {
		if done == 30 {
			_ = cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); err == nil || done < 30 {
		t.Fatalf("ended by itself after %d files (%v)", done, err)
	}
	s := openAt(t, dir)
	for i := range done {
		if got, err := filestoretest.Get(t, s, filestoretest.Sum(filestoretest.Content(100_000+i))); err != nil || !bytes.Equal(got, filestoretest.Content(100_000+i)) {
			t.Errorf("file %d: %v", i, err)
		}
	}
	files := stored(t, dir)
	if len(files) < done || len(files) > done+1 {
		t.Errorf("%d files, %d acknowledged", len(files), done)
	}
	for _, f := range files {
		key := f[len(f)-65:len(f)-63] + f[len(f)-62:]
		if _, err := filestoretest.Get(t, s, key); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}
