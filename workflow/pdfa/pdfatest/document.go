package pdfatest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Objects as Go values: numbers are float64, strings string, nothing is nil.
type (
	dict   map[string]any
	name   string
	ref    int
	stream struct {
		dict
		data []byte // unpacked; nil for a picture, or if the filter is another than Flate
	}
)

// document is a PDF with all that the rules look at.
type document struct {
	raw     []byte
	objects map[ref]any
	root    dict
	info    dict
	trailer dict // ID and Encrypt
	xmp     map[string]string
	xmpErr  error
	pages   []page
}

type page struct {
	at   ref
	dict dict
	ops  []operation
	err  error // of its content
}

func parse(pdf []byte) (*document, error) {
	conf := &model.Configuration{Reader15: true, ValidationMode: model.ValidationStrict, Offline: true, Limits: model.DefaultResourceLimits()}
	ctx, err := pdfcpu.Read(bytes.NewReader(pdf), conf)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	d := &document{raw: pdf, objects: map[ref]any{}}
	for no, entry := range ctx.Table {
		if entry != nil && !entry.Free {
			if d.objects[ref(no)], err = value(entry.Object); err != nil {
				return nil, fmt.Errorf("object %d: %w", no, err)
			}
		}
	}
	id, err := value(ctx.ID)
	if err != nil {
		return nil, err
	}
	d.trailer = dict{"ID": id}
	if ctx.Encrypt != nil {
		d.trailer["Encrypt"] = true
	}
	d.root = d.dict(ref(ctx.Root.ObjectNumber))
	if ctx.Info != nil {
		d.info = d.dict(ref(ctx.Info.ObjectNumber))
	}
	metadata, _ := d.get(d.root["Metadata"]).(stream)
	d.xmp, d.xmpErr = properties(metadata.data)
	d.collect(d.root["Pages"])
	return d, nil
}

// collect walks the page tree.
func (d *document) collect(node any) {
	n := d.dict(node)
	for _, kid := range d.array(n["Kids"]) {
		d.collect(kid)
	}
	if n["Type"] != name("Page") {
		return
	}
	at, _ := node.(ref)
	p := page{at: at, dict: n}
	content, _ := d.get(n["Contents"]).(stream)
	p.ops, p.err = operations(content.data)
	d.pages = append(d.pages, p)
}

// get follows references.
func (d *document) get(v any) any {
	for range 10 {
		at, ok := v.(ref)
		if !ok {
			return v
		}
		v = d.objects[at]
	}
	return nil
}

// dict gives a dictionary, that of a stream too; what is none is empty.
func (d *document) dict(v any) dict {
	switch v := d.get(v).(type) {
	case dict:
		return v
	case stream:
		return v.dict
	}
	return dict{}
}

func (d *document) array(v any) []any {
	a, _ := d.get(v).([]any)
	return a
}

// each calls visit with every dictionary of the file, those inside others too.
func (d *document) each(visit func(at ref, n dict)) {
	var walk func(at ref, v any)
	walk = func(at ref, v any) {
		switch v := v.(type) {
		case dict:
			visit(at, v)
			for _, kid := range v {
				walk(at, kid)
			}
		case stream:
			walk(at, v.dict)
		case []any:
			for _, kid := range v {
				walk(at, kid)
			}
		}
	}
	for at, v := range d.objects {
		walk(at, v)
	}
}

// value makes a Go value of an object as pdfcpu has it.
func value(o types.Object) (any, error) {
	switch o := o.(type) {
	case nil:
		return nil, nil
	case types.Dict:
		return dictionary(o)
	case types.StreamDict:
		n, err := dictionary(o.Dict)
		if err != nil || n["Filter"] != nil && n["Filter"] != name("FlateDecode") {
			return stream{dict: n}, err
		}
		if err := o.Decode(); err != nil {
			return nil, fmt.Errorf("unpack: %w", err)
		}
		return stream{dict: n, data: o.Content}, nil
	case types.Array:
		out := []any{}
		for _, item := range o {
			v, err := value(item)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	case types.IndirectRef:
		return ref(o.ObjectNumber), nil
	case types.Name:
		return name(o), nil
	case types.StringLiteral:
		b, err := types.Unescape(string(o))
		return string(b), err
	case types.HexLiteral:
		b, err := o.Bytes()
		return string(b), err
	case types.Integer:
		return float64(o), nil
	case types.Float:
		return float64(o), nil
	case types.Boolean:
		return bool(o), nil
	}
	return nil, fmt.Errorf("unknown object %T", o)
}

func dictionary(o types.Dict) (dict, error) {
	out := dict{}
	for key, item := range o {
		v, err := value(item)
		if err != nil {
			return nil, err
		}
		out[key] = v
	}
	return out, nil
}

// properties gives the texts of an XMP packet by the local name of their property.
func properties(packet []byte) (map[string]string, error) {
	out := map[string]string{}
	var path []string
	for r := xml.NewDecoder(bytes.NewReader(packet)); ; {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, fmt.Errorf("parse xmp: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if s := strings.TrimSpace(string(t)); s != "" && len(path) > 3 {
				out[path[3]] = s // under xmpmeta, RDF and Description
			}
		}
	}
}
