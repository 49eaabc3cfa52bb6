package storage

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"izinbot/workflow/store"
)

// Where an export is, in its directory.
const (
	ExportRecords = "data.jsonl"
	ExportFiles   = "files"
)

// KindEnd is the kind of the last line of an export, which a half one lacks.
const KindEnd store.Kind = "end"

// exportLine is a line of an export.
type exportLine struct {
	Kind   store.Kind         `json:"kind"`
	ID     string             `json:"id,omitempty"`
	Record any                `json:"record,omitempty"` // the Portable type of its kind, opened up
	Counts map[store.Kind]int `json:"counts,omitempty"` // of the end: how many of each kind
}

// Export writes all records and the contents of all files to a directory that does not
// exist yet, readable by its owner alone, in a form that needs neither izinbot nor its
// keys: one JSON object a line, and each content under its SHA-256. It returns the names
// of contents that are missing or damaged, which the export lacks. said is told how many
// of a kind have been written by now.
func Export(ctx context.Context, from *Data, to string, said func(kind store.Kind, n int)) (lacks []string, err error) {
	source, err := from.portable()
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return nil, fmt.Errorf("make the directory of the export: %w", err)
	}
	if err := os.Mkdir(filepath.Join(to, ExportFiles), 0o700); err != nil {
		return nil, fmt.Errorf("make the directory of the export: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(to, ExportRecords), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // named by the caller
	if err != nil {
		return nil, fmt.Errorf("export records: %w", err)
	}
	x := exporting{buffer: bufio.NewWriter(f), counts: map[store.Kind]int{}, said: said}
	x.lines = json.NewEncoder(x.buffer)
	x.lines.SetEscapeHTML(false)
	lacks, err = x.all(ctx, source, from.Files, to)
	return lacks, errors.Join(err, x.buffer.Flush(), f.Sync(), f.Close())
}

// exporting is an export under way.
type exporting struct {
	buffer *bufio.Writer
	lines  *json.Encoder // to buffer
	counts map[store.Kind]int
	said   func(store.Kind, int)
}

func (x *exporting) all(ctx context.Context, source store.Portable, files Files, to string) (lacks []string, err error) {
	for _, kind := range store.Kinds() {
		err := walk(ctx, source, kind, "", func(p store.Page) error { return x.page(kind, p) })
		if err != nil {
			return nil, fmt.Errorf("export %s: %w", kind, err)
		}
	}
	err = eachName(ctx, files, "", func(name string) error {
		err := exportFile(ctx, files, name, filepath.Join(to, ExportFiles, name))
		if lost(err) {
			lacks = append(lacks, name)
			return nil
		}
		x.counts[KindFile]++
		return err
	})
	if err != nil {
		return lacks, err
	}
	x.said(KindFile, x.counts[KindFile])
	return lacks, x.lines.Encode(exportLine{Kind: KindEnd, Counts: x.counts})
}

func (x *exporting) page(kind store.Kind, p store.Page) error {
	for _, r := range p.Records {
		record, err := opened(kind, r.Doc)
		if err != nil {
			return fmt.Errorf("%s: %w", r.ID, err)
		}
		if err := x.lines.Encode(exportLine{Kind: kind, ID: r.ID, Record: record}); err != nil {
			return err
		}
	}
	x.counts[kind] += len(p.Records)
	x.said(kind, x.counts[kind])
	return nil
}

// inner names the field of each kind's record that holds a document of its own.
func inner(kind store.Kind) string {
	switch kind {
	case store.KindSOP:
		return "source"
	case store.KindPerson, store.KindOfficer, store.KindInvitation, store.KindDelegation:
		return "doc"
	case store.KindCase:
		return "case"
	case store.KindEntry:
		return "entry"
	case store.KindConversation:
		return "state"
	case store.KindMessage, store.KindDelivery:
		return "message"
	case store.KindAddress, store.KindMilestone, store.KindNumber, store.KindClaim, store.KindCall:
	}
	return ""
}

// opened returns a record with the document in it as JSON, or as text if it is none,
// instead of as base64.
func opened(kind store.Kind, doc []byte) (map[string]json.RawMessage, error) {
	var record map[string]json.RawMessage
	if err := json.Unmarshal(doc, &record); err != nil {
		return nil, err
	}
	field := inner(kind)
	if record[field] == nil {
		return record, nil
	}
	var content []byte
	if err := json.Unmarshal(record[field], &content); err != nil {
		return nil, err
	}
	if json.Valid(content) {
		record[field] = content
		return record, nil
	}
	text, err := json.Marshal(string(content))
	record[field] = text
	return record, err
}

// exportFile writes a content, decrypted; nothing is left of one that cannot be read.
func exportFile(ctx context.Context, files Files, name, to string) error {
	content, err := files.Open(ctx, name)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // below a directory that this export made
	if err != nil {
		return errors.Join(err, content.Close())
	}
	_, err = io.Copy(f, content)
	if err = errors.Join(err, content.Close(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}
