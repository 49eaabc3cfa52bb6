package filestoretest

import (
	"io"
	"runtime"
)

// heap is a reader that looks now and then how much memory is live beyond what was
// when it was first read.
type heap struct {
	r    io.Reader
	most *uint64
	base uint64
	read int
}

// every is the number of bytes between two looks.
const every = 1 << 20

func (h *heap) Read(p []byte) (int, error) {
	if h.base == 0 {
		h.base = live()
	}
	n, err := h.r.Read(p)
	if h.read += n; h.read >= every {
		h.read = 0
		if now := live(); now > h.base {
			*h.most = max(*h.most, now-h.base)
		}
	}
	return n, err
}

func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
