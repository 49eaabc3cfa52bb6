package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// told is what a case's history says must be kept beside the case.
type told struct {
	whole   bool // the history could be replayed; else nothing is known
	def     *workflow.SOP
	version int                 // of the case
	last    time.Time           // of the last entry
	numbers map[string]numbered // by the name of the row
	marks   tally
}

// numbered is a number that the history mentions.
type numbered struct {
	workflow.Number

	key    string
	status workflow.NumberStatus // "": reserved or void, since no letter bears it
}

// add adds what one entry tells.
func (t *told) add(def *workflow.SOP, e workflow.Traced) {
	t.version, t.last = e.Entry.Seq, e.Entry.At
	if e.Entry.Refused != nil {
		var cmd struct {
			Numbers map[workflow.LetterID]workflow.Number `json:"numbers"`
		}
		if json.Unmarshal(e.Entry.Command, &cmd) == nil {
			for id, n := range cmd.Numbers {
				t.number(e.After.ID, id, n, "")
			}
		}
		return
	}
	for _, n := range e.Decision.Numbers {
		t.number(e.After.ID, n.Letter, n.Number, n.Status)
	}
	for _, m := range casework.Milestones(def, e.Before, e.After, e.Entry.At, nil) {
		t.marks.add(m)
	}
}

func (t *told) number(id workflow.CaseID, letter workflow.LetterID, n workflow.Number, status workflow.NumberStatus) {
	if t.numbers == nil {
		t.numbers = map[string]numbered{}
	}
	if have, ok := t.numbers[n.Row()]; ok && status == "" {
		status = have.status
	}
	t.numbers[n.Row()] = numbered{Number: n, key: string(id) + "/" + string(letter), status: status}
}

// tally counts milestones and adds up their hashes, so that two lists of the same ones are
// equal in whatever order they come.
type tally struct {
	count int
	sum   uint64
}

func (t *tally) add(m store.Milestone) {
	h := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%s\x00%d", m.SOP, m.Kind, m.Step, m.Outcome, m.At.UnixNano()))
	t.count++
	t.sum += binary.LittleEndian.Uint64(h[:])
}
