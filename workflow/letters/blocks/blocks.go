// Package blocks reads the texts of letters from files that an office edits without a
// programmer, and fills them in.
//
// A file is named after a kind of letter and holds named blocks:
//
//	# a comment
//	[pembuka]
//	Sehubungan dengan permohonan {{.Pemohon}} perihal {{.Izin}}, kami sampaikan …
//
//	[data]
//	Pemohon | {{.Pemohon}}
//
// Each line of a block is a text/template of its own: a paragraph, an item of a list or,
// with bars between its cells, a row of a table. A line that comes out empty is left out. A
// line may name the string fields of one struct, call the functions of the [Grammar] and
// branch with if; everything else that text/template has is refused, so that a line which
// was read can always be filled in.
//
// A set is complete as it is embedded. Another set replaces some of its blocks
// ([Set.Replace]); the first one says which blocks there are and how many cells their lines
// have.
package blocks

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"text/template"
)

// Grammar says what lines may hold.
type Grammar struct {
	// Fields is the zero value of the struct whose string fields a line may name.
	Fields any
	// Functions are applied to one text each.
	Functions map[string]func(string) string
	// Printable finds the first character that cannot be printed.
	Printable func(string) (bad rune, ok bool)
}

// Set holds the blocks of several files. It may be used from several goroutines at once.
type Set struct {
	files map[string]file // by name, without the ending
}

type file struct {
	name   string // as in the directory
	blocks map[string]block
}

type block struct {
	at    int // line of its heading
	lines []line
}

type line struct {
	at    int
	cells int
	text  *template.Template
}

// separator stands for a bar between cells while a line is filled in, so that a bar in a
// value is none.
const separator = "\x1f"

// cells is the number of cells of the block's lines.
func (b block) cells() int {
	n := 1
	for _, l := range b.lines {
		n = max(n, l.cells)
	}
	return n
}

// Files gives the names of the set's files in order, without their ending.
func (s Set) Files() []string {
	var out []string
	for name := range s.files {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Names gives the blocks of a file in order.
func (s Set) Names(name string) []string {
	var out []string
	for b := range s.files[name].blocks {
		out = append(out, b)
	}
	slices.Sort(out)
	return out
}

// Rows fills a block in: its lines that are not empty, each with as many cells as the
// block has. fields is a value of the Grammar's struct. It fails if there is no such block.
func (s Set) Rows(name, wanted string, fields any) ([][]string, error) {
	b, ok := s.files[name].blocks[wanted]
	if !ok {
		return nil, fmt.Errorf("letter %s has no block %q", name, wanted)
	}
	n := b.cells()
	var rows [][]string
	for _, l := range b.lines {
		cells, err := l.fill(n, fields)
		if err != nil {
			return nil, fmt.Errorf("block %q of letter %s: %w", wanted, name, err)
		}
		if strings.Join(cells, "") != "" {
			rows = append(rows, cells)
		}
	}
	return rows, nil
}

func (l line) fill(n int, fields any) ([]string, error) {
	var out strings.Builder
	if err := l.text.Execute(&out, fields); err != nil {
		return nil, fmt.Errorf("line %d: %w", l.at, err)
	}
	cells := make([]string, n)
	for i, cell := range strings.SplitN(out.String(), separator, n) {
		cells[i] = strings.TrimSpace(cell)
	}
	return cells, nil
}

// Replace gives the set with the blocks of other in the place of its own. Files, blocks and
// numbers of cells that s does not have are [Faults].
func (s Set) Replace(other Set) (Set, error) {
	out := Set{files: maps.Clone(s.files)}
	var faults Faults
	for _, name := range other.Files() {
		theirs := other.files[name]
		ours, known := s.files[name]
		if !known {
			faults = append(faults, Fault{theirs.name, 1, "tidak ada surat dengan nama ini" + suggest(name, s.Files())})
			continue
		}
		merged, bad := ours.replace(theirs)
		out.files[name] = merged
		faults = append(faults, bad...)
	}
	return out, faults.err()
}

// ReplaceFrom gives the set with the blocks of a directory's files in the place of its own. All
// that is wrong in them is in [Faults].
func (s Set) ReplaceFrom(dir fs.FS, g Grammar) (Set, error) {
	other, err := Parse(dir, g)
	wrong, ok := errors.AsType[Faults](err)
	if err != nil && !ok {
		return Set{}, err
	}
	both, err := s.Replace(other)
	more, _ := errors.AsType[Faults](err)
	return both, append(wrong, more...).err()
}

func (f file) replace(other file) (file, Faults) {
	var faults Faults
	merged := file{name: f.name, blocks: map[string]block{}}
	names := make([]string, 0, len(f.blocks))
	for name, b := range f.blocks {
		merged.blocks[name] = b
		names = append(names, name)
	}
	slices.Sort(names)
	for name, b := range other.blocks {
		ours, known := f.blocks[name]
		if !known {
			faults = append(faults, Fault{other.name, b.at, fmt.Sprintf("blok [%s] tidak dikenal", name) + suggest(name, names)})
			continue
		}
		merged.blocks[name] = b
		for _, l := range b.lines {
			if want := ours.cells(); l.cells != want {
				faults = append(faults, Fault{other.name, l.at, cellsFault(want, l.cells)})
			}
		}
	}
	return merged, faults
}

func cellsFault(want, got int) string {
	if want == 1 {
		return fmt.Sprintf("baris ini terbagi %d oleh tanda |, sedangkan blok ini tidak terbagi", got)
	}
	return fmt.Sprintf("baris ini harus terdiri dari %d bagian yang dipisahkan tanda |, bukan %d", want, got)
}
