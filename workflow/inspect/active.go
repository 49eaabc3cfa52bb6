package inspect

import (
	"context"
	"errors"
	"fmt"
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

// maxHops is the number of references that may lead from one to the next before a value
// stands. Honest files need one.
const maxHops = 64

// errUnresolved is a reference that leads to nothing or back to itself.
var errUnresolved = errors.New("unresolved reference")

// activeFinder collects the active parts of one document.
type activeFinder struct {
	table *model.XRefTable
	found map[Active]bool
}

// activeParts finds the active parts among all objects of a document that is
// parsed, those in object streams included. As every object is visited, a reference
// is followed only where its value is compared. It fails if an object or the kind of
// an action cannot be read, and when ctx ends.
func activeParts(ctx context.Context, x *model.XRefTable) ([]Active, error) {
	f := activeFinder{table: x, found: map[Active]bool{}}
	for number, entry := range x.Table {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("find active parts: %w", err)
		}
		if entry == nil || entry.Free {
			continue
		}
		// Objects of an object stream are parsed on demand.
		o, err := x.Dereference(*types.NewIndirectRef(number, 0))
		if err == nil {
			err = f.object(o)
		}
		if err != nil {
			return nil, fmt.Errorf("object %d: %w", number, err)
		}
	}
	var parts []Active
	for _, part := range allActive() {
		if f.found[part] {
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// object looks at an object and those directly in it. The parser bounds their
// depth.
func (f activeFinder) object(o types.Object) error {
	switch o := o.(type) {
	case types.Dict:
		return f.dict(o)
	case types.StreamDict:
		return f.dict(o.Dict)
	case *types.StreamDict:
		return f.dict(o.Dict)
	case types.Array:
		for _, member := range o {
			if err := f.object(member); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f activeFinder) dict(d types.Dict) error {
	for key, value := range d {
		switch decoded(key) {
		case "JS", "JavaScript":
			f.found[Script] = true
		case "EF": // of a file specification; the list of them may be empty
			f.found[Embedded] = true
		case "XFA":
			f.found[XFA] = true
		case "Collection":
			f.found[Portfolio] = true
		case "S":
			if err := f.action(value); err != nil {
				return err
			}
		}
		if err := f.object(value); err != nil {
			return err
		}
	}
	return nil
}

// action notes the kind of an action. Other dictionaries have an S of other kinds.
func (f activeFinder) action(kind types.Object) error {
	value, err := f.resolve(kind)
	if err != nil {
		return err
	}
	name, _ := value.(types.Name)
	switch decoded(string(name)) {
	case "JavaScript":
		f.found[Script] = true
	case "Launch":
		f.found[Launch] = true
	}
	return nil
}

// resolve follows references until a value stands.
func (f activeFinder) resolve(o types.Object) (types.Object, error) {
	for range maxHops {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			return o, nil
		}
		next, err := f.table.Dereference(ref)
		if err != nil {
			return nil, fmt.Errorf("resolve %s: %w", ref, err)
		}
		if next == nil {
			return nil, fmt.Errorf("resolve %s: %w", ref, errUnresolved)
		}
		o = next
	}
	return nil, errUnresolved
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
