package letters

import (
	"image"
	"sync"
)

// keepShrunk is the number of small photos kept, about 50 KB each.
const keepShrunk = 64

// shrunk keeps small photos by the hash of their content and their printed width.
// The oldest gives way. The zero value is ready; it is safe for concurrent use.
type shrunk struct {
	mu     sync.Mutex
	widths map[string]int // as shrunk, before columns are added
	made   map[shrunkKey]printed
	order  []shrunkKey
}

type shrunkKey struct {
	sha256 string
	width  int
}

// get gives the small photo of a content with the next width that is not taken
// yet, and takes the width.
func (s *shrunk) get(sha256 string, taken map[int]bool) (printed, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	width, known := s.widths[sha256]
	if !known {
		return printed{}, false
	}
	for taken[width] {
		width++
	}
	pic, ok := s.made[shrunkKey{sha256, width}]
	if ok {
		taken[width] = true
	}
	return pic, ok
}

// put makes the picture of img, which is nil if there is none to show, and keeps
// it.
func (s *shrunk) put(sha256 string, img *image.RGBA, taken map[int]bool) printed {
	if img == nil {
		return printed{}
	}
	width := img.Rect.Dx()
	pic := encode(ownWidth(img, taken))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made == nil {
		s.widths, s.made = map[string]int{}, map[shrunkKey]printed{}
	}
	key := shrunkKey{sha256, pic.w}
	s.widths[sha256], s.made[key] = width, pic
	if s.order = append(s.order, key); len(s.order) > keepShrunk {
		delete(s.made, s.order[0])
		s.order = s.order[1:]
	}
	if len(s.widths) > 4*keepShrunk {
		clear(s.widths)
	}
	return pic
}
