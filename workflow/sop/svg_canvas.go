package sop

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Colours of the drawing; it stays readable when printed in black and white.
const (
	ink      = "#1f2937"
	grid     = "#b6bcc6"
	headFill = "#e5e7eb"
	noColour = "#b45309" // branches that say no
)

const (
	fontSize   = 12
	lineHeight = 15
	padding    = 8
)

// point is a place on the drawing, in pixels from the top left.
type point struct{ x, y int }

// canvas writes SVG elements.
type canvas struct{ bytes.Buffer }

func (c *canvas) rect(x, y, w, h int, fill string) {
	fmt.Fprintf(c, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s" stroke="%s"/>`+"\n", x, y, w, h, fill, grid)
}

// text writes lines one below the other, the first baseline at y.
func (c *canvas) text(x, y int, anchor, class string, lines []string) {
	for i, s := range lines {
		fmt.Fprintf(c, `<text x="%d" y="%d" text-anchor="%s" class="%s">%s</text>`+"\n", x, y+i*lineHeight, anchor, class, escape(s))
	}
}

// middle writes lines centred in a box.
func (c *canvas) middle(x, y, w, h int, class string, lines []string) {
	top := y + (h-len(lines)*lineHeight)/2 + fontSize
	c.text(x+w/2, top, "middle", class, lines)
}

// shape draws a step's symbol around its centre.
func (c *canvas) shape(s shape, at point, no string) {
	w, h := sizeOf(s)
	left, top := at.x-w/2, at.y-h/2
	switch s {
	case decision:
		fmt.Fprintf(c, `<path d="M%d %d L%d %d L%d %d L%d %d Z" class="shape decision"/>`+"\n",
			left, at.y, at.x, top, left+w, at.y, at.x, top+h)
	case terminator:
		fmt.Fprintf(c, `<rect x="%d" y="%d" width="%d" height="%d" rx="%d" class="shape terminator"/>`+"\n", left, top, w, h, h/2)
	case process:
		fmt.Fprintf(c, `<rect x="%d" y="%d" width="%d" height="%d" class="shape"/>`+"\n", left, top, w, h)
	}
	c.text(at.x, at.y+4, "middle", "no", []string{no})
}

// arrow draws a line through the points, with a head at the last.
func (c *canvas) arrow(a arrow) {
	class := "yes"
	if a.no {
		class = "no-way"
	}
	var d strings.Builder
	for i, p := range a.points {
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&d, "%s%d %d ", verb, p.x, p.y)
	}
	fmt.Fprintf(c, `<path d="%s" class="arrow %s" marker-end="url(#%s)"/>`+"\n", strings.TrimSpace(d.String()), class, class)
	if a.label != "" {
		c.text(a.labelAt.x, a.labelAt.y, a.anchor, "label "+class, []string{a.label})
	}
}

func (c *canvas) open(w, h int, title string) {
	fmt.Fprintf(c, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", w, h, w, h)
	fmt.Fprintf(c, "<title>%s</title>\n", escape(title))
	fmt.Fprintf(c, `<defs>
<marker id="yes" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 Z" fill="%[1]s"/></marker>
<marker id="no-way" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 Z" fill="%[2]s"/></marker>
</defs>
<style>
text { font: %[3]dpx "Liberation Sans", Arial, Helvetica, sans-serif; fill: %[1]s }
.title { font-size: 18px; font-weight: bold }
.head { font-weight: bold }
.no { font-size: 11px; font-weight: bold }
.label { font-size: 11px; font-weight: bold; paint-order: stroke; stroke: #fff; stroke-width: 3px }
text.no-way { fill: %[2]s }
.shape { fill: #fff; stroke: %[1]s; stroke-width: 1.5 }
.decision { fill: #fef3c7 }
.terminator { fill: #dcfce7 }
.arrow { fill: none; stroke: %[1]s; stroke-width: 1.4 }
.no-way.arrow { stroke: %[2]s }
</style>
`, ink, noColour, fontSize)
	fmt.Fprintf(c, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", w, h)
}

func (c *canvas) close() { fmt.Fprintln(c, "</svg>") }

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // a strings.Builder does not fail
	}
	return b.String()
}
