package demo

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"testing"
)

// html is the form for people: one file that needs no other.
func (g *gallery) html(t *testing.T) []byte {
	t.Helper()
	page, err := template.New("gallery").Funcs(template.FuncMap{
		"png": func(b []byte) template.URL {
			return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b)) // base64 of our own picture
		},
	}).Parse(galleryPage)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, map[string]any{
		"Messages": g.messages, "Letters": g.letters, "Pages": g.pages, "Unseen": g.unseen,
	}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const galleryPage = `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>izinbot: everything it says and prints (CONTOH)</title>
<style>
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1d2733; background: #eef1f4 }
body { margin: 0 auto; max-width: 84rem; padding: 1rem }
nav { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .6rem 0; background: #eef1f4 }
nav input { flex: 1 1 14rem; font: inherit; padding: .35rem .6rem; border: 1px solid #9fb0c0; border-radius: .4rem }
.grid { columns: 22rem; column-gap: 1rem }
figure { break-inside: avoid; margin: 0 0 1rem; padding: .7rem .9rem; border-radius: .6rem; background: #fff; box-shadow: 0 1px 2px #0002; overflow-wrap: anywhere }
figcaption { margin-bottom: .4rem; color: #51606f; font-size: .8rem }
code { color: #225c88; font-size: .75rem }
.text { white-space: pre-wrap }
.choices { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .5rem }
.choices span { padding: .15rem .6rem; border: 1px solid #5d86a8; border-radius: 1rem; font-size: .85rem }
.letter img { display: block; width: 100%; max-width: 42rem; margin: .5rem auto; border: 1px solid #cbd4dd }
.pages { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 1rem }
iframe { width: 100%; height: 34rem; border: 1px solid #cbd4dd; border-radius: .4rem; background: #fff }
[hidden] { display: none }
</style>
<h1>Everything that izinbot says and prints</h1>
<p>Made-up data (CONTOH). Messages stand under the texts that they are the first to show.</p>
<nav><a href="#messages">{{len .Messages}} messages</a> <a href="#letters">{{len .Letters}} letters</a>
<a href="#pages">{{len .Pages}} pages</a> <a href="#unseen">{{len .Unseen}} texts in no transcript</a>
<input type="search" placeholder="filter, such as “klarifikasi” or “(en)”" aria-label="filter"></nav>
<h2 id="messages">Messages</h2>
<div class="grid">{{range .Messages}}
<figure><figcaption>{{.Who}}<br>{{range .Keys}}<code>{{.}}</code> {{end}}</figcaption><div class="text">{{.Text}}</div>
{{- with .Labels}}<div class="choices">{{range .}}<span>{{.}}</span>{{end}}</div>{{end}}</figure>
{{- end}}</div>
<h2 id="letters">Letters</h2>
<div class="grid">{{range .Letters}}
<figure class="letter"><figcaption><code>{{.Kind}}</code></figcaption>{{range .Pages}}<img src="{{png .}}" alt="">{{end}}</figure>
{{- end}}</div>
<h2 id="pages">Pages</h2>
<div class="pages">{{range .Pages}}
<figure><figcaption><code>{{.Path}}</code></figcaption><iframe srcdoc="{{.HTML}}" title="{{.Path}}" loading="lazy"></iframe></figure>
{{- end}}</div>
<h2 id="unseen">Texts in no transcript</h2>
<p>They need a fault, a network or another clock; as they stand in the catalogue.</p>
<div class="grid">{{range .Unseen}}
<figure><figcaption>{{range .Keys}}<code>{{.}}</code>{{end}}</figcaption><div class="text">{{.Text}}</div></figure>
{{- end}}</div>
<script>
document.querySelector("input").addEventListener("input", e => {
  const want = e.target.value.toLowerCase();
  for (const f of document.querySelectorAll("figure")) f.hidden = !f.textContent.toLowerCase().includes(want);
});
</script>
`
