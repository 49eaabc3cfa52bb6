package sop

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
	"izinbot/workflow/spelling"
)

// reader collects the faults found while a file is read and checked.
type reader struct {
	faults Faults
	strict bool // see [Check]
}

func (r *reader) fault(line int, format string, args ...any) {
	r.faults = append(r.faults, Fault{Line: line, Text: fmt.Sprintf(format, args...)})
}

// table is one YAML mapping, read strictly: done reports every key that nobody
// asked for, must every key that is not there.
type table struct {
	r     *reader
	what  string // how faults name it, "langkah 7"
	line  int
	keys  []*yaml.Node // in the file's order, without repeats
	value map[string]*yaml.Node
	asked []string
}

// table makes a table of a node; a node of another shape is a fault and gives
// an empty table whose missing keys are not reported.
func (r *reader) table(n *yaml.Node, what string) *table {
	t := &table{r: r, what: what, line: n.Line, value: map[string]*yaml.Node{}}
	if n.Kind != yaml.MappingNode {
		r.fault(n.Line, "%s: harus berupa pasangan “kunci: nilai”", what)
		t.value = nil
		return t
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if first, ok := t.value[key.Value]; ok {
			r.fault(key.Line, "%s: kunci “%s” ditulis dua kali, pertama di baris %d", what, key.Value, first.Line)
			continue
		}
		t.keys = append(t.keys, key)
		t.value[key.Value] = n.Content[i+1]
	}
	return t
}

func (t *table) fault(line int, format string, args ...any) {
	t.r.fault(line, t.what+": "+format, args...)
}

// at gives the line of a key, or that of the table if the key is missing.
func (t *table) at(key string) int {
	for _, k := range t.keys {
		if k.Value == key {
			return k.Line
		}
	}
	return t.line
}

func (t *table) has(key string) bool { return t.get(key) != nil }

// get gives the value of a key, or nil if it is missing or empty ("waktu:").
func (t *table) get(key string) *yaml.Node {
	if !slices.Contains(t.asked, key) {
		t.asked = append(t.asked, key)
	}
	n, ok := t.value[key]
	if !ok || n.Tag == "!!null" {
		return nil
	}
	return n
}

// must reports the keys that are missing or empty.
func (t *table) must(keys ...string) {
	if t.value == nil {
		return
	}
	for _, key := range keys {
		if n := t.get(key); n == nil || n.Kind != yaml.AliasNode && len(n.Content) == 0 && strings.TrimSpace(n.Value) == "" {
			t.fault(t.at(key), "“%s” belum diisi", key)
		}
	}
}

// done reports the keys that no reader asked for.
func (t *table) done() {
	for _, k := range t.keys {
		if slices.Contains(t.asked, k.Value) {
			continue
		}
		if near := spelling.Nearest(k.Value, t.asked); near != "" {
			t.fault(k.Line, "kunci “%s” tidak dikenal, mungkin maksudnya “%s”", k.Value, near)
			continue
		}
		t.fault(k.Line, "kunci “%s” tidak dikenal", k.Value)
	}
}

// text gives a text. Numbers must be quoted: 094 would otherwise lose its zero.
func (t *table) text(key string) string {
	n := t.get(key)
	if n == nil {
		return ""
	}
	return t.scalar(n, key)
}

func (t *table) scalar(n *yaml.Node, key string) string {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!str" {
		return strings.TrimSpace(n.Value)
	}
	if n.Kind == yaml.ScalarNode {
		t.fault(n.Line, "“%s” harus teks, apit dengan tanda kutip: %q", key, n.Value)
	} else {
		t.fault(n.Line, "“%s” harus teks", key)
	}
	return ""
}

// wording gives a text in one language or, as {id: …, en: …}, in two.
func (t *table) wording(key string) workflow.Text {
	n := t.get(key)
	if n == nil {
		return workflow.Text{}
	}
	if n.Kind != yaml.MappingNode {
		return workflow.Text{ID: t.scalar(n, key)}
	}
	both := t.r.table(n, t.what+", “"+key+"”")
	both.must("id")
	defer both.done()
	return workflow.Text{ID: both.text("id"), EN: both.text("en")}
}

// number gives a whole number from low up, or low-1 if there is none.
func (t *table) number(key string, low int) int {
	n := t.get(key)
	if n == nil {
		return low - 1
	}
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil || v < low {
		t.fault(n.Line, "“%s” harus bilangan bulat mulai dari %d", key, low)
		return low - 1
	}
	return v
}

// yes reads "ya" or "tidak"; unset is the value of a missing key.
func (t *table) yes(key string, unset bool) bool {
	n := t.get(key)
	if n == nil {
		return unset
	}
	if n.Kind != yaml.ScalarNode || n.Value != "ya" && n.Value != "tidak" {
		t.fault(n.Line, "“%s” harus “ya” atau “tidak”", key)
		return unset
	}
	return n.Value == "ya"
}

func (t *table) budget(key string) workflow.Budget {
	s := t.text(key)
	if s == "" {
		return workflow.Budget{}
	}
	b, err := workflow.ParseBudget(s)
	if err != nil {
		t.fault(t.at(key), "“%s” tidak dapat dibaca: “%s”; tulis misalnya “15 Menit”, “2 Jam” atau “3 Hari”", key, s)
	}
	return b
}

func (t *table) items(key string) []*yaml.Node {
	n := t.get(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		t.fault(n.Line, "“%s” harus berupa daftar", key)
		return nil
	}
	return n.Content
}

// line is a text with its place in the file.
type line struct {
	text string
	no   int
}

func (t *table) lines(key string) []line {
	var out []line
	for _, n := range t.items(key) {
		if s := t.scalar(n, key); s != "" {
			out = append(out, line{s, n.Line})
		}
	}
	return out
}

func (t *table) texts(key string) []string {
	var out []string
	for _, l := range t.lines(key) {
		out = append(out, l.text)
	}
	return out
}

// word gives a word out of a closed list, or "" with a fault.
func word[T ~string](t *table, key string, allowed []T) T {
	w := T(t.text(key))
	if w == "" || slices.Contains(allowed, w) {
		return w
	}
	t.fault(t.at(key), "“%s” tidak mengenal “%s”; pilihannya: %s", key, w, join(allowed))
	return ""
}

func join[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}
