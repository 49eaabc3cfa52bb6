package jpegview

import "fmt"

// scan is a pass over the blocks of some components (B.2.3).
type scan struct {
	d                     *decoder
	in                    bits
	parts                 []*component
	dc, ac                [maxParts]*huffman
	from, to              int // coefficients, in zigzag order
	high, low             int // successive approximation
	last                  [maxParts]int
	run                   int // blocks without further coefficients
	block                 [blockLen]int32
	stepsAcross, stepDown int // MCUs
}

// scan reads a scan header and its data.
func (d *decoder) scan(header []byte) error {
	if d.scans++; d.scans > maxScans {
		return fmt.Errorf("scans: %w", ErrFormat)
	}
	s := &scan{d: d, in: bits{src: d.src, at: d.at}}
	if err := s.header(header); err != nil {
		return err
	}
	if !s.idle() {
		s.decode()
	}
	d.at = s.in.at
	return nil
}

func (s *scan) header(b []byte) error {
	if len(b) < 1 || len(b) < 4+2*int(b[0]) || b[0] < 1 || b[0] > maxParts {
		return fmt.Errorf("scan: %w", ErrFormat)
	}
	n := int(b[0])
	for i := range n {
		part := s.d.part(b[1+2*i])
		tables := b[2+2*i]
		if part == nil || tables>>4 > 3 || tables&15 > 3 {
			return fmt.Errorf("scan: %w", ErrFormat)
		}
		s.parts = append(s.parts, part)
		s.dc[i], s.ac[i] = s.d.codes[0][tables>>4], s.d.codes[1][tables&15]
	}
	s.from, s.to, s.high, s.low = int(b[1+2*n]), int(b[2+2*n]), int(b[3+2*n]>>4), int(b[3+2*n]&15)
	if !s.d.progressive {
		s.from, s.to, s.high, s.low = 0, blockLen-1, 0, 0
	}
	if s.to >= blockLen || s.from > s.to || s.low > 13 || s.d.progressive && (s.from == 0) != (s.to == 0) || s.from > 0 && n > 1 {
		return fmt.Errorf("scan: %w", ErrFormat)
	}
	s.stepsAcross, s.stepDown = s.parts[0].width, s.parts[0].height
	if n > 1 {
		s.stepsAcross, s.stepDown = ceil(s.d.width, blockSide*s.d.maxH), ceil(s.d.height, blockSide*s.d.maxV)
	}
	return s.tables()
}

// tables sees that the tables that the scan uses are there.
func (s *scan) tables() error {
	for i := range s.parts {
		noDC := s.from == 0 && s.high == 0 && s.dc[i] == nil
		noAC := s.to > 0 && s.ac[i] == nil
		if noDC || noAC {
			return fmt.Errorf("no codes: %w", ErrFormat)
		}
		if s.parts[i].quant == nil {
			s.parts[i].quant = s.d.quants[s.parts[i].table]
		}
		if s.parts[i].quant == nil {
			return fmt.Errorf("no quantiser: %w", ErrFormat)
		}
	}
	return nil
}

func (d *decoder) part(id byte) *component {
	for i := range d.parts {
		if d.parts[i].id == id {
			return &d.parts[i]
		}
	}
	return nil
}

// idle tells whether the scan has nothing that shows at the wanted size.
func (s *scan) idle() bool { return s.from > 0 && s.d.side == 1 }

// decode reads the MCUs. Where data are wrong it goes on at the next restart mark.
func (s *scan) decode() {
	total := s.stepsAcross * s.stepDown
	mark := 0
	for mcu := 0; mcu < total; mcu++ {
		if s.d.restart > 0 && mcu > 0 && mcu%s.d.restart == 0 {
			skipped, ok := s.resume(mark)
			if !ok {
				return
			}
			mark += 1 + skipped
			mcu += skipped * s.d.restart
			if mcu >= total {
				return
			}
		}
		if s.mcu(mcu) && !s.in.spent() {
			continue
		}
		if s.d.restart == 0 {
			return
		}
		mcu += s.d.restart - 1 - mcu%s.d.restart // the rest up to the mark is lost
	}
}

// resume goes to the next restart mark and gives the number of intervals that were lost
// before it; ok is false if there is no further one.
func (s *scan) resume(want int) (skipped int, ok bool) {
	s.last, s.run = [maxParts]int{}, 0
	src := s.in.src
	for at := s.in.at; at+1 < len(src); at++ {
		if src[at] != 0xff || src[at+1] == 0 || src[at+1] == 0xff {
			continue
		}
		if !isRestart(src[at+1]) {
			s.in = bits{src: src, at: at}
			return 0, false
		}
		s.in = bits{src: src, at: at + 2}
		if skipped = (int(src[at+1]-markRST0) - want%8 + 8) % 8; skipped > 4 {
			skipped = 0 // an earlier mark once more
		}
		return skipped, true
	}
	s.in = bits{src: src, at: len(src)}
	return 0, false
}

// mcu reads the blocks of one MCU; false: the data are wrong.
func (s *scan) mcu(n int) bool {
	if len(s.parts) == 1 {
		return s.one(0, n%s.stepsAcross, n/s.stepsAcross)
	}
	for i, c := range s.parts {
		for b := range c.h * c.v {
			if !s.one(i, n%s.stepsAcross*c.h+b%c.h, n/s.stepsAcross*c.v+b/c.h) {
				return false
			}
		}
	}
	return true
}

// one reads a block of a component.
func (s *scan) one(i, x, y int) bool {
	c := s.parts[i]
	if !s.d.progressive {
		if !s.sequential(i) || s.in.spent() {
			return false
		}
		c.begun++
		s.d.show(c, x, y, &s.block)
		return true
	}
	kept := s.d.kept()
	levels := c.levels[(y*c.across+x)*kept:][:kept]
	switch {
	case s.from == 0 && s.high == 0:
		size, ok := s.in.code(s.dc[i])
		if !ok || size > maxBits {
			return false
		}
		s.last[i] += s.in.signed(int(size))
		levels[0] = int16(s.last[i] << s.low) //nolint:gosec // wrong only where the picture is
		if !s.in.spent() {
			c.begun++
		}
		return true
	case s.from == 0:
		levels[0] |= int16(s.in.bit() << s.low) //nolint:gosec // at most 13
		return true
	case s.high == 0:
		return s.spectral(s.ac[i], levels)
	}
	return s.refine(s.ac[i], levels)
}

// sequential reads all coefficients of a block (F.2.2), of which those are kept that show.
func (s *scan) sequential(i int) bool {
	size, ok := s.in.code(s.dc[i])
	if !ok || size > maxBits {
		return false
	}
	s.block = [blockLen]int32{}
	s.last[i] += s.in.signed(int(size))
	s.block[0] = int32(s.last[i]) //nolint:gosec // wrong only where the picture is
	places := zigzag()
	for k := 1; k < blockLen; k++ {
		code, ok := s.in.code(s.ac[i])
		if !ok {
			return false
		}
		zeros, size := int(code>>4), int(code&15)
		if size == 0 {
			if zeros != 15 {
				break
			}
			k += 15
			continue
		}
		if k += zeros; k >= blockLen {
			return false
		}
		s.block[places[k]] = int32(s.in.signed(size)) //nolint:gosec // 16 bits
	}
	return true
}

// spectral reads the first bits of some coefficients (G.1.2.2).
func (s *scan) spectral(h *huffman, levels []int16) bool {
	if s.run > 0 {
		s.run--
		return true
	}
	places := zigzag()
	for k := s.from; k <= s.to; k++ {
		code, ok := s.in.code(h)
		if !ok {
			return false
		}
		zeros, size := int(code>>4), int(code&15)
		if size == 0 {
			if zeros < 15 {
				s.run = 1<<zeros - 1 + s.in.take(zeros)
				return true
			}
			k += 15
			continue
		}
		if k += zeros; k > s.to {
			return false
		}
		levels[places[k]] = int16(s.in.signed(size) << s.low) //nolint:gosec // wrong only where the picture is
	}
	return true
}

// refine reads a further bit of some coefficients (G.1.2.3).
func (s *scan) refine(h *huffman, levels []int16) bool {
	delta := int16(1) << s.low
	places := zigzag()
	k := s.from
	for s.run == 0 && k <= s.to {
		code, ok := s.in.code(h)
		if !ok || code&15 > 1 {
			return false
		}
		zeros, fresh := int(code>>4), int16(0)
		if code&15 == 1 {
			if fresh = -delta; s.in.bit() == 1 {
				fresh = delta
			}
		} else if zeros < 15 {
			s.run = 1<<zeros + s.in.take(zeros)
			break
		}
		if k = s.correct(levels, k, zeros, delta); fresh != 0 && k <= s.to {
			levels[places[k]] = fresh
		}
		k++
	}
	if s.run > 0 {
		s.run--
		s.correct(levels, k, blockLen, delta)
	}
	return true
}

// correct adds a bit to each coefficient that is not zero, and passes over some that are;
// it gives the place of the zero behind them.
func (s *scan) correct(levels []int16, k, zeros int, delta int16) int {
	places := zigzag()
	for ; k <= s.to; k++ {
		level := &levels[places[k]]
		switch {
		case *level == 0 && zeros == 0:
			return k
		case *level == 0:
			zeros--
		case s.in.bit() == 0, *level&delta != 0:
		case *level > 0:
			*level += delta
		default:
			*level -= delta
		}
	}
	return k
}
