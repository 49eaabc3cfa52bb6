package kept

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/s2"

	"izinbot/workflow"
)

// Encode gives the JSON to keep of what. What has none is refused with
// [workflow.CodeInvalid].
func Encode(what string, v any) ([]byte, error) {
	doc, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("%w: encode: %w", workflow.Refuse(workflow.CodeInvalid, what), err)
	}
	return doc, nil
}

// Decode reads a kept document into v. One that cannot be read is a fault of the
// database, never of the person who asks: [workflow.CodeDamaged].
func Decode(what string, doc []byte, v any) error {
	if err := json.Unmarshal(doc, v); err != nil {
		return fmt.Errorf("%w: decode: %w", workflow.Refuse(workflow.CodeDamaged, what), err)
	}
	return nil
}

// Pack compresses the document of a case. It says the same names and keys over
// and over, so a fifth of the bytes is left to be copied, written and synced, for
// a twentieth of the time that this takes. The format is Snappy's block format.
func Pack(doc []byte) []byte { return s2.EncodeSnappy(nil, doc) }

// Unpack is the inverse of [Pack]. What was not packed, or damaged since, is
// [workflow.CodeDamaged].
func Unpack(packed []byte) ([]byte, error) {
	doc, err := s2.Decode(nil, packed)
	if err != nil {
		return nil, fmt.Errorf("%w: unpack: %w", workflow.Refuse(workflow.CodeDamaged, "case"), err)
	}
	return doc, nil
}
