package demo

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"izinbot/handlers/web"
	"izinbot/workflow"
)

// The gallery shows each message, letter and page that the transcripts lead to once: as text
// in testdata, which is compared, and as HTML for people. GALLERY=FILE writes both anew.
const galleryFile = "testdata/gallery.golden"

// recording is what a transcript showed.
type recording struct {
	name    string
	letters []shownLetter
	pages   []shownPage
	said    []shownMessage

	mu    sync.Mutex
	texts map[textKey]map[string]bool // what was said of each key
}

type textKey struct {
	key  string
	lang workflow.Lang
}

type shownMessage struct {
	Who, Text string
	Labels    []string
	Keys      []string // those that it is the first to show
}

type shownLetter struct {
	Kind, text string
	Pages      [][]byte // as PNG
}

type shownPage struct{ Path, HTML string }

// record begins to note what a transcript shows.
func (o *office) record(name string) *recording {
	r := &recording{name: name, texts: map[textKey]map[string]bool{}}
	o.d.Program.Texts.Said = func(lang workflow.Lang, key, text string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		k := textKey{key, lang}
		if r.texts[k] == nil {
			r.texts[k] = map[string]bool{}
		}
		r.texts[k][text] = true
	}
	o.shown = r
	return r
}

// messages notes what phones were told after an event, phone by phone.
func (r *recording) messages(o *office, after int64) {
	if r == nil || o.seen <= after {
		return
	}
	byPhone := map[string][]shownMessage{}
	for after < o.seen {
		events, err := o.d.Network.Events(o.t.Context(), after)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, e := range events {
			after = e.N
			if e.Message == nil || e.Message.Mine {
				continue
			}
			who, _ := o.d.find(e.Phone)
			m := shownMessage{Who: who.name + ", " + who.line, Text: e.Message.Text + attached(e.Message.Files)}
			for _, c := range e.Message.Choices {
				m.Labels = append(m.Labels, c.Label)
			}
			byPhone[e.Phone] = append(byPhone[e.Phone], m)
		}
	}
	for _, phone := range o.d.Network.IDs() {
		r.said = append(r.said, byPhone[phone]...)
	}
}

// end notes the letters of the cases that were played, and the pages about them.
func (r *recording) end(o *office) {
	o.t.Helper()
	for n := range o.cases {
		c := o.workflowCase(n + 1)
		for _, l := range c.Letters {
			r.letters = append(r.letters, r.letter(o, l))
		}
	}
	pages := o.d.Program.Web()
	pages.Listen = "127.0.0.1:0"
	server, err := web.New(pages)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := server.Start(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = server.Stop(context.WithoutCancel(o.t.Context())) }()
	paths := []string{"/s/LKS-2026-09999-9", "/v/LKS-2026-09999-9/surat_izin", "/otp/CONTOH", "/wa/CONTOH", "/tidak-ada"}
	for n := range o.cases {
		c := o.workflowCase(n + 1)
		paths = append(paths, "/s/"+string(c.ID))
		for _, l := range c.Letters {
			paths = append(paths, "/v/"+string(c.ID)+"/"+string(l.ID))
		}
	}
	for _, path := range paths {
		for _, lang := range []string{"id", "en"} {
			r.pages = append(r.pages, shownPage{path + "?lang=" + lang, getPage(o.t, server.URL(), path+"?lang="+lang)})
		}
	}
}

func (r *recording) letter(o *office, l workflow.Letter) shownLetter {
	o.t.Helper()
	dir := o.t.TempDir()
	path := filepath.Join(dir, "letter.pdf")
	if err := o.d.write(o.t.Context(), l.File, path); err != nil {
		o.t.Fatal(err)
	}
	layout, err := exec.CommandContext(o.t.Context(), "pdftotext", "-layout", path, "-").Output()
	if err != nil {
		o.t.Fatal(err)
	}
	shown := shownLetter{Kind: string(l.ID), text: string(layout)}
	if os.Getenv("GALLERY") == "" {
		return shown
	}
	if err := exec.CommandContext(o.t.Context(), "pdftoppm", "-r", "70", "-png", path, filepath.Join(dir, "page")).Run(); err != nil {
		o.t.Fatal(err)
	}
	pictures, err := filepath.Glob(filepath.Join(dir, "page*.png"))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, picture := range pictures {
		png, err := os.ReadFile(picture)
		if err != nil {
			o.t.Fatal(err)
		}
		shown.Pages = append(shown.Pages, png)
	}
	return shown
}

var stylesheet = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)">`)

// getPage gives a page with its style inside.
func getPage(t *testing.T, url, path string) string {
	t.Helper()
	get := func(path string) string {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	page := get(path)
	return stylesheet.ReplaceAllStringFunc(page, func(link string) string {
		return "<style>" + get(stylesheet.FindStringSubmatch(link)[1]) + "</style>"
	})
}

// checkGallery compares the text of the gallery, or writes it anew.
func checkGallery(t *testing.T, shown []*recording) {
	t.Helper()
	g := newGallery(t, shown)
	text := g.text()
	if path := os.Getenv("GALLERY"); path != "" {
		if err := os.WriteFile(galleryFile, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, g.html(t), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(galleryFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) == text {
		return
	}
	was, is := difference(string(want), text)
	t.Errorf("the gallery shows\n…%s…\nand not\n…%s…\nIf that is meant, run: make gallery", is, was)
}

// gallery is each thing once: by key of the catalogue, by kind of letter, by look of page.
type gallery struct {
	messages []shownMessage
	letters  []shownLetter
	pages    []shownPage
	// unseen are keys that no transcript shows, with their texts in the catalogue.
	unseen []shownMessage
}

func newGallery(t *testing.T, shown []*recording) *gallery {
	t.Helper()
	g := &gallery{}
	seen, kinds, looks := map[textKey]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range shown {
		for _, m := range r.said {
			if m.Keys = r.first(m, seen); len(m.Keys) > 0 {
				g.messages = append(g.messages, m.masked())
			}
		}
		for _, l := range r.letters {
			if !kinds[l.Kind] {
				kinds[l.Kind] = true
				g.letters = append(g.letters, l)
			}
		}
		for _, p := range r.pages {
			if look := lookOf(p); !looks[look] {
				looks[look] = true
				g.pages = append(g.pages, p)
			}
		}
	}
	for _, lang := range []workflow.Lang{workflow.Indonesian, workflow.English} {
		texts := catalogueFiles(t, lang)
		for _, key := range sortedKeys(texts) {
			if !seen[textKey{key, lang}] {
				g.unseen = append(g.unseen, shownMessage{Keys: []string{key + " (" + string(lang) + ")"}, Text: texts[key]})
			}
		}
	}
	return g
}

// first gives the keys that a message is the first to show, sorted.
func (r *recording) first(m shownMessage, seen map[textKey]bool) (keys []string) {
	for k, said := range r.texts {
		if seen[k] {
			continue
		}
		for text := range said {
			if text != "" && (slices.Contains(m.Labels, text) || strings.Contains(m.Text, strings.TrimSpace(text))) {
				seen[k] = true
				keys = append(keys, k.key+" ("+string(k.lang)+")")
				break
			}
		}
	}
	slices.Sort(keys)
	return keys
}

var secrets = regexp.MustCompile(`/(otp|wa)/[A-Za-z0-9_-]+|\b[A-Z2-7]{5}-[A-Z2-7]{5}\b`)

// masked leaves out what is another one each time.
func (m shownMessage) masked() shownMessage {
	m.Text = secrets.ReplaceAllString(m.Text, "***")
	return m
}

var (
	tag     = regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)
	spaces  = regexp.MustCompile(`\s*\n\s*`)
	numbers = regexp.MustCompile(`[0-9a-f]{16,}|[0-9]+`)
)

// words gives what a page says.
func (p shownPage) words() string {
	return strings.TrimSpace(spaces.ReplaceAllString(tag.ReplaceAllString(p.HTML, "\n"), "\n"))
}

// lookOf gives what tells a page from others of its kind: not its numbers.
func lookOf(p shownPage) string { return numbers.ReplaceAllString(p.words(), "0") }

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// catalogueFiles reads the texts of a language as they stand in their files.
func catalogueFiles(t *testing.T, lang workflow.Lang) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("../../../../notifications/texts/" + string(lang) + "/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	out := map[string]string{}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		groups := map[string]any{}
		if err := yaml.Unmarshal(source, &groups); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		flatten("", groups, out)
	}
	return out
}

// flatten gives the texts of nested groups their keys.
func flatten(prefix string, groups map[string]any, out map[string]string) {
	for name, v := range groups {
		switch v := v.(type) {
		case map[string]any:
			flatten(prefix+name+".", v, out)
		default:
			out[prefix+name] = fmt.Sprint(v)
		}
	}
}

// text is the form that is compared.
func (g *gallery) text() string {
	var b strings.Builder
	for _, m := range g.messages {
		fmt.Fprintf(&b, "== %s\n%s: %s\n", strings.Join(m.Keys, ", "), m.Who, strings.TrimSpace(m.Text))
		for i, label := range m.Labels {
			fmt.Fprintf(&b, "   %d %s\n", i+1, label)
		}
		b.WriteByte('\n')
	}
	for _, l := range g.letters {
		fmt.Fprintf(&b, "== letter %s\n%s\n", l.Kind, trimLines(l.text))
	}
	for _, p := range g.pages {
		fmt.Fprintf(&b, "== page %s\n%s\n\n", p.Path, p.words())
	}
	b.WriteString("== in no transcript, for they need a fault, a network or another clock\n")
	for _, m := range g.unseen {
		fmt.Fprintf(&b, "%s\n", m.Keys[0])
	}
	return b.String()
}

// trimLines takes off what pdftotext puts at the ends of lines and pages.
func trimLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\f", ""), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n")) + "\n"
}
