package ledger

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"izinbot/workflow"
	"izinbot/workflow/translog"
)

// Prefixes of the claims.
const (
	logPrefix        = "log/"
	checkpointPrefix = "checkpoint/"
)

// Run is consecutive entries of one case, as they stand in the log.
type Run struct {
	Index   int64 // of the first in the log
	Case    workflow.CaseID
	Seq     int // of the first in the history
	Salt    []byte
	Entries []translog.Entry
}

// mostInRun bounds the length of a claim.
const mostInRun = 32

// claim gives the name by which the run is kept.
func (r Run) claim() string {
	list := make([]string, len(r.Entries))
	for i, e := range r.Entries {
		list[i] = base64.RawURLEncoding.EncodeToString(e[:])
	}
	return fmt.Sprintf("%s%06d/%012d/%s/%s", runsOf(r.Case), r.Seq, r.Index, hex.EncodeToString(r.Salt), strings.Join(list, "."))
}

// runsOf gives what the claims of a case's runs begin with, the last of which has its last entry.
func runsOf(id workflow.CaseID) string { return logPrefix + string(id) + "/" }

// errClaim says that a claim was not written by this package.
var errClaim = errors.New("not a claim of the log")

func parseRun(claim string) (r Run, err error) {
	parts := strings.Split(strings.TrimPrefix(claim, logPrefix), "/")
	if len(parts) != 5 {
		return r, errClaim
	}
	r.Case = workflow.CaseID(parts[0])
	var errIndex, errSeq, errSalt error
	r.Index, errIndex = strconv.ParseInt(parts[2], 10, 64)
	r.Seq, errSeq = strconv.Atoi(parts[1])
	r.Salt, errSalt = hex.DecodeString(parts[3])
	if errIndex != nil || errSeq != nil || errSalt != nil {
		return r, errClaim
	}
	for text := range strings.SplitSeq(parts[4], ".") {
		b, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil || len(b) != len(translog.Entry{}) {
			return r, errClaim
		}
		r.Entries = append(r.Entries, translog.Entry(b))
	}
	if r.claim() != claim {
		return r, errClaim
	}
	return r, nil
}

// EntryOf gives what the log holds of an entry of a history.
func EntryOf(salt []byte, e workflow.Entry) translog.Entry {
	return translog.Commit(salt, fmt.Appendf(nil, "%s/%d\n%s", e.Case, e.Seq, e.Hash))
}

// checkpointClaim names a checkpoint, with what is needed to go on with the log behind it.
func checkpointClaim(t *translog.Tree, signed []byte) string {
	edge := make([]string, len(t.Edge()))
	for i, h := range t.Edge() {
		edge[i] = base64.RawURLEncoding.EncodeToString(h[:])
	}
	return fmt.Sprintf("%s%012d/%s/%s", checkpointPrefix, t.Size(), base64.RawURLEncoding.EncodeToString(signed), strings.Join(edge, "."))
}

func parseCheckpoint(claim string) (signed []byte, edge []tlog.Hash, err error) {
	parts := strings.Split(strings.TrimPrefix(claim, checkpointPrefix), "/")
	if len(parts) != 3 {
		return nil, nil, errClaim
	}
	if signed, err = base64.RawURLEncoding.DecodeString(parts[1]); err != nil {
		return nil, nil, errClaim
	}
	c, err := translog.ParseCheckpoint(string(signed))
	if err != nil || fmt.Sprintf("%012d", c.Size) != parts[0] {
		return nil, nil, errClaim
	}
	for text := range strings.SplitSeq(parts[2], ".") {
		b, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil || len(b) != tlog.HashSize {
			return nil, nil, errClaim
		}
		edge = append(edge, tlog.Hash(b))
	}
	if _, err := translog.Resume(c, edge); err != nil {
		return nil, nil, errClaim
	}
	return signed, edge, nil
}
