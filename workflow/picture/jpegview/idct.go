package jpegview

import "math"

// inverse is the inverse cosine transform of the lowest side×side frequencies, which
// gives side×side pixels.
func (d *decoder) inverse(block *[blockLen]int32, quant *[blockLen]uint16, out []uint8, stride int) {
	side, base := d.side, &d.cosines
	var rows [blockLen]float32 // by frequency down and place across
	for v := range side {
		for u := range side {
			level := block[v*blockSide+u]
			if level == 0 {
				continue
			}
			value := float32(level) * float32(quant[v*blockSide+u])
			for x := range side {
				rows[v*blockSide+x] += value * base[x*blockSide+u]
			}
		}
	}
	for y := range side {
		for x := range side {
			sum := float32(128)
			for v := range side {
				sum += rows[v*blockSide+x] * base[y*blockSide+v]
			}
			out[y*stride+x] = clamp(sum)
		}
	}
}

// cosines gives the base of the transform by place and frequency (A.3.3).
func cosines(side int) (out [blockLen]float32) {
	for x := range side {
		for u := range side {
			value := math.Cos(float64((2*x+1)*u)*math.Pi/float64(2*side)) / 2
			if u == 0 {
				value /= math.Sqrt2
			}
			out[x*blockSide+u] = float32(value)
		}
	}
	return out
}

func clamp(v float32) uint8 {
	switch {
	case v <= 0:
		return 0
	case v >= 255:
		return 255
	}
	return uint8(v + 0.5)
}
