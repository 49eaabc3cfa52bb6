package sandbox

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/workflow/inspect"
)

// childEnv tells a copy of this test program that it is a child, and of which kind.
const childEnv = "SANDBOXTEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "":
		os.Exit(m.Run())
	case "real":
		os.Exit(Main(os.Stdin, os.Stdout))
	case "convert":
		os.Exit(Convert(os.Args[1], os.Args[2], os.Args[3]))
	case "stuck":
		_, _ = os.Stdout.Write([]byte{ready})
		_, _ = io.Copy(io.Discard, os.Stdin)
		select {}
	case "greedy":
		greedy()
	case "environment":
		_, _ = os.Stdout.Write([]byte{ready})
		_, _ = io.Copy(io.Discard, &chunks{r: skip(os.Stdin)})
		_ = writeAnswer(os.Stdout, []byte(strings.Join(os.Environ(), "\n")))
	}
	os.Exit(1)
}

func skip(r io.Reader) io.Reader {
	_, _ = io.ReadFull(r, make([]byte, 1))
	return r
}

// greedy takes memory until it is stopped.
func greedy() {
	if err := limit(); err != nil {
		os.Exit(1)
	}
	_, _ = os.Stdout.Write([]byte{ready})
	_, _ = io.Copy(io.Discard, &chunks{r: skip(os.Stdin)})
	var all [][]byte
	for range 4096 {
		all = append(all, bytes.Repeat([]byte{1}, 1<<20))
	}
	_ = writeAnswer(os.Stdout, all[0][:1])
}

// pool is a pool of copies of this program, with a log that can be read after Close.
func pool(tb testing.TB, kind string) (*Pool, *bytes.Buffer) {
	tb.Helper()
	var log bytes.Buffer
	command := Command{Path: os.Args[0], Env: []string{childEnv + "=" + kind}}
	p := New(command, slog.New(slog.NewTextHandler(&log, nil)))
	tb.Cleanup(p.Close)
	return p, &log
}

func ordinary(tb testing.TB) []byte {
	tb.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetFont("Helvetica", "", 11)
	for range 12 {
		doc.AddPage()
		doc.Cell(0, 6, "CONTOH")
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func TestInspectsAsInTheOwnProcess(t *testing.T) {
	t.Parallel()
	p, _ := pool(t, "real")
	pdf := ordinary(t)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			r, err := p.Inspect(t.Context(), bytes.NewReader(pdf))
			if err != nil || r.Problem != inspect.Fine || r.Pages != 12 || r.Size != int64(len(pdf)) {
				t.Errorf("got %+v, %v", r, err)
			}
		})
	}
	group.Wait()
	if r, err := p.Inspect(t.Context(), strings.NewReader("MZ")); err != nil || r.Kind != inspect.Program {
		t.Errorf("a program: %+v, %v", r, err)
	}
	if r, err := p.Inspect(t.Context(), bytes.NewReader(make([]byte, inspect.MaxSize+100_000))); err != nil || r.Problem == inspect.Fine {
		t.Errorf("too much: %+v, %v", r, err)
	}
}

func TestCleanChildIsKeptAndHostileOneIsNot(t *testing.T) {
	t.Parallel()
	p, _ := pool(t, "real")
	look := func(content []byte) *process {
		child, err := p.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p.idle <- child // the slots are a queue: the child asked for next is another one
		for range slots {
			if _, err := p.Inspect(t.Context(), bytes.NewReader(content)); err != nil {
				t.Fatal(err)
			}
		}
		return child
	}
	if child := look(ordinary(t)); child.gone() {
		t.Error("a child was ended for an ordinary file")
	}
	if child := look([]byte("%PDF-1.7\nCONTOH")); !child.gone() {
		t.Error("a child lives on after a damaged file")
	}
}

func TestStuckChildIsKilled(t *testing.T) {
	t.Parallel()
	p, log := pool(t, "stuck")
	p.limit = 50 * time.Millisecond
	for range slots + 1 {
		if r, err := p.Inspect(t.Context(), strings.NewReader("CONTOH rahasia")); err != nil || r.Problem != inspect.Unchecked {
			t.Errorf("got %+v, %v", r, err)
		}
	}
	p.Close()
	if got := log.String(); !strings.Contains(got, "WARN") || strings.Contains(got, "rahasia") || !strings.Contains(got, "killed") {
		t.Errorf("log: %s", got)
	}
}

func TestGreedyChildEnds(t *testing.T) {
	t.Parallel()
	if slots == 1 {
		t.Skip("this system sets no limits")
	}
	p, _ := pool(t, "greedy")
	if r, err := p.Inspect(t.Context(), strings.NewReader("x")); err != nil || r.Problem != inspect.Unchecked {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestChildHasNoEnvironment(t *testing.T) {
	t.Setenv("IZINBOT_TELEGRAM_TOKEN", "CONTOH")
	p, _ := pool(t, "environment")
	var env string
	if _, err := p.ask(t.Context(), askInspect, strings.NewReader("x"), func(answer []byte) (bool, error) {
		env = string(answer)
		return true, nil
	}); err != nil || !strings.Contains(env, "GOMEMLIMIT") || strings.Contains(env, "CONTOH") || strings.Contains(env, "HOME=") {
		t.Errorf("environment %q, %v", env, err)
	}
}

func TestPassingFaultsAreErrors(t *testing.T) {
	t.Parallel()
	none := New(Command{Path: "/nowhere"}, slog.New(slog.DiscardHandler))
	t.Cleanup(none.Close)
	for range slots + 1 {
		if r, err := none.Inspect(t.Context(), strings.NewReader("x")); err == nil {
			t.Errorf("without a child: %+v", r)
		}
	}
	p, _ := pool(t, "real")
	broken := errors.New("disk gone")
	for range slots + 1 {
		if _, err := p.Inspect(t.Context(), iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("a file that cannot be read: %v", err)
		}
	}
	if r, err := p.Inspect(t.Context(), bytes.NewReader(ordinary(t))); err != nil || r.Problem != inspect.Fine {
		t.Errorf("afterwards: %+v, %v", r, err)
	}
}

func TestChildThatDiedWhileItWaitedIsReplaced(t *testing.T) {
	t.Parallel()
	p, _ := pool(t, "real")
	for range slots {
		child, err := p.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		child.kill()
		<-child.ended
		defer func() { p.idle <- child }()
	}
	go func() { p.idle <- nil }()
	if r, err := p.Inspect(t.Context(), bytes.NewReader(ordinary(t))); err != nil || r.Problem != inspect.Fine {
		t.Errorf("got %+v, %v", r, err)
	}
	<-p.idle
}

func TestShrink(t *testing.T) {
	t.Parallel()
	p, _ := pool(t, "real")
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 1280, 960)), nil); err != nil {
		t.Fatal(err)
	}
	img, err := p.Shrink(t.Context(), &photo)
	if err != nil || img == nil || img.Rect != image.Rect(0, 0, 640, 480) {
		t.Fatalf("got %v, %v", img, err)
	}
	if img, err := p.Shrink(t.Context(), strings.NewReader("CONTOH")); err != nil || img != nil {
		t.Errorf("text became %v, %v", img, err)
	}
}

func TestCopyOfAWebP(t *testing.T) {
	t.Parallel()
	p, _ := pool(t, "real")
	photo, err := os.Open("../../../../workflow/picture/testdata/photo.webp")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = photo.Close() }()
	img, err := p.Copy(t.Context(), photo)
	if err != nil || img == nil || img.Rect != image.Rect(0, 0, 1280, 960) {
		t.Fatalf("got %v, %v", img, err)
	}
}

func TestEndOfThePoolEndsItsChildren(t *testing.T) {
	t.Parallel()
	p, _ := pool(t, "real")
	child, err := p.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.idle <- child
	p.Close()
	if !child.gone() {
		t.Error("a child outlives its pool")
	}
	if _, err := p.Inspect(t.Context(), strings.NewReader("x")); !errors.Is(err, errClosed) {
		t.Errorf("got %v", err)
	}
}

func TestChildEndsWithItsPipe(t *testing.T) {
	t.Parallel()
	child, err := start(Command{Path: os.Args[0], Env: []string{childEnv + "=real"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := child.in.Close(); err != nil {
		t.Fatal(err)
	}
	<-child.ended
}

func FuzzServe(f *testing.F) {
	var request bytes.Buffer
	_, _ = writeRequest(&request, askInspect, strings.NewReader("%PDF-1.4"))
	f.Add(request.Bytes())
	f.Add([]byte("s\x00\x00\x00\x00"))
	f.Add([]byte("i\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		err := serve(bytes.NewReader(in), &out)
		if out.Len() == 0 || out.Bytes()[0] != ready {
			t.Errorf("not ready: %v", err)
		}
	})
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"Kind":"pdf","Pages":3}`))
	f.Add([]byte("\x00\x01\x00\x01abcd"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		if r, err := parseReport(answer); err == nil && !r.Known() {
			t.Errorf("believed %+v", r)
		}
		if img, err := parsePicture(answer); err == nil && img != nil && len(img.Pix) != 4*img.Rect.Dx()*img.Rect.Dy() {
			t.Error("pixels are missing")
		}
		_, _ = readAnswer(bytes.NewReader(answer))
	})
}

func BenchmarkInspect(b *testing.B) {
	pdf := ordinary(b)
	p, _ := pool(b, "real")
	for name, look := range map[string]func() error{
		"in_process": func() error { _, err := inspect.Inspect(b.Context(), bytes.NewReader(pdf)); return err },
		"child":      func() error { _, err := p.Inspect(b.Context(), bytes.NewReader(pdf)); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := look(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
