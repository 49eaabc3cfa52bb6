package audit

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"izinbot/workflow"
)

// Use is one reason why a file is wanted.
type Use struct {
	Where string // a case or chat
	What  string // the document, letter or photo
}

// Wanted are the keys of the files that are wanted, each with its uses.
type Wanted map[string][]Use

func (w Wanted) add(key string, use Use) {
	if isKey(key) && !slices.Contains(w[key], use) {
		w[key] = append(w[key], use)
	}
}

// isKey tells whether text is a SHA-256 in lower-case hex, as files are named by.
func isKey(text string) bool {
	b, err := hex.DecodeString(text)
	return err == nil && len(b) == sha256.Size && hex.EncodeToString(b) == text
}

// value finds the files in what has a JSON form.
func (w Wanted) value(where string, v any) {
	doc, err := json.Marshal(v)
	if err == nil {
		w.caseFiles(where, doc)
	}
}

// caseFiles finds the files in JSON as the domain writes it: a "sha256" beside a name.
// Documents that cannot be decoded are skipped here; they are reported elsewhere.
func (w Wanted) caseFiles(where string, doc []byte) { _ = w.find(where, doc, "sha256") }

func (w Wanted) factFiles(where string, facts workflow.Facts) {
	for id, f := range facts.Files {
		w.add(f.File.SHA256, Use{where, "surat " + string(id)})
		w.add(f.Archive.SHA256, Use{where, "arsip surat " + string(id)})
	}
}

// chatFiles finds the files in what chats keep, where an attachment has them as "key".
func (w Wanted) chatFiles(where string, doc []byte) error {
	return w.find(where, doc, "sha256", "key")
}

func (w Wanted) find(where string, doc []byte, fields ...string) error {
	if len(bytes.TrimSpace(doc)) == 0 {
		return nil
	}
	var v any
	if err := json.Unmarshal(doc, &v); err != nil {
		return fmt.Errorf("read %s: %w", where, err)
	}
	w.walk(v, Use{Where: where}, fields)
	return nil
}

// walk goes through decoded JSON. What a file is for is said by the nearest object
// around it that has a code or kind, else by the file's own name.
func (w Wanted) walk(v any, use Use, fields []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			w.walk(e, use, fields)
		}
	case map[string]any:
		name, named := v["name"].(string)
		for _, field := range fields {
			if key, ok := v[field].(string); ok && named {
				w.add(key, Use{use.Where, cmp.Or(use.What, name)})
			}
		}
		use.What = cmp.Or(labelOf(v), use.What)
		for _, e := range v {
			w.walk(e, use, fields)
		}
	}
}

func labelOf(object map[string]any) string {
	if code, ok := object["code"].(string); ok {
		return "dokumen " + code
	}
	if kind, ok := object["kind"].(string); ok {
		return "surat " + kind
	}
	return ""
}
