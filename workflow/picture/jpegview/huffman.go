package jpegview

import "fmt"

const (
	lookBits = 9
	maxBits  = 16 // of a code
)

// huffman is a table of codes (annex C). look gives length<<8|value of codes of up to
// lookBits bits.
type huffman struct {
	look   [1 << lookBits]uint16
	limit  [maxBits + 1]int32 // the first code of the next length; -1: there is none
	first  [maxBits + 1]int32 // what is added to a code to find its value
	values [256]uint8
}

func (d *decoder) huffmans(b []byte) error {
	for len(b) > 0 {
		if len(b) < 1+maxBits {
			return fmt.Errorf("codes: %w", ErrFormat)
		}
		class, id := b[0]>>4, b[0]&15
		n := 0
		for _, count := range b[1 : 1+maxBits] {
			n += int(count)
		}
		if class > 1 || id > 3 || n > 256 || len(b) < 1+maxBits+n {
			return fmt.Errorf("codes: %w", ErrFormat)
		}
		table, err := newHuffman(b[1:1+maxBits], b[1+maxBits:1+maxBits+n])
		if err != nil {
			return err
		}
		d.codes[class][id] = table
		b = b[1+maxBits+n:]
	}
	return nil
}

func newHuffman(counts, values []byte) (*huffman, error) {
	h := new(huffman)
	copy(h.values[:], values)
	code, at := int32(0), int32(0)
	for length := 1; length <= maxBits; length++ {
		h.first[length] = at - code
		for range counts[length-1] {
			if code >= 1<<length {
				return nil, fmt.Errorf("codes: %w", ErrFormat)
			}
			if length <= lookBits {
				h.enter(code, length, values[at])
			}
			code, at = code+1, at+1
		}
		h.limit[length] = code
		code <<= 1
	}
	return h, nil
}

// enter fills in every look-up that begins with the code.
func (h *huffman) enter(code int32, length int, value byte) {
	shift := lookBits - length
	for i := range int32(1) << shift {
		h.look[code<<shift|i] = uint16(length)<<8 | uint16(value) //nolint:gosec // at most 9
	}
}

// bits reads the bits of a scan. Behind its data, which end at a marker or with the
// source, come zeros.
type bits struct {
	src   []byte
	at    int
	store uint64
	n     int // bits in store
	zeros int // of these, bits that are not in the source
}

func (b *bits) fill() {
	for b.n <= 56 {
		var next byte
		switch {
		case b.at >= len(b.src), b.src[b.at] == 0xff && (b.at+1 >= len(b.src) || b.src[b.at+1] != 0):
			b.zeros += 8
		default:
			next = b.src[b.at]
			if b.at++; next == 0xff {
				b.at++ // the stuffed zero
			}
		}
		b.store, b.n = b.store<<8|uint64(next), b.n+8
	}
}

// spent tells whether bits were used that are not in the source.
func (b *bits) spent() bool { return b.n < b.zeros }

func (b *bits) bit() int { return b.take(1) }

// take gives the next n bits, at most 16.
func (b *bits) take(n int) int {
	if b.n < n {
		b.fill()
	}
	b.n -= n
	return int(b.store>>b.n) & (1<<n - 1) //nolint:gosec // 16 bits
}

// signed gives the next n bits as a number whose first bit tells the sign (F.2.2.1).
func (b *bits) signed(n int) int {
	if n == 0 {
		return 0
	}
	v := b.take(n)
	if v < 1<<(n-1) {
		v += -1<<n + 1
	}
	return v
}

// code gives the value of the next code; ok is false if there is no such code.
func (b *bits) code(h *huffman) (value byte, ok bool) {
	if b.n < maxBits {
		b.fill()
	}
	if e := h.look[b.store>>(b.n-lookBits)&(1<<lookBits-1)]; e != 0 {
		b.n -= int(e >> 8)
		return byte(e & 0xff), true
	}
	for length := lookBits + 1; length <= maxBits; length++ {
		code := int32(b.store>>(b.n-length)) & (1<<length - 1) //nolint:gosec // 16 bits
		if code < h.limit[length] {
			b.n -= length
			return h.values[uint8(code+h.first[length])], true //nolint:gosec // below 256 by construction
		}
	}
	return 0, false
}
