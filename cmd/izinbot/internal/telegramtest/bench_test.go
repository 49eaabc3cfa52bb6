package telegramtest

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/testclock"
)

// BenchmarkTelegram measures the office, in a process of its own, against a Bot API
// server without limits on the same machine: 200 of 1,000 persons talk at once,
// each says the next thing when the last was answered. It prints updates a second
// of an application (form, 14 documents of its own, submission) and of status, and
// how long an answer takes at 300 updates a second, with the processor time that an
// update takes: the office's, and that of the rest (persons and API server). Run it
// with -benchtime 1x.
func BenchmarkTelegram(b *testing.B) {
	office.EaseCollector(os.Getenv) // as the office does
	// One directory for all: to remove the files of one run would slow down the next,
	// for ext4 does not soon use again what held a file that is gone.
	dir := b.TempDir()
	for _, mode := range []struct {
		name            string
		webhook, secure bool
		latency         time.Duration
	}{
		{name: "polling"},
		{name: "polling+TLS", secure: true},
		{name: "webhook", webhook: true},
		{name: "polling+50ms", latency: 50 * time.Millisecond},
		{name: "webhook+50ms", webhook: true, latency: 50 * time.Millisecond},
	} {
		b.Run(mode.name, func(b *testing.B) {
			for range b.N {
				measure(b, dir, mode.webhook, mode.secure, mode.latency)
			}
		})
	}
}

// certificate returns a file with the certificate of a server.
func certificate(b *testing.B, of *httptest.Server) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "ca.pem")
	content := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: of.Certificate().Raw})
	if err := os.WriteFile(path, content, 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// freeAddress is one on which nobody listens.
func freeAddress(tb testing.TB) string {
	tb.Helper()
	ln, err := (&net.ListenConfig{}).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	return ln.Addr().String()
}

const (
	crowdSize = 1_000
	talking   = 200
	fixedRate = 300
)

func measure(b *testing.B, dir string, webhook, secure bool, latency time.Duration) {
	b.Helper()
	l := &load{b: b, users: map[int64]*user{}, template: template()}
	l.server = tgtest.New(tgtest.Config{Token: token, Now: testclock.Now, Latency: latency, Forgetful: true, Shown: l.shown})
	if err := l.server.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.server.Close() }()
	c := newChild(b, filepath.Join(dir, filepath.Base(b.Name())), l.server.URL())
	c.env = append(c.env, "TELEGRAMTEST_QUIET=1")
	if secure {
		front := httptest.NewTLSServer(l.server)
		defer front.Close()
		c.api = front.URL
		c.env = append(c.env, "SSL_CERT_FILE="+certificate(b, front))
	}
	if webhook {
		c.env = append(c.env, envWebhook+"="+freeAddress(b))
	}
	c.profiled(b.Name())
	c.start()
	defer c.stop()
	for i := range 2 * crowdSize {
		l.add(int64(20_000_000 + i))
	}
	l.warmUp()
	b.ResetTimer()
	c.phase()
	application := l.rate(c, 20*time.Second, func(u *user) []func() { return l.application(u) }, 1)
	b.ReportMetric(l.cpu, "application-cpu-µs")
	b.ReportMetric(l.rest, "application-rest-µs")
	c.phase()
	status := l.rate(c, 8*time.Second, func(u *user) []func() {
		return slices.Repeat([]func(){func() { u.p.Type("status") }}, 20)
	}, 1_000)
	c.phase()
	b.ReportMetric(l.cpu, "status-cpu-µs")
	b.ReportMetric(l.rest, "status-rest-µs")
	p50, p99 := l.fixed(10 * time.Second)
	b.StopTimer()
	b.ReportMetric(application, "application/s")
	b.ReportMetric(status, "status/s")
	b.ReportMetric(float64(p50.Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(p99.Microseconds())/1000, "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// load is many persons.
type load struct {
	b        *testing.B
	server   *tgtest.Server
	template []byte
	users    map[int64]*user
	order    []*user
	said     atomic.Int64 // updates that were answered
	cpu      float64      // that the office took for one, µs
	rest     float64      // that this process took for one, µs
}

// user is one of them; answered gets an element whenever the bot says something.
type user struct {
	p        *tgtest.Person
	answered chan time.Time
}

func (l *load) add(id int64) {
	u := &user{l.server.Person(id, "CONTOH"), make(chan time.Time, 64)}
	l.users[id] = u
	l.order = append(l.order, u)
}

func (l *load) shown(chat int64, _ tgtest.Message) {
	select {
	case l.users[chat].answered <- time.Now():
	default:
	}
}

func (u *user) drain() {
	for len(u.answered) > 0 {
		<-u.answered
	}
}

// warmUp waits until the office answers.
func (l *load) warmUp() {
	u := l.order[len(l.order)-1]
	u.p.Type("/start")
	select {
	case <-u.answered:
	case <-time.After(30 * time.Second):
		l.b.Fatal("the office does not answer")
	}
}

// rate has talking persons go through a script at once, each person up to so many
// times, until all did or the time is over, and gives updates a second.
func (l *load) rate(c *child, most time.Duration, script func(*user) []func(), times int) float64 {
	ctx, cancel := context.WithTimeout(l.b.Context(), most)
	defer cancel()
	turns := make(chan *user, crowdSize*times)
	for range times {
		for _, u := range l.order[:crowdSize] {
			turns <- u
		}
	}
	close(turns)
	l.said.Store(0)
	began, before, ours := time.Now(), c.cpu(), ownCPU()
	var group sync.WaitGroup
	for range talking {
		group.Go(func() {
			for u := range turns {
				if err := l.talk(ctx, u, script(u)); err != nil {
					return
				}
			}
		})
	}
	group.Wait()
	said := float64(l.said.Load())
	l.cpu, l.rest = float64((c.cpu()-before).Microseconds())/said, float64((ownCPU()-ours).Microseconds())/said
	return said / time.Since(began).Seconds()
}

// ownCPU is the time that this process has computed so far.
func ownCPU() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

var errOver = errors.New("time is over")

func (l *load) talk(ctx context.Context, u *user, steps []func()) error {
	u.drain()
	for _, step := range steps {
		step()
		select {
		case <-u.answered:
			l.said.Add(1)
		case <-ctx.Done():
			return errOver
		}
	}
	return nil
}

// fixed has the other half of the crowd fill in forms at a fixed rate and gives how
// long answers take.
func (l *load) fixed(most time.Duration) (p50, p99 time.Duration) {
	crowd := l.order[crowdSize : 2*crowdSize-1]
	texts := append([]string{"/start", "Ajukan izin", "Setuju dan lanjut", "Yayasan CONTOH"}, answers()...)
	var mu sync.Mutex
	var took []time.Duration
	var group sync.WaitGroup
	tick := time.NewTicker(time.Second / fixedRate)
	defer tick.Stop()
	for i := range int(most.Seconds()) * fixedRate {
		<-tick.C
		u, text := crowd[i%len(crowd)], texts[i/len(crowd)%len(texts)]
		group.Go(func() {
			asked := time.Now()
			u.drain()
			u.p.Type(text)
			select {
			case at := <-u.answered:
				mu.Lock()
				defer mu.Unlock()
				took = append(took, at.Sub(asked))
			case <-time.After(10 * time.Second):
				l.b.Errorf("%q was not answered", text)
			}
		})
	}
	group.Wait()
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100]
}

// application is everything up to the submission.
func (l *load) application(u *user) []func() {
	var steps []func()
	say := func(texts ...string) {
		for _, text := range texts {
			steps = append(steps, func() { u.p.Type(text) })
		}
	}
	say("/start", "Ajukan izin", "Setuju dan lanjut", "Yayasan CONTOH")
	say(answers()...)
	for _, code := range []string{"A1", "A2", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "C3", "D1", "D2", "D3", "E1"} {
		steps = append(steps, func() {
			mark := fmt.Sprintf("%s %010d", code, u.p.ID())
			u.p.SendDocument(code+".pdf", bytes.Replace(l.template, []byte("XX 0000000000"), []byte(mark), 1), 0, "")
		})
		switch code {
		case "C1", "C2":
			say("31 Desember 2027")
		}
	}
	say("Lewati", "Lewati", "Lewati", "Lewati", "Kirim") // of the letter its number and date, of the documents F1 and F2
	return steps
}

// template is a small PDF in which a mark can be replaced.
func template() []byte {
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetCompression(false)
	doc.AddPage()
	doc.SetFont("Helvetica", "", 20)
	doc.Text(20, 40, "CONTOH XX 0000000000")
	doc.AddPage()
	var out bytes.Buffer
	_ = doc.Output(&out)
	return out.Bytes()
}
