package jpegview

import (
	"errors"
	"image"
	"image/color"
)

// Picture is a decoded picture.
type Picture struct {
	Image *image.RGBA
	// Share is the part of the picture whose data were there, from 0 to 1; the rest is
	// grey.
	Share float64
}

// Decode decodes a picture so that its long side has at least the given number of
// pixels, or all that it has, and at most eight times as many. It returns ErrFormat if
// nothing can be shown, and ErrUnsupported.
func Decode(src []byte, atLeast int) (Picture, error) {
	d, err := decode(src, atLeast)
	if err != nil {
		return Picture{}, err
	}
	return Picture{Image: d.picture(), Share: d.share()}, nil
}

// Share gives the part of a picture whose data are there, from 0 to 1. The errors are
// those of [Decode].
func Share(src []byte) (float64, error) {
	d, err := decode(src, 1)
	if err != nil {
		return 0, err
	}
	return d.share(), nil
}

func decode(src []byte, atLeast int) (*decoder, error) {
	d := &decoder{src: src, transform: -1}
	if err := d.header(); err != nil {
		return nil, err
	}
	d.side = 1
	for d.side < blockSide && ceil(max(d.width, d.height)*d.side, blockSide) < atLeast {
		d.side *= 2
	}
	d.cosines = cosines(d.side)
	d.allocate()
	for {
		mark, segment, ok := d.next()
		if !ok || mark == markEOI {
			break
		}
		err := d.segment(mark, segment)
		if mark == markSOS {
			err = d.scan(segment)
		}
		if errors.Is(err, ErrUnsupported) || err != nil && d.share() == 0 {
			return nil, err
		}
		if err != nil {
			break // what came before is shown
		}
	}
	if d.share() == 0 {
		return nil, ErrFormat
	}
	if d.progressive {
		d.showAll()
	}
	return d, nil
}

// kept is the number of coefficients that are kept of a progressive picture's block.
func (d *decoder) kept() int {
	if d.side == 1 {
		return 1
	}
	return blockLen
}

func (d *decoder) allocate() {
	for i := range d.parts {
		c := &d.parts[i]
		c.plane = make([]uint8, c.across*c.down*d.side*d.side)
		for j := range c.plane {
			c.plane[j] = 128
		}
		if d.progressive {
			c.levels = make([]int16, c.across*c.down*d.kept())
		}
	}
}

func (d *decoder) share() float64 {
	done, all := 0, 0
	for _, c := range d.parts {
		done, all = done+c.begun, all+c.width*c.height
	}
	return min(float64(done)/float64(all), 1)
}

// showAll transforms a progressive picture's blocks.
func (d *decoder) showAll() {
	kept := d.kept()
	var block [blockLen]int32
	for i := range d.parts {
		c := &d.parts[i]
		if c.quant == nil {
			continue // its scan has not come
		}
		for n := range c.across * c.down {
			for k, level := range c.levels[n*kept:][:kept] {
				block[k] = int32(level)
			}
			d.show(c, n%c.across, n/c.across, &block)
		}
		c.levels = nil
	}
}

// show transforms a block into the pixels that it becomes.
func (d *decoder) show(c *component, x, y int, block *[blockLen]int32) {
	stride := c.across * d.side
	out := c.plane[y*d.side*stride+x*d.side:]
	if d.side == 1 {
		out[0] = clamp(float32(block[0])*float32(c.quant[0])/blockSide + 128)
		return
	}
	d.inverse(block, c.quant, out, stride)
}

// picture puts the components together.
func (d *decoder) picture() *image.RGBA {
	w, h := ceil(d.width*d.side, blockSide), ceil(d.height*d.side, blockSide)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	convert := d.colours()
	var values [maxParts]uint8
	for y := range h {
		out := img.Pix[y*img.Stride:]
		for x := range w {
			for i := range d.parts {
				c := &d.parts[i]
				values[i] = c.plane[y*c.v/d.maxV*c.across*d.side+x*c.h/d.maxH]
			}
			r, g, b := convert(values)
			out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = r, g, b, 0xff
		}
	}
	return img
}

// colours gives the conversion to red, green and blue, told by Adobe's segment or, without
// one, by the components' names, as libjpeg does.
func (d *decoder) colours() func([maxParts]uint8) (r, g, b uint8) {
	switch {
	case len(d.parts) == 1:
		return func(v [maxParts]uint8) (r, g, b uint8) { return v[0], v[0], v[0] }
	case len(d.parts) == 3 && (d.transform == 0 || d.transform < 0 && string([]byte{d.parts[0].id, d.parts[1].id, d.parts[2].id}) == "RGB"):
		return func(v [maxParts]uint8) (r, g, b uint8) { return v[0], v[1], v[2] }
	case len(d.parts) == 3:
		return func(v [maxParts]uint8) (r, g, b uint8) { return color.YCbCrToRGB(v[0], v[1], v[2]) }
	case d.transform > 0: // YCCK, of which only the black is inverted
		return func(v [maxParts]uint8) (r, g, b uint8) {
			r, g, b = color.YCbCrToRGB(v[0], v[1], v[2])
			return ink(255-r, v[3]), ink(255-g, v[3]), ink(255-b, v[3])
		}
	case d.transform == 0: // CMYK, inverted
		return func(v [maxParts]uint8) (r, g, b uint8) { return ink(v[0], v[3]), ink(v[1], v[3]), ink(v[2], v[3]) }
	}
	return func(v [maxParts]uint8) (r, g, b uint8) {
		return ink(255-v[0], 255-v[3]), ink(255-v[1], 255-v[3]), ink(255-v[2], 255-v[3])
	}
}

// ink gives how much light two inks let through together.
func ink(colour, black uint8) uint8 { return uint8(int(colour) * int(black) / 255) } //nolint:gosec // at most 255
