package inspect

import (
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Active is something in a PDF that a reader acts upon or unpacks, besides showing
// pages.
type Active string

// The active parts, in the order in which they are told.
const (
	Script    Active = "javascript"
	Launch    Active = "launch"      // starts a program
	Embedded  Active = "attachments" // other files inside
	XFA       Active = "xfa"         // a form drawn by a program of its own
	Portfolio Active = "portfolio"   // a cover around other files
)

func allActive() []Active { return []Active{Script, Launch, Embedded, XFA, Portfolio} }

// activeParts finds the active parts among all objects of a document that is
// parsed, those in object streams included. The parser has decoded names by then
// (/J#53 is /JS).
func activeParts(x *model.XRefTable) []Active {
	found := map[Active]bool{}
	for number, entry := range x.Table {
		if entry == nil || entry.Free {
			continue
		}
		// What stands in an object stream is parsed when it is asked for.
		o, err := x.Dereference(*types.NewIndirectRef(number, 0))
		if err == nil {
			findActive(o, found)
		}
	}
	var parts []Active
	for _, part := range allActive() {
		if found[part] {
			parts = append(parts, part)
		}
	}
	return parts
}

// findActive looks at an object and those directly in it. The parser bounds their
// depth.
func findActive(o types.Object, found map[Active]bool) {
	switch o := o.(type) {
	case types.Dict:
		findInDict(o, found)
	case types.StreamDict:
		findInDict(o.Dict, found)
	case *types.StreamDict:
		findInDict(o.Dict, found)
	case types.Array:
		for _, member := range o {
			findActive(member, found)
		}
	}
}

func findInDict(d types.Dict, found map[Active]bool) {
	for key, value := range d {
		switch decoded(key) {
		case "JS", "JavaScript":
			found[Script] = true
		case "EF": // of a file specification; the list of them may be empty
			found[Embedded] = true
		case "XFA":
			found[XFA] = true
		case "Collection":
			found[Portfolio] = true
		case "S":
			noteAction(value, found)
		}
		findActive(value, found)
	}
}

func noteAction(kind types.Object, found map[Active]bool) {
	name, _ := kind.(types.Name)
	switch decoded(string(name)) {
	case "JavaScript":
		found[Script] = true
	case "Launch":
		found[Launch] = true
	}
}

// decoded gives a name without its #xx escapes.
func decoded(name string) string {
	if !strings.Contains(name, "#") {
		return name
	}
	plain, err := types.DecodeName(name)
	if err != nil {
		return name
	}
	return plain
}

// ActiveCodes gives the codes of the active parts as [workflow.File] keeps them.
func (r Report) ActiveCodes() string {
	var codes []string
	for _, part := range r.Active {
		codes = append(codes, string(part))
	}
	return strings.Join(codes, " ")
}
