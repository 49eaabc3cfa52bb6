package inspect

import (
	"context"
	"errors"
	"runtime/metrics"
)

// maxGrowth is by how much the program's memory may grow while one PDF is open:
// ten times the largest file.
const maxGrowth = 10 * MaxSize

var errTooMuchMemory = errors.New("takes too much memory")

// memoryWatch is a context for a parser that asks it for its error between
// objects: it also ends when the program holds much more than at the start.
//
// The parser limits what one stream unfolds to, but not how many it keeps: 20 MB
// can hold thousands. Memory of other work counts too, so that under pressure a
// heavy PDF is refused before the program dies.
type memoryWatch struct {
	context.Context
	limit uint64 // bytes
}

func watchMemory(ctx context.Context, growth uint64) memoryWatch {
	return memoryWatch{ctx, liveMemory() + growth}
}

// Err is the parent's error, or errTooMuchMemory.
func (w memoryWatch) Err() error {
	if err := w.Context.Err(); err != nil {
		return err
	}
	if liveMemory() > w.limit {
		return errTooMuchMemory
	}
	return nil
}

// liveMemory is what the last garbage collection left, in bytes.
func liveMemory() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
