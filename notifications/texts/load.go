package texts

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
)

//go:embed id en
var files embed.FS

// Load reads the catalogues that are built into the program. The error lists
// every fault of theirs with its file and line; the tests see to it that there
// is none.
func Load() (*Catalogue, error) { return load(files) }

func load(fsys fs.FS) (*Catalogue, error) {
	l := loader{fsys: fsys, entries: map[workflow.Lang]map[string]entry{}}
	for _, lang := range []workflow.Lang{workflow.Indonesian, workflow.English} {
		l.language(lang)
	}
	l.compare()
	if len(l.faults) > 0 {
		return nil, errors.Join(l.faults...)
	}
	return l.catalogue(), nil
}

// loader gathers the entries of all files, and their faults.
type loader struct {
	fsys    fs.FS
	entries map[workflow.Lang]map[string]entry
	faults  []error
}

// entry is a text and where it stands.
type entry struct {
	message message
	file    string
	line    int
}

func (l *loader) fault(file string, line int, format string, args ...any) {
	l.faults = append(l.faults, fmt.Errorf("%s:%d: %w", file, line, fmt.Errorf(format, args...)))
}

func (l *loader) language(lang workflow.Lang) {
	l.entries[lang] = map[string]entry{}
	names, err := fs.Glob(l.fsys, string(lang)+"/*.yaml")
	if err != nil || len(names) == 0 {
		l.faults = append(l.faults, fmt.Errorf("no texts in %q", lang))
	}
	for _, name := range names {
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.faults = append(l.faults, fmt.Errorf("read texts: %w", err))
			continue
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			l.faults = append(l.faults, fmt.Errorf("%s: %w", name, err))
			continue
		}
		for _, root := range doc.Content {
			l.group(lang, name, "", root)
		}
	}
}

// group reads the keys of one level. Values are taken as they are written: yes,
// 1 and null are words here.
func (l *loader) group(lang workflow.Lang, file, prefix string, node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		l.fault(file, node.Line, "%q needs a text or keys", strings.TrimSuffix(prefix, "."))
		return
	}
	key := regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)*$`)
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i], node.Content[i+1]
		full := prefix + name.Value
		switch {
		case !key.MatchString(name.Value):
			l.fault(file, name.Line, "%q: a key has small letters, digits and _, parted by points", full)
		case value.Kind == yaml.ScalarNode:
			l.text(lang, full, entry{file: file, line: name.Line}, value.Value)
		default:
			l.group(lang, file, full+".", value)
		}
	}
}

func (l *loader) text(lang workflow.Lang, key string, e entry, text string) {
	text = strings.TrimRight(text, "\n")
	if before, ok := l.entries[lang][key]; ok {
		l.fault(e.file, e.line, "%q stands in %s:%d already", key, before.file, before.line)
		return
	}
	var err error
	if e.message, err = parseMessage(text); err != nil {
		l.fault(e.file, e.line, "%q: %w", key, err)
	}
	if text == "" {
		l.fault(e.file, e.line, "%q is empty", key)
	}
	l.entries[lang][key] = e
}

// compare checks the languages against each other.
func (l *loader) compare() {
	id, en := l.entries[workflow.Indonesian], l.entries[workflow.English]
	for _, key := range slices.Sorted(maps.Keys(en)) {
		theirs, ok := id[key]
		if !ok {
			l.fault(en[key].file, en[key].line, "%q is not in Indonesian", key)
			continue
		}
		if a, b := theirs.message.names(), en[key].message.names(); !slices.Equal(a, b) {
			l.fault(en[key].file, en[key].line, "%q needs %v, but %v in Indonesian", key, b, a)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(id)) {
		if _, ok := en[key]; !ok && !strings.HasPrefix(path.Base(id[key].file), "officer") {
			l.fault(id[key].file, id[key].line, "%q is not in English", key)
		}
	}
}

func (l *loader) catalogue() *Catalogue {
	c := &Catalogue{texts: map[workflow.Lang]map[string]message{}}
	for lang, entries := range l.entries {
		c.texts[lang] = make(map[string]message, len(entries))
		for key, e := range entries {
			c.texts[lang][key] = e.message
		}
	}
	return c
}
