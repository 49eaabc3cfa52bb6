package ledger

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

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
	return fmt.Sprintf("%s%012d/%s/%d/%s/%s", logPrefix, r.Index, r.Case, r.Seq, hex.EncodeToString(r.Salt), strings.Join(list, "."))
}

// errClaim says that a claim was not written by this package.
var errClaim = errors.New("not a claim of the log")

func parseRun(claim string) (r Run, err error) {
	parts := strings.Split(strings.TrimPrefix(claim, logPrefix), "/")
	if len(parts) != 5 {
		return r, errClaim
	}
	r.Case = workflow.CaseID(parts[1])
	var errIndex, errSeq, errSalt error
	r.Index, errIndex = strconv.ParseInt(parts[0], 10, 64)
	r.Seq, errSeq = strconv.Atoi(parts[2])
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

func checkpointClaim(size int64, signed []byte) string {
	return fmt.Sprintf("%s%012d/%s", checkpointPrefix, size, base64.RawURLEncoding.EncodeToString(signed))
}

func parseCheckpoint(claim string) ([]byte, error) {
	size, text, _ := strings.Cut(strings.TrimPrefix(claim, checkpointPrefix), "/")
	signed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, errClaim
	}
	c, err := translog.ParseCheckpoint(string(signed))
	if err != nil || fmt.Sprintf("%012d", c.Size) != size {
		return nil, errClaim
	}
	return signed, nil
}
