package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Bubble is a message as the page shows it.
type Bubble struct {
	N       int64    `json:"n"`
	Mine    bool     `json:"mine"`
	Text    string   `json:"text"`
	Files   []string `json:"files"`   // names
	Choices []string `json:"choices"` // labels
	Old     bool     `json:"old"`     // its choices look inactive
	Tick    string   `json:"tick"`    // what the sender sees: how far it has come
}

const bubbles = `(phone) => [...document.querySelectorAll('.phone[data-phone="' + phone + '"] .bubble')].map((b) => ({
	n: Number(b.dataset.n),
	mine: b.classList.contains("mine"),
	text: b.querySelector(".text")?.textContent ?? "",
	files: [...b.querySelectorAll(".card strong, .picture img")].map((f) => f.alt ?? f.textContent),
	choices: [...b.querySelectorAll(".choice")].map((c) => c.textContent),
	old: b.classList.contains("old"),
	tick: b.querySelector(".tick")?.getAttribute("aria-label") ?? "",
}))`

// Bubbles gives what an open phone shows, oldest first.
func (p *Page) Bubbles(phone string) []Bubble {
	p.tb.Helper()
	return js[[]Bubble](p, bubbles, phone)
}

// Await waits until the bot has said something with the words in it after the
// person's last message, and gives that bubble.
func (p *Page) Await(phone, words string) Bubble {
	p.tb.Helper()
	var found Bubble
	p.until(fmt.Sprintf("%q on the phone %s", words, phone), func() bool {
		var ok bool
		found, ok = lastAnswer(p.Bubbles(phone), words)
		return ok
	})
	return found
}

// AwaitAny is [Page.Await] for something that may have been said before the
// person's last message: a notice.
func (p *Page) AwaitAny(phone, words string) Bubble {
	p.tb.Helper()
	var found Bubble
	p.until(fmt.Sprintf("%q anywhere on the phone %s", words, phone), func() bool {
		for _, b := range p.Bubbles(phone) {
			if !b.Mine && b.has(words) {
				found = b
				return true
			}
		}
		return false
	})
	return found
}

func lastAnswer(all []Bubble, words string) (Bubble, bool) {
	for i := len(all) - 1; i >= 0 && !all[i].Mine; i-- {
		if all[i].has(words) {
			return all[i], true
		}
	}
	return Bubble{}, false
}

func (b Bubble) has(words string) bool {
	return strings.Contains(b.Text+"\n"+strings.Join(b.Files, "\n"), words)
}

// OpenPhone opens a person's phone if it is not open.
func (p *Page) OpenPhone(phone string) {
	p.tb.Helper()
	if js[bool](p, `(phone) => !document.querySelector('.phone[data-phone="' + phone + '"]')`, phone) {
		p.do(chromedp.Click(css(`.person[data-phone=%q]`, phone)))
	}
	p.do(chromedp.WaitVisible(inPhone(phone, "textarea")))
}

// Type types a text with the keyboard and sends it with Enter.
func (p *Page) Type(phone, text string) {
	p.tb.Helper()
	before := p.mine(phone)
	p.do(chromedp.Focus(inPhone(phone, "textarea")), insert(text), enter)
	p.untilMore(phone, before)
}

// Press clicks the newest choice with the label, whether it looks active or not.
func (p *Page) Press(phone, label string) {
	p.tb.Helper()
	before := p.mine(phone)
	var found bool
	p.until(fmt.Sprintf("the choice %q on the phone %s", label, phone), func() bool {
		found = js[bool](p, `(phone, label) => {
			document.querySelector("[data-press]")?.removeAttribute("data-press");
			const all = [...document.querySelectorAll('.phone[data-phone="' + phone + '"] .choice')];
			const choice = all.findLast((c) => c.textContent === label);
			choice?.setAttribute("data-press", "");
			return Boolean(choice);
		}`, phone, label)
		return found
	})
	p.do(chromedp.Click(chromedp.CSS("[data-press]")))
	p.untilMore(phone, before)
}

// Attach picks files of this machine and sends them as documents in one message.
func (p *Page) Attach(phone string, paths ...string) {
	p.tb.Helper()
	p.pick(phone, "file", paths)
}

func (p *Page) pick(phone, how string, paths []string) {
	p.tb.Helper()
	before := p.mine(phone)
	p.do(chromedp.SetUploadFiles(inPhone(phone, fmt.Sprintf("input[data-pick=%q]", how)), paths))
	p.untilMore(phone, before)
}

// SendSample sends one of the made-up files of the page's own menu.
func (p *Page) SendSample(phone, name string) {
	p.tb.Helper()
	before := p.mine(phone)
	p.menu(phone, "folder")
	p.do(chromedp.Click(inPhone(phone, fmt.Sprintf(".row[data-sample=%q]", name))))
	p.untilMore(phone, before)
}

// SendLocation sends the first preset of the location form.
func (p *Page) SendLocation(phone string) {
	p.tb.Helper()
	before := p.mine(phone)
	p.menu(phone, "pin")
	p.do(chromedp.Click(inPhone(phone, ".sheet .row")))
	p.untilMore(phone, before)
}

func (p *Page) menu(phone, item string) {
	p.tb.Helper()
	p.do(
		chromedp.Click(inPhone(phone, `[aria-label="Lampirkan"]`)),
		chromedp.Click(inPhone(phone, fmt.Sprintf(".menu-item[data-act=%q]", item))),
	)
}

// Code gives the one-time code that the phone shows, without its space.
func (p *Page) Code(phone string) string {
	p.tb.Helper()
	return js[string](p, `(phone) => document.querySelector('.phone[data-phone="' + phone + '"] .code:not([hidden]) .code-value')?.textContent.replace(" ", "") ?? ""`, phone)
}

// Unread gives the number on the person's badge, "" if there is none.
func (p *Page) Unread(phone string) string {
	p.tb.Helper()
	return js[string](p, `(phone) => document.querySelector('.person[data-phone="' + phone + '"] .badge:not([hidden])')?.textContent ?? ""`, phone)
}

// AwaitUnread waits until the badge shows the number, "" meaning none.
func (p *Page) AwaitUnread(phone, number string) {
	p.tb.Helper()
	p.until(fmt.Sprintf("%q unread on the phone %s", number, phone), func() bool { return p.Unread(phone) == number })
}

// Now gives the simulated time as the page shows it.
func (p *Page) Now() string {
	p.tb.Helper()
	return js[string](p, `() => document.getElementById("now").textContent`)
}

// Advance clicks the button that moves the time: "10m", "1h" or "1d".
func (p *Page) Advance(step string) {
	p.tb.Helper()
	before := p.Now()
	p.do(chromedp.Click(css(".steps [data-step=%q]", step)))
	p.until("the time to move", func() bool { return p.Now() != before })
}

// Click clicks whatever the CSS selector names first.
func (p *Page) Click(selector string) {
	p.tb.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// AwaitSelector waits until the first element that matches can be seen.
func (p *Page) AwaitSelector(selector string) {
	p.tb.Helper()
	p.until(selector+" to be seen", func() bool {
		return js[bool](p, `(s) => document.querySelector(s)?.checkVisibility({ visibilityProperty: true }) ?? false`, selector)
	})
}

// Resize gives the window another size.
func (p *Page) Resize(width, height int64) {
	p.tb.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}

// Screenshot writes what the window shows to the test's artifacts (kept with
// go test -artifacts).
func (p *Page) Screenshot(name string) {
	p.tb.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.tb.Fatalf("screenshot: %v", err)
	}
	if err := os.WriteFile(filepath.Join(p.tb.ArtifactDir(), name+".png"), png, 0o600); err != nil {
		p.tb.Fatal(err)
	}
}

func (p *Page) mine(phone string) int {
	p.tb.Helper()
	n := 0
	for _, b := range p.Bubbles(phone) {
		if b.Mine {
			n++
		}
	}
	return n
}

func (p *Page) untilMore(phone string, before int) {
	p.tb.Helper()
	p.until("the sent message on the phone "+phone, func() bool { return p.mine(phone) > before })
}

func inPhone(phone, selector string) chromedp.CSS {
	return css(".phone[data-phone=%q] %s", phone, selector)
}

func css(format string, args ...any) chromedp.CSS {
	return chromedp.CSS(fmt.Sprintf(format, args...))
}
