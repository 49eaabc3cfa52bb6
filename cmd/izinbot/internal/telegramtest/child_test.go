package telegramtest

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/sandbox"
	"izinbot/cmd/izinbot/internal/testclock"
)

// What tells a copy of this test program that it is the office.
const (
	envDir     = "TELEGRAMTEST_DIR"
	envAPI     = "TELEGRAMTEST_API"
	envWebhook = "TELEGRAMTEST_WEBHOOK" // set: by webhook, delivered to this address
	envMongo   = "TELEGRAMTEST_MONGO"   // connection string: records are in that database, shared with others
	envListen  = "TELEGRAMTEST_LISTEN"  // where it takes deliveries that come by way of envHook
	envHook    = "TELEGRAMTEST_HOOK"    // what stands before it and other nodes
	envProfile = "TELEGRAMTEST_PROFILE" // directory for CPU profiles of the office
	envInspect = "TELEGRAMTEST_INSPECT" // "office": opens files in children; "child": is one
)

func TestMain(m *testing.M) {
	if os.Getenv(envInspect) == "child" {
		os.Exit(sandbox.Main(os.Stdin, os.Stdout))
	}
	if dir := os.Getenv(envDir); dir != "" {
		os.Exit(runOffice(dir, os.Getenv(envAPI)))
	}
	os.Exit(m.Run())
}

// runOffice is the real office, logging everything, until a signal or its death.
func runOffice(dir, api string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	defer profile(ctx, os.Getenv(envProfile))()
	level := slog.LevelDebug
	if os.Getenv("TELEGRAMTEST_QUIET") != "" {
		level = slog.LevelWarn
	}
	office.EaseCollector(os.Getenv)
	settings := office.Telegram{Token: token, APIURL: api}
	listen := "127.0.0.1:0"
	if address := os.Getenv(envWebhook); address != "" {
		listen = address
		settings.WebhookURL = "http://" + listen
	}
	if at := os.Getenv(envListen); at != "" {
		listen, settings.WebhookURL, settings.WebhookSecret = at, os.Getenv(envHook), sharedSecret
	}
	var inspector *sandbox.Command
	if os.Getenv(envInspect) != "" {
		inspector = &sandbox.Command{Path: os.Args[0], Env: []string{envInspect + "=child"}}
	}
	o, err := office.Open(ctx, office.Config{
		App: app.Config{
			Dir: dir, Now: testclock.Now, Data: dataAt(os.Getenv(envMongo)), Inspector: inspector,
			Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})),
		},
		Listen:   listen,
		Telegram: settings,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	<-ctx.Done()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := o.Close(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// child is an office in a process of its own.
type child struct {
	t   testing.TB
	dir string
	env []string // besides the test's own
	api string
	log string // file that all its lives log to
	cmd *exec.Cmd
}

func newChild(tb testing.TB, dir, api string) *child {
	tb.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		tb.Fatal(err)
	}
	return &child{t: tb, dir: filepath.Join(dir, "data"), api: api, log: filepath.Join(dir, "log")}
}

func (c *child) start() {
	c.t.Helper()
	log, err := os.OpenFile(c.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	c.cmd = exec.Command(os.Args[0]) //nolint:noctx // it is killed by the test itself
	c.cmd.Env = append(append(os.Environ(), testclock.Env(), envDir+"="+c.dir, envAPI+"="+c.api), c.env...)
	c.cmd.Stderr = log
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
}

// kill ends the office as a loss of power does, but for what the disk keeps.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// stop ends the office as an operator does.
func (c *child) stop() {
	c.t.Helper()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		c.t.Fatal(err)
	}
	if err := c.cmd.Wait(); err != nil {
		c.t.Errorf("the office ended badly: %v\n%s", err, c.tail())
	}
}

// cpu is the time that the office has computed so far; 0 where it cannot be told.
func (c *child) cpu() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name before may hold anything
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

func (c *child) logged() string {
	b, err := os.ReadFile(c.log)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(b)
}

func (c *child) tail() string {
	s := c.logged()
	return s[max(0, len(s)-3000):]
}
