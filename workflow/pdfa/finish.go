package pdfa

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	_ "embed"
	"fmt"
)

// The colours of screens and office printers; its terms are in sRGB2014.txt.
//
//go:embed sRGB2014.icc
var sRGB []byte

// Document says of a document what its pages do not.
type Document struct {
	Info
	// Fonts gives the PostScript name of each font by the family and style that fpdf
	// knows it by, such as "serif" and "serifB".
	Fonts map[string]string
	// Tags holds the tree of what was drawn, which makes level A; nil: level U.
	Tags *Tags
}

// Finish gives the PDF/A of what fpdf wrote. Bookmarks, layers, scripts and attached files
// are not carried over. It fails with [ErrLayout] if raw is not laid out as
// fpdf does it or has links, which would need tags of their own.
func Finish(raw []byte, doc Document) ([]byte, error) {
	f, err := parse(raw)
	if err != nil {
		return nil, err
	}
	pages, err := f.pages()
	if err != nil {
		return nil, err
	}
	if err := f.nameFonts(doc.Fonts); err != nil {
		return nil, err
	}
	for i, no := range pages {
		if f.objects[no], err = page(f.objects[no], i); err != nil {
			return nil, err
		}
	}
	f.objects[f.info] = doc.dictionary()
	level, tree := "U", ""
	if doc.Tags != nil {
		level, tree = "A", fmt.Sprintf("/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R", f.addTree(doc.Tags, pages))
	}
	profile := f.add(Stream("/N 3", sRGB))
	var id [16]byte
	sum := sha256.Sum256(bytes.Join(f.objects, nil))
	copy(id[:], sum[:])
	metadata := f.add(doc.metadata(level, id))
	f.objects[f.root] = fmt.Appendf(nil, "<</Type/Catalog/Pages 1 0 R%s/Lang%s/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R"+
		"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB2014)/Info(sRGB2014)/DestOutputProfile %d 0 R>>]>>",
		tree, TextString(doc.Lang), metadata, profile)
	return f.write(id), nil
}

// pages gives the objects of the pages in their order.
func (f *file) pages() ([]int, error) {
	_, root, err := f.object(f.objects[f.root], "/Pages ")
	if err != nil {
		return nil, err
	}
	_, rest, _ := bytes.Cut(root, []byte("/Kids ["))
	kids, _, ok := bytes.Cut(rest, []byte("]"))
	if !ok {
		return nil, fmt.Errorf("%w: no pages", ErrLayout)
	}
	var pages []int
	for kid := range bytes.SplitSeq(kids, []byte(" 0 R ")) {
		if no, ok := number(kid, 0); ok && no < len(f.objects) {
			pages = append(pages, no)
		}
	}
	return pages, nil
}

// page makes a page's dictionary one without transparency, and with the number under
// which the tree finds its marks.
func page(body []byte, no int) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte("<</Type /Page\n")) || bytes.Contains(body, []byte("/Annots")) {
		return nil, fmt.Errorf("%w: page %.60q", ErrLayout, body)
	}
	body = bytes.Replace(body, []byte("/Group <</Type /Group /S /Transparency /CS /DeviceRGB>>\n"), nil, 1)
	return bytes.Replace(body, []byte("<</Type /Page\n"), fmt.Appendf(nil, "<</Type /Page\n/Tabs/S/StructParents %d\n", no), 1), nil
}

// Stream makes a compressed stream with more keys in its dictionary.
func Stream(keys string, content []byte) []byte {
	var data bytes.Buffer
	w := zlib.NewWriter(&data)
	_, _ = w.Write(content) // into memory
	_ = w.Close()
	return fmt.Appendf(nil, "<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", keys, data.Len(), data.Bytes())
}
