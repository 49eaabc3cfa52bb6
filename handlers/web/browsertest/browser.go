// Package browsertest plays the demo page in a real Chromium: it opens phones,
// types, presses, attaches and reads bubbles as a person would, with mouse and
// keyboard. Whatever does not come about within [Patience] fails the test.
package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Patience is the time that the page has for anything that is waited for.
const Patience = 20 * time.Second

// pause is the interval at which the page is looked at while waiting.
const pause = 25 * time.Millisecond

// Page is the demo page in a browser of its own.
type Page struct {
	tb  testing.TB
	ctx context.Context //nolint:containedctx // chromedp keeps its browser in the context

	mu     sync.Mutex
	errors []string
}

// Open starts a headless Chromium with an empty profile, opens the address in a
// window of the given size and waits until the list of people is there. The
// browser ends with the test; so does the test with an error if the page
// complained on its console.
func Open(tb testing.TB, url string, width, height int64) *Page {
	tb.Helper()
	p := &Page{tb: tb}
	alloc, end := chromedp.NewExecAllocator(context.Background(), options(tb)...)
	ctx, closeTab := chromedp.NewContext(alloc, chromedp.WithListener(p.listen))
	p.ctx = ctx
	tb.Cleanup(func() {
		closeTab()
		end()
		for _, text := range p.complaints() {
			tb.Errorf("the page complained: %s", text)
		}
	})
	p.do(
		chromedp.EmulateViewport(width, height),
		chromedp.Navigate(url),
		chromedp.WaitVisible(chromedp.CSS("body")),
	)
	return p
}

func options(tb testing.TB) []chromedp.ExecAllocatorOption {
	tb.Helper()
	return append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(tb)),
		chromedp.UserDataDir(profile(tb)),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-first-run", true),
	)
}

// profile makes an empty directory. Chromium may still write into it while it is
// ending, which a test's own temporary directory does not forgive.
func profile(tb testing.TB) string {
	tb.Helper()
	dir, err := os.MkdirTemp("", "izinbot-chromium-") //nolint:usetesting // see above
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// chromium finds the browser. Without it the page is not tested, and a test that
// tests nothing must not pass.
func chromium(tb testing.TB) string {
	tb.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	tb.Fatal("no Chromium found: apt-get install chromium")
	return ""
}

// listen collects what a developer would see in red: exceptions, console errors,
// and what the page's content security policy forbade.
func (p *Page) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if thrown := e.ExceptionDetails.Exception; thrown != nil {
			text += " " + thrown.Description
		}
		p.complain(text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError && len(e.Args) > 0 {
			p.complain(e.Args[0].Description + string(e.Args[0].Value))
		}
	case *log.EventEntryAdded:
		if strings.Contains(e.Entry.Text, "Content Security Policy") {
			p.complain(e.Entry.Text)
		}
	}
}

func (p *Page) complain(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errors = append(p.errors, text)
}

func (p *Page) complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.errors...)
}

// do runs steps and fails the test if they cannot be done in time.
func (p *Page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.tb.Helper()
	// The first steps start the browser, which lives as long as their context.
	if chromedp.FromContext(p.ctx).Target == nil {
		if err := chromedp.Do(p.ctx); err != nil {
			p.tb.Fatalf("start chromium: %v", err)
		}
	}
	ctx, cancel := context.WithTimeout(p.ctx, Patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.tb.Fatalf("in the browser: %v", err)
	}
}

// js calls a JavaScript function with arguments and gives its result.
func js[T any](p *Page, function string, args ...any) T {
	p.tb.Helper()
	list := make([]string, len(args))
	for i, arg := range args {
		b, err := json.Marshal(arg)
		if err != nil {
			p.tb.Fatal(err)
		}
		list[i] = string(b)
	}
	ctx, cancel := context.WithTimeout(p.ctx, Patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](fmt.Sprintf("(%s)(%s)", function, strings.Join(list, ","))))
	if err != nil {
		p.tb.Fatalf("in the browser: %v", err)
	}
	return out
}

// until looks again and again until done says so, and fails the test with what it
// waited for if that takes too long.
func (p *Page) until(what string, done func() bool) {
	p.tb.Helper()
	deadline := time.NewTimer(Patience)
	defer deadline.Stop()
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-deadline.C:
			p.tb.Fatalf("waited in vain for %s", what)
		}
	}
}
