package mongostore

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/klauspost/compress/s2"

	"izinbot/workflow"
)

// never is the instant of what is not due: it sorts last.
const never = math.MaxInt64

// nanos gives an instant as it is kept: nanoseconds since 1970 UTC; the zero time as
// 0. A date of BSON has only milliseconds.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// instant is the inverse of nanos.
func instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// dueNanos gives a deadline as it is kept; none as never.
func dueNanos(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return t.UnixNano()
}

// deadline is the inverse of dueNanos.
func deadline(n int64) time.Time {
	if n == never {
		return time.Time{}
	}
	return instant(n)
}

// encode gives the JSON to keep.
func encode(what string, v any) ([]byte, error) {
	doc, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("%w: encode: %w", workflow.Refuse(workflow.CodeInvalid, what), err)
	}
	return doc, nil
}

// decode reads a kept document. One that cannot be read is a fault of the database,
// never of the person who asks.
func decode(what string, doc []byte, v any) error {
	if err := json.Unmarshal(doc, v); err != nil {
		return fmt.Errorf("%w: decode: %w", workflow.Refuse(workflow.CodeUnavailable, what), err)
	}
	return nil
}

// pack compresses the document of a case, which says the same names and keys over
// and over: about a fifth of the bytes is left. The format is Snappy's block format.
func pack(doc []byte) []byte { return s2.EncodeSnappy(nil, doc) }

func unpack(packed []byte) ([]byte, error) {
	doc, err := s2.Decode(nil, packed)
	if err != nil {
		return nil, fmt.Errorf("%w: unpack: %w", workflow.Refuse(workflow.CodeUnavailable, "case"), err)
	}
	return doc, nil
}
