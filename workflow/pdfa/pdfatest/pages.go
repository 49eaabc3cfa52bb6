package pdfatest

import "slices"

func pageRules() []Rule {
	return []Rule{
		{Clause: "6.2.2", Says: "known operators, resources of the page's own", broken: func(d *document, f *faults) {
			for i, p := range d.pages {
				if p.err != nil || len(p.ops) == 0 || p.dict["Resources"] == nil {
					f.addf("page %d: %d operators, %v", i+1, len(p.ops), p.err)
				}
				for _, op := range p.ops {
					if !slices.Contains(operators(), op.name) {
						f.addf("page %d: operator %q", i+1, op.name)
					}
				}
			}
		}},
		{Clause: "6.1.10", Says: "no pictures in the page's content", broken: func(d *document, f *faults) {
			d.withOperators(f, "BI", "ID", "EI")
		}},
		{Clause: "6.2.4.3", Says: "colours in RGB or grey", broken: func(d *document, f *faults) {
			d.withOperators(f, "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh")
			d.each(func(at ref, n dict) {
				space := n["ColorSpace"]
				if n["Subtype"] == name("Image") && space != name("DeviceRGB") && space != name("DeviceGray") {
					f.addf("picture %d in %v", at, space)
				}
			})
		}},
		{Clause: "6.1.13", Says: "graphics states nested 28 deep at most, and closed", broken: func(d *document, f *faults) {
			for i, p := range d.pages {
				depth := 0
				for _, op := range p.ops {
					switch op.name {
					case "q":
						depth++
					case "Q":
						depth--
					}
					if depth < 0 || depth > 28 {
						f.addf("page %d: depth %d", i+1, depth)
						break
					}
				}
				f.unless(depth == 0, "page %d ends at depth %d", i+1, depth)
			}
		}},
		{Clause: "6.3", Says: "annotations are printed, not hidden, and described", broken: func(d *document, f *faults) {
			for i, p := range d.pages {
				for _, a := range d.array(p.dict["Annots"]) {
					n := d.dict(a)
					flags, _ := n["F"].(float64)
					seen := slices.ContainsFunc(d.array(n["Rect"]), func(side any) bool { return side != 0.0 })
					if bits := int(flags); bits&4 == 0 || bits&(1|2|32) != 0 || d.text(n["Contents"]) == "" || seen && (n["StructParent"] == nil || n["AP"] == nil) {
						f.addf("page %d: %v", i+1, n)
					}
				}
			}
		}},
	}
}

func (d *document) withOperators(f *faults, names ...string) {
	for i, p := range d.pages {
		for _, op := range p.ops {
			if slices.Contains(names, op.name) {
				f.addf("page %d: operator %q", i+1, op.name)
			}
		}
	}
}

// operators gives those of ISO 32000-1, annex A, apart from the compatibility ones.
func operators() []string {
	return []string{
		"b", "B", "b*", "B*", "BDC", "BI", "BMC", "BT", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP", "EI", "EMC", "ET", "f", "F", "f*",
		"G", "g", "gs", "h", "i", "ID", "j", "J", "K", "k", "l", "m", "M", "MP", "n", "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc",
		"SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", `"`,
	}
}
