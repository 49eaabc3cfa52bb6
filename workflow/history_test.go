package workflow_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

// eventful is the history of a case with refused commands, a clarification and a
// returned draft.
func eventful(t *testing.T) *walk {
	t.Helper()
	w := start(t, lks())
	w.refused(workflow.CodeForbidden, stranger(), workflow.Withdraw{})
	askFor(w.after("30 Menit"), frontOffice(), "B1")
	w.after("1 Hari").to(granting(), 18)
	w.do(kabid(), workflow.Return{Note: "Perbaiki <ketentuan> & tanggal “CONTOH”"})
	return w.finish(granting())
}

// stored is the history as a store keeps it.
type row struct {
	doc  []byte
	hash string
}

func stored(t tb, entries []workflow.Entry) []row {
	t.Helper()
	var rows []row
	for _, e := range entries {
		rows = append(rows, row{doc: []byte(asJSON(t, e)), hash: e.Hash})
	}
	return rows
}

func read(rows []row) []workflow.Entry {
	var entries []workflow.Entry
	for _, r := range rows {
		entries = append(entries, workflow.ReadEntry(r.doc, r.hash))
	}
	return entries
}

func TestReplayGivesTheSameCase(t *testing.T) {
	w := eventful(t)
	entries := read(stored(t, w.entries))
	if seq, reason := w.c.VerifyHistory(entries); seq != 0 {
		t.Fatalf("entry %d %s", seq, reason)
	}
	c, err := workflow.Replay(w.def, entries)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := asJSON(t, c), w.image(); got != want {
		t.Errorf("replayed\n%s\nwant\n%s", got, want)
	}
}

// TestEveryChangedByteIsFound changes a byte anywhere in the stored history to
// any other: the first entry that does not fit is named.
func TestEveryChangedByteIsFound(t *testing.T) {
	w := eventful(t)
	rapid.Check(t, func(t *rapid.T) {
		rows := stored(t, w.entries)
		i := rapid.IntRange(0, len(rows)-1).Draw(t, "entry")
		at := rapid.IntRange(0, len(rows[i].doc)+len(rows[i].hash)-1).Draw(t, "byte")
		b := rapid.Byte().Draw(t, "to")
		if n := len(rows[i].doc); at < n {
			if rows[i].doc[at] == b {
				return
			}
			rows[i].doc[at] = b
		} else {
			hash := []byte(rows[i].hash)
			if hash[at-n] == b {
				return
			}
			hash[at-n] = b
			rows[i].hash = string(hash)
		}
		if seq, _ := workflow.VerifyHistory(w.c.ID, read(rows)); seq != i+1 {
			t.Fatalf("byte %d of entry %d changed: found at %d", at, i+1, seq)
		}
	})
}

// TestSameMeaningInOtherBytesIsFound: what a lenient decoder would forgive.
func TestSameMeaningInOtherBytesIsFound(t *testing.T) {
	w := eventful(t)
	for name, change := range map[string]func(string) string{
		"space":          func(s string) string { return strings.Replace(s, ":", ": ", 1) },
		"case of a key":  func(s string) string { return strings.Replace(s, `"seq"`, `"SEQ"`, 1) },
		"unknown key":    func(s string) string { return `{"x":1,` + s[1:] },
		"key twice":      func(s string) string { return `{"seq":9,` + s[1:] },
		"other escape":   func(s string) string { return strings.Replace(s, "P-2", `P\u002d2`, 1) },
		"inside command": func(s string) string { return strings.Replace(s, `"act":`, `"act": `, 1) },
		"cut off":        func(s string) string { return s[:len(s)/2] },
		"more after it":  func(s string) string { return s + "{}" },
	} {
		rows := stored(t, w.entries)
		changed := change(string(rows[1].doc))
		if changed == string(rows[1].doc) {
			t.Fatalf("%s: nothing changed", name)
		}
		rows[1].doc = []byte(changed)
		entries := read(rows)
		if seq, reason := workflow.VerifyHistory(w.c.ID, entries); seq != 2 {
			t.Errorf("%s: found at %d (%s), want 2", name, seq, reason)
		}
		if _, err := workflow.Replay(w.def, entries); entries[1].Fault != "" && (err == nil || !strings.HasPrefix(err.Error(), "entry 2 ")) {
			t.Errorf("%s: replayed with %v", name, err)
		}
	}
}

// TestEveryChangedFieldIsFound changes each field of an entry in the decoded form.
func TestEveryChangedFieldIsFound(t *testing.T) {
	w := eventful(t)
	refusedAt := slices.IndexFunc(w.entries, func(e workflow.Entry) bool { return e.Refused != nil })
	for name, change := range map[string]func(*workflow.Entry){
		"case":     func(e *workflow.Entry) { e.Case = "LKS-2026-00043-4" },
		"seq":      func(e *workflow.Entry) { e.Seq++ },
		"at":       func(e *workflow.Entry) { e.At = e.At.Add(1) },
		"key":      func(e *workflow.Entry) { e.Key += "x" },
		"command":  func(e *workflow.Entry) { e.Command = json.RawMessage(`{}`) },
		"refusal":  func(e *workflow.Entry) { e.Refused = &workflow.Error{Code: workflow.CodeEnded} },
		"accepted": func(e *workflow.Entry) { e.Refused = nil },
		"dues":     func(e *workflow.Entry) { e.Facts.Dues.Step = e.At },
		"files":    func(e *workflow.Entry) { e.Facts.Files = map[workflow.LetterID]workflow.LetterFile{"resi": {}} },
		"prev":     func(e *workflow.Entry) { e.Prev = e.Hash },
		"hash":     func(e *workflow.Entry) { e.Hash = e.Prev },
	} {
		entries := slices.Clone(w.entries)
		change(&entries[refusedAt])
		if seq, _ := workflow.VerifyHistory(w.c.ID, entries); seq != refusedAt+1 {
			t.Errorf("%s changed: found at %d, want %d", name, seq, refusedAt+1)
		}
	}
}

func TestChangedOrderIsFound(t *testing.T) {
	w := eventful(t)
	n := len(w.entries)
	for i := range n {
		dropped := slices.Delete(slices.Clone(w.entries), i, i+1)
		doubled := slices.Insert(slices.Clone(w.entries), i, w.entries[i])
		for name, try := range map[string]struct {
			entries []workflow.Entry
			want    int
		}{
			"dropped": {dropped, i + 1},
			"doubled": {doubled, i + 2},
		} {
			if seq, reason := w.c.VerifyHistory(try.entries); seq != try.want || reason == "" {
				t.Errorf("entry %d %s: found at %d (%s), want %d", i+1, name, seq, reason, try.want)
			}
		}
		if i+1 < n {
			swapped := slices.Clone(w.entries)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			if seq, _ := w.c.VerifyHistory(swapped); seq != i+1 {
				t.Errorf("entries %d and %d swapped: found at %d", i+1, i+2, seq)
			}
		}
	}
}

// TestForgedEndIsFound: whoever writes another last entry, with a right hash, must
// change the case as well.
func TestForgedEndIsFound(t *testing.T) {
	w := eventful(t)
	n := len(w.entries)
	before, err := workflow.Replay(w.def, w.entries[:n-1])
	if err != nil {
		t.Fatal(err)
	}
	forged, entry, err := workflow.Append(before, w.command(applicant(), workflow.Claim{}), nil, workflow.Facts{}, w.now)
	if err != nil {
		t.Fatal(err)
	}
	entries := append(slices.Clone(w.entries[:n-1]), entry)
	if seq, reason := forged.VerifyHistory(entries); seq != 0 {
		t.Errorf("entry %d %s", seq, reason)
	}
	if seq, _ := w.c.VerifyHistory(entries); seq != n {
		t.Errorf("forged last entry found at %d, want %d", seq, n)
	}
	if seq, _ := before.VerifyHistory(w.entries); seq != n {
		t.Errorf("an entry that the case does not know found at %d, want %d", seq, n)
	}
	if seq, _ := (workflow.Case{ID: w.c.ID}).VerifyHistory(nil); seq != 0 {
		t.Errorf("a case without entries: %d", seq)
	}
	if _, err := workflow.Replay(w.def, entries); err == nil {
		t.Error("a forged entry that cannot have happened was replayed")
	}
}

// TestHistoryOfBrokenText: bytes that are no text, in a key or a name from a
// network, do not make a history look changed.
func TestHistoryOfBrokenText(t *testing.T) {
	w := start(t, lks())
	cmd := w.command(team(1), workflow.Find{Item: "x\xff"})
	cmd.Key, cmd.Actor.Name = "in-\xfe", "CONTOH \xc3"
	if _, err := w.try(cmd); workflow.CodeOf(err) != workflow.CodeWrongStep {
		t.Fatal(err)
	}
	claim := w.command(frontOffice(), workflow.Claim{})
	claim.Actor.Name = "CONTOH \xc3"
	if _, err := w.try(claim); err != nil {
		t.Fatal(err)
	}
	w.refused(workflow.CodeTaken, officer("front_office", 2), workflow.Claim{})
	w.refused(workflow.CodeNotFound, frontOffice(), workflow.Judge{Documents: []workflow.DocCode{"\xff"}, OK: true})
	if seq, reason := w.c.VerifyHistory(read(stored(t, w.entries))); seq != 0 {
		t.Errorf("entry %d %s", seq, reason)
	}
	if _, _, err := workflow.Append(w.c, workflow.Command{Key: "in"}, nil, workflow.Facts{}, w.now); err == nil {
		t.Error("a command without an act was appended")
	}
}
