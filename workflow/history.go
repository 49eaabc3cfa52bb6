package workflow

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Entry is one line of a case's append-only history: a command, its outcome, and the
// facts from outside (due instants, hashes of drawn letters) that a
// replay must not compute again. Each entry carries the hash of the one before,
// so that none can be changed, dropped or put in between unnoticed.
type Entry struct {
	Case    CaseID          `json:"case"`
	Seq     int             `json:"seq"` // from 1
	At      time.Time       `json:"at"`
	Key     string          `json:"key"`
	Command json.RawMessage `json:"command"`
	Refused *Error          `json:"refused,omitempty"`
	Facts   Facts           `json:"facts"`
	Prev    string          `json:"prev"`
	Hash    string          `json:"-"` // SHA-256 over the JSON of all the rest
	Fault   Flaw            `json:"-"` // why the stored bytes are no entry; see [ReadEntry]
}

// Flaw is why an entry does not fit into its history, as a predicate of the entry: "is
// missing". It is empty for one that fits.
type Flaw string

// The flaws.
const (
	FlawUnreadable Flaw = "is unreadable"
	FlawChanged    Flaw = "was changed after it was written"
	FlawForeign    Flaw = "belongs to another case"
	FlawMissing    Flaw = "is missing"
	FlawDetached   Flaw = "does not follow the entry before it"
	FlawUnknown    Flaw = "is unknown to the case"
	FlawOther      Flaw = "is not the one that the case was written with"
)

// ReadEntry reads an entry as a store keeps it: its JSON and, beside it, its hash.
// It never fails: an entry that Append did not write has a Fault, which [VerifyHistory]
// reports in its place, so that one bad row hides no other.
func ReadEntry(stored []byte, hash string) Entry {
	var e Entry
	if err := json.Unmarshal(stored, &e); err != nil {
		return Entry{Hash: hash, Fault: FlawUnreadable}
	}
	e.Hash = hash
	// The decoder accepts keys in any case, unknown keys and white space, but the hash
	// covers the decoded values alone. So the stored bytes must equal the encoded entry.
	if again, err := json.Marshal(e); err != nil || !bytes.Equal(again, stored) {
		e.Fault = FlawChanged
	}
	return e
}

// Facts are the results of an accepted command that the rules cannot compute.
type Facts struct {
	Dues  Dues                    `json:"dues,omitzero"`
	Files map[LetterID]LetterFile `json:"files,omitempty"`
}

// LetterFile is the pair of drawn copies of a letter.
type LetterFile struct {
	File    File `json:"file"`
	Archive File `json:"archive,omitzero"`
}

// Append makes the next entry of the case's history for cmd and gives the case
// with it: version and head moved, facts set. refused is nil for an accepted
// command; for a refused one, c is the unchanged case.
func Append(c Case, cmd Command, refused *Error, facts Facts, now time.Time) (Case, Entry, error) {
	cmd.Key = strings.ToValidUTF8(cmd.Key, "\uFFFD")
	data, err := json.Marshal(cmd)
	if err != nil {
		return c, Entry{}, fmt.Errorf("encode command: %w", err)
	}
	e := Entry{
		Case: c.ID, Seq: c.Version + 1, At: now.UTC(), Key: cmd.Key,
		Command: data, Refused: refused.printable(), Facts: facts, Prev: c.Head,
	}
	e.Hash, err = e.sum()
	if err != nil {
		return c, Entry{}, err
	}
	return c.withEntry(e), e, nil
}

func (c Case) withEntry(e Entry) Case {
	c.Version, c.Head = e.Seq, e.Hash
	if e.Refused != nil {
		return c
	}
	c = c.withDues(e.Facts.Dues)
	if len(e.Facts.Files) == 0 {
		return c
	}
	letters := slices.Clone(c.Letters)
	for i, l := range letters {
		if f, ok := e.Facts.Files[l.ID]; ok {
			letters[i].File, letters[i].Archive = f.File, f.Archive
		}
	}
	c.Letters = letters
	return c
}

// Decode gives the command that the entry records.
func (e Entry) Decode() (Command, error) {
	var cmd Command
	err := json.Unmarshal(e.Command, &cmd)
	return cmd, err
}

func (e Entry) sum() (string, error) {
	b, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("encode entry: %w", err)
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:]), nil
}

// VerifyHistory checks the chain of a case's whole history. It gives the
// sequence number of the first entry that does not fit (0 if all do), and why.
func VerifyHistory(id CaseID, entries []Entry) (seq int, why Flaw) {
	prev := ""
	for i, e := range entries {
		want := i + 1
		sum, err := e.sum()
		switch {
		case e.Fault != "":
			return want, e.Fault
		case err != nil:
			return want, FlawUnreadable
		case e.Case != id:
			return want, FlawForeign
		case e.Seq != want:
			return want, FlawMissing
		case e.Prev != prev:
			return want, FlawDetached
		case e.Hash != sum:
			return want, FlawChanged
		}
		prev = e.Hash
	}
	return 0, ""
}

// VerifyHistory checks that the history leads to the case as it is kept: its chain
// as the function does, and that none is missing at its end.
func (c Case) VerifyHistory(entries []Entry) (seq int, why Flaw) {
	if seq, why := VerifyHistory(c.ID, entries); seq > 0 {
		return seq, why
	}
	switch n := len(entries); {
	case n < c.Version:
		return n + 1, FlawMissing
	case n > c.Version:
		return c.Version + 1, FlawUnknown
	case n > 0 && entries[n-1].Hash != c.Head:
		return n, FlawOther
	}
	return 0, ""
}

// Replay gives the case that a history leads to. def must be the procedure that
// the case started with. It fails at the first entry that cannot have happened, with the
// case as it was before it.
func Replay(def *SOP, entries []Entry) (Case, error) {
	return Trace(def, entries, func(Traced) {})
}

// Traced is one entry of a history that is replayed: the case before and after it, and what
// was decided. The decision of a refused command is empty.
type Traced struct {
	Entry    Entry
	Before   Case
	After    Case
	Decision Decision
}

// Trace is Replay that shows each entry.
func Trace(def *SOP, entries []Entry, each func(Traced)) (Case, error) {
	var c Case
	for _, e := range entries {
		t, err := trace(def, c, e)
		if err != nil {
			return c, err
		}
		each(t)
		c = t.After
	}
	return c, nil
}

func trace(def *SOP, before Case, e Entry) (Traced, error) {
	t := Traced{Entry: e, Before: before, After: before}
	if e.Fault != "" {
		return t, fmt.Errorf("entry %d %s", before.Version+1, e.Fault)
	}
	if e.Refused == nil {
		cmd, err := e.Decode()
		if err != nil {
			return t, fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		t.Decision, err = Decide(def, before, cmd, e.At)
		if err != nil {
			return t, fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		t.After = t.Decision.Case
	}
	t.After = t.After.withEntry(e)
	return t, nil
}

// StepsOf gives, for each entry of a history, the step at which it was made; 0 for those
// after one that cannot have happened.
func StepsOf(def *SOP, entries []Entry) []int {
	steps := make([]int, len(entries))
	n := 0
	c, _ := Trace(def, entries, func(t Traced) { // what does not fit is told by VerifyHistory
		steps[n] = cmp.Or(t.Before.Step, def.First().No)
		n++
	})
	if n < len(entries) {
		steps[n] = cmp.Or(c.Step, def.First().No)
	}
	return steps
}
