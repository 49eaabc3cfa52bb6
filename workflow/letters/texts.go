package letters

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"

	"izinbot/workflow/letters/blocks"
)

//go:embed texts/*.txt
var builtInTexts embed.FS

// shared is the file of blocks that all kinds of letters print.
const shared = "umum"

// Texts are the text blocks of all kinds of letters.
type Texts struct{ set blocks.Set }

// DefaultTexts are the built-in ones.
func DefaultTexts() (Texts, error) {
	set, err := blocks.Parse(builtIn(), grammar())
	if err != nil {
		return Texts{}, fmt.Errorf("built-in texts of letters: %w", err)
	}
	return Texts{set}, nil
}

// ReadTexts reads an office's own text blocks: the files of a directory replace the built-in
// blocks that they name. The error is [blocks.Faults] if something is wrong in them.
func ReadTexts(dir fs.FS) (Texts, error) {
	all, err := DefaultTexts()
	if err != nil {
		return Texts{}, err
	}
	all.set, err = all.set.ReplaceFrom(dir, grammar())
	return all, err
}

// ExportTexts writes the built-in text blocks into a directory, to be edited there. It makes the
// directory and overwrites nothing.
func ExportTexts(dir string) error {
	if err := os.CopyFS(dir, builtIn()); err != nil {
		return fmt.Errorf("write texts of letters: %w", err)
	}
	return nil
}

func builtIn() fs.FS {
	dir, err := fs.Sub(builtInTexts, "texts")
	if err != nil {
		return builtInTexts // not reached: the name is valid
	}
	return dir
}

func grammar() blocks.Grammar {
	return blocks.Grammar{
		Fields:    Fields{},
		Functions: map[string]func(string) string{"kapital": capital, "kecil": midSentence},
		Printable: Printable,
	}
}

// rows fills a block of this kind of letter in.
func (p *letter) rows(block string) [][]string { return p.rowsOf(string(p.l.Kind), block) }

func (p *letter) rowsOf(file, block string) [][]string {
	rows, err := p.texts.set.Rows(file, block, p.fields)
	if err != nil {
		p.pdf.SetError(err)
	}
	return rows
}

// lines are the lines of a block without cells.
func (p *letter) lines(block string) []string {
	var out []string
	for _, row := range p.rows(block) {
		out = append(out, row[0])
	}
	return out
}

// words is a block as one text.
func (p *letter) words(block string) string { return strings.Join(p.lines(block), "\n") }

// sharedWords is a block of all letters as one text.
func (p *letter) sharedWords(block string) string {
	var out []string
	for _, row := range p.rowsOf(shared, block) {
		out = append(out, row[0])
	}
	return strings.Join(out, "\n")
}

// say prints a block as paragraphs.
func (p *letter) say(block string) { p.para(body(), alignJustify, p.words(block)) }

// sayHeight is the height of a block's paragraphs.
func (p *letter) sayHeight(block string) float64 {
	return float64(len(p.wrap(p.words(block), textWidth))) * p.lineHeight()
}

// labelled is a block of labels and values.
func (p *letter) labelled(block string) []fact {
	var out []fact
	for _, row := range p.rows(block) {
		out = append(out, fact{row[0], row[1]})
	}
	return out
}

// headed gives columns the heads of a block.
func (p *letter) headed(block string, cols ...column) []column {
	for _, row := range p.rows(block) {
		for i := range min(len(row), len(cols)) {
			cols[i].head = strings.TrimSpace(cols[i].head + "\n" + row[i])
		}
	}
	return cols
}

// fieldNames lists the fields in the order of the struct.
func fieldNames() []string {
	var out []string
	for f := range reflect.TypeFor[Fields]().Fields() {
		out = append(out, f.Name)
	}
	return out
}
