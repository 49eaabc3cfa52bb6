package audit

import (
	"fmt"
	"maps"
	"slices"

	"izinbot/workflow"
	"izinbot/workflow/ledger"
	"izinbot/workflow/translog"
)

// Trust is what an audit holds against the log, from outside of the data that it reads.
type Trust struct {
	// Public is the key that signs checkpoints; empty: signatures are not looked at.
	Public string
	// Against is a checkpoint of before, as it was signed; empty: there is none.
	Against []byte
}

// Logged summarises the office's log.
type Logged struct {
	Entries  int64
	Waiting  int                   // entries of histories that are not logged yet
	Last     translog.Checkpoint   // its last checkpoint; zero: none
	Compared []translog.Checkpoint // those of before that were held against it
}

// officeLog names the log in faults.
const officeLog = "log kantor"

// readLog reads the log, and checks that it is one: every entry follows the one before, and every
// checkpoint is of what there is.
func (a *auditing) readLog(trust Trust) error {
	log, err := ledger.Read(a.ctx, a.store)
	if err != nil {
		return err
	}
	for _, place := range log.Faults {
		a.fault(officeLog, "%s tidak terbaca", place)
	}
	a.runs = map[workflow.CaseID][]ledger.Run{}
	for _, r := range log.Runs {
		a.runs[r.Case] = append(a.runs[r.Case], r)
	}
	a.checkpoints(trust, log)
	return nil
}

// checkpoints walks through the log and compares its root with each checkpoint at its size.
func (a *auditing) checkpoints(trust Trust, log ledger.Log) {
	wanted := map[int64][]claimed{}
	for _, signed := range log.Checkpoints {
		c, err := openCheckpoint(signed, trust.Public)
		if err != nil {
			a.fault(officeLog, "checkpoint pada catatan %d tidak ditandatangani dengan kunci kantor", c.Size)
			continue
		}
		wanted[c.Size] = append(wanted[c.Size], claimed{Checkpoint: c})
		a.report.Log.Last = c
	}
	if against, ok := a.against(trust); ok {
		wanted[against.Size] = append(wanted[against.Size], claimed{against, true})
	}
	var tree translog.Tree
	a.compare(&tree, wanted)
	for _, r := range log.Runs {
		if r.Index != tree.Size() {
			a.fault(officeLog, "setelah catatan %d ada yang hilang atau disisipkan", tree.Size())
			break
		}
		for _, e := range r.Entries {
			tree.Append(e)
			a.compare(&tree, wanted)
		}
	}
	a.report.Log.Entries = tree.Size()
	for _, size := range slices.Sorted(maps.Keys(wanted)) {
		a.fault(officeLog, "hanya ada %d catatan, padahal checkpoint menyebut %d: ekornya dipotong, atau data lama dikembalikan", tree.Size(), size)
	}
	if tree.Size() > 0 && a.report.Log.Last.Size < tree.Size() {
		a.fault(officeLog, "checkpoint terakhir hilang (log sampai catatan %d)", tree.Size())
	}
}

// claimed is a checkpoint to be compared; outside tells that it did not come with the data.
type claimed struct {
	translog.Checkpoint

	outside bool
}

// compare compares the checkpoints at the tree's size, and takes them away.
func (a *auditing) compare(tree *translog.Tree, wanted map[int64][]claimed) {
	for _, c := range wanted[tree.Size()] {
		switch {
		case c.Root != tree.Root() && c.outside:
			a.fault(officeLog, "bercabang: isinya sampai catatan %d bukan yang ditulis di checkpoint yang dibandingkan", c.Size)
		case c.Root != tree.Root():
			a.fault(officeLog, "isinya sampai catatan %d bukan yang ditulis di checkpoint", c.Size)
		case c.outside:
			a.report.Log.Compared = append(a.report.Log.Compared, c.Checkpoint)
		}
	}
	delete(wanted, tree.Size())
}

// against reads the checkpoint of before.
func (a *auditing) against(trust Trust) (c translog.Checkpoint, ok bool) {
	if len(trust.Against) == 0 {
		return c, false
	}
	c, err := openCheckpoint(trust.Against, trust.Public)
	if err != nil {
		a.fault(officeLog, "checkpoint yang dibandingkan tidak ditandatangani dengan kunci kantor ini")
		return c, false
	}
	return c, true
}

// openCheckpoint reads a checkpoint, and looks at its signature if there is a key.
func openCheckpoint(signed []byte, public string) (translog.Checkpoint, error) {
	if public == "" {
		return translog.ParseCheckpoint(string(signed))
	}
	c, err := translog.Open(signed, public)
	if err != nil {
		c, _ = translog.ParseCheckpoint(string(signed)) // for its size, to name it
	}
	return c, err
}

// inLog compares a history with what the log holds of it.
func (a *auditing) inLog(r *reading, id workflow.CaseID) {
	logged := 0
	for _, run := range a.runs[id] {
		if run.Seq != logged+1 {
			r.fault("catatan %d tidak ada di log kantor", logged+1)
			return
		}
		for i, sealed := range run.Entries {
			seq := run.Seq + i
			switch {
			case seq > len(r.entries):
				r.fault("catatan %d hilang, padahal tercatat di log kantor (nomor %d)", seq, run.Index+int64(i)+1)
				return
			case ledger.EntryOf(run.Salt, r.entries[seq-1]) != sealed:
				r.fault("catatan %d bukan yang tercatat di log kantor (nomor %d)", seq, run.Index+int64(i)+1)
				return
			}
		}
		logged += len(run.Entries)
	}
	r.waiting = len(r.entries) - logged
}

// deleted tells of cases that the log knows and that are not there.
func (a *auditing) deleted() {
	for _, id := range slices.Sorted(maps.Keys(a.runs)) {
		if a.told[id] != nil {
			continue
		}
		n := 0
		for _, run := range a.runs[id] {
			n += len(run.Entries)
		}
		a.fault(string(id), "%s", fmt.Sprintf("permohonan tidak ada, padahal %d catatannya ada di log kantor", n))
	}
}
