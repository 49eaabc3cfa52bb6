package browsertest

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Text gives what the first element that matches says, "" if there is none.
func (p *Page) Text(selector string) string {
	p.tb.Helper()
	return js[string](p, `(s) => document.querySelector(s)?.textContent ?? ""`, selector)
}

// AwaitText waits until the first element that matches says exactly that.
func (p *Page) AwaitText(selector, text string) {
	p.tb.Helper()
	p.until(selector+" to say "+text, func() bool { return p.Text(selector) == text })
}

// AwaitGone waits until no element that matches can be seen.
func (p *Page) AwaitGone(selector string) {
	p.tb.Helper()
	p.until(selector+" to be gone", func() bool {
		return !js[bool](p, `(s) => document.querySelector(s)?.checkVisibility({ visibilityProperty: true }) ?? false`, selector)
	})
}

// Pick picks a file of this machine with the page's own file input.
func (p *Page) Pick(selector, path string) {
	p.tb.Helper()
	p.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{path}))
}

// Drop drags a file of this machine from outside the window onto an element.
func (p *Page) Drop(selector, path string) {
	p.tb.Helper()
	at := js[struct{ X, Y float64 }](p, `(s) => {
		const element = document.querySelector(s);
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const box = element.getBoundingClientRect();
		return { X: box.x + box.width / 2, Y: box.y + box.height / 2 };
	}`, selector)
	drag := input.DispatchDragEventParams{X: at.X, Y: at.Y, Data: &input.DragData{Files: []string{path}, DragOperationsMask: 1}}
	drag.Data.Items = []*input.DragDataItem{}
	for _, kind := range []input.DispatchDragEventType{"dragEnter", "dragOver", "drop"} {
		drag.Type = kind
		p.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
			_, err := cdp.Call(ctx, t, input.DispatchDragEvent, drag)
			return chromedp.Void{}, err
		})
	}
}

// TooWide tells whether the page is wider than its window.
func (p *Page) TooWide() bool {
	p.tb.Helper()
	return js[bool](p, `() => document.documentElement.scrollWidth > document.documentElement.clientWidth`)
}

// Attribute gives an attribute of the first element that matches, "" if there is
// none.
func (p *Page) Attribute(selector, name string) string {
	p.tb.Helper()
	return js[string](p, `(s, name) => document.querySelector(s)?.getAttribute(name) ?? ""`, selector, name)
}

// AwaitOther waits until the attribute is there and differs from what it was.
func (p *Page) AwaitOther(selector, name, old string) {
	p.tb.Helper()
	p.until(selector+" to change its "+name, func() bool {
		now := p.Attribute(selector, name)
		return now != "" && now != old
	})
}
