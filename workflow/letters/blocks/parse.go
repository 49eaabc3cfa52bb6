package blocks

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"text/template"

	"izinbot/workflow/normalize"
)

// Ending is the ending of the names of files with blocks; others in their directory are
// left alone.
const Ending = ".txt"

// most is the size in bytes above which a file is refused.
const most = 256 << 10

// Parse reads the files of a directory. Everything that is wrong in them is in [Faults].
func Parse(dir fs.FS, g Grammar) (Set, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return Set{}, fmt.Errorf("read the directory: %w", err)
	}
	set := Set{files: map[string]file{}}
	var faults Faults
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), Ending)
		if !ok || e.IsDir() {
			continue
		}
		source, err := fs.ReadFile(dir, e.Name())
		if err != nil {
			return Set{}, fmt.Errorf("read %s: %w", e.Name(), err)
		}
		r := &reader{grammar: g, file: file{name: e.Name(), blocks: map[string]block{}}}
		r.read(source)
		set.files[name] = r.file
		faults = append(faults, r.faults...)
	}
	return set, faults.err()
}

// reader reads one file.
type reader struct {
	grammar Grammar
	file    file
	faults  Faults
	name    string // of the block being read
	block   block
}

func (r *reader) fault(at int, format string, args ...any) {
	r.faults = append(r.faults, Fault{r.file.name, at, fmt.Sprintf(format, args...)})
}

func (r *reader) read(source []byte) {
	if len(source) > most {
		r.fault(1, "berkasnya terlalu besar, paling banyak %d KB", most>>10)
		return
	}
	heading := regexp.MustCompile(`^\[\s*([^\[\]{}|]*?)\s*\]$`)
	at := 0
	for text := range bytes.Lines(bytes.TrimPrefix(source, []byte("\ufeff"))) {
		at++
		text := strings.TrimSpace(string(text))
		switch found := heading.FindStringSubmatch(text); {
		case text == "", strings.HasPrefix(text, "#"):
		case found != nil:
			r.end()
			r.name, r.block = found[1], block{at: at}
		case r.block.at == 0:
			r.fault(at, "teks ini di luar blok; tulis dahulu nama bloknya, misalnya [pembuka]")
		default:
			r.line(at, text)
		}
	}
	r.end()
}

// end keeps the block that was read.
func (r *reader) end() {
	if r.block.at == 0 {
		return
	}
	before, twice := r.file.blocks[r.name]
	switch {
	case twice:
		r.fault(r.block.at, "blok [%s] sudah ada di baris %d", r.name, before.at)
	case len(r.block.lines) == 0:
		r.fault(r.block.at, "blok [%s] kosong", r.name)
	default:
		r.file.blocks[r.name] = r.block
	}
}

// line reads one line of a block. A line with a fault stays in the block, so that the block
// is not found empty besides.
func (r *reader) line(at int, text string) {
	if bad, ok := r.grammar.Printable(text); !ok {
		r.fault(at, "tanda %s tidak bisa dicetak pada surat", normalize.SignIn(text, bad))
	}
	source, cells := separated(text)
	parsed, err := template.New("").Funcs(r.functions()).Parse(source)
	if err != nil {
		r.fault(at, "%s", r.syntax(err))
	} else {
		for _, f := range check(r.grammar, parsed) {
			r.fault(at, "%s", f)
		}
	}
	r.block.lines = append(r.block.lines, line{at: at, cells: cells, text: parsed})
}

func (r *reader) functions() template.FuncMap {
	out := template.FuncMap{}
	for name, f := range r.grammar.Functions {
		out[name] = f
	}
	return out
}

// separated puts the separator in the place of the bars outside of braces, and counts the
// cells.
func separated(text string) (string, int) {
	var out strings.Builder
	cells, inside := 1, false
	for i, r := range text {
		switch {
		case strings.HasPrefix(text[i:], "{{"):
			inside = true
		case strings.HasPrefix(text[i:], "}}"):
			inside = false
		}
		if r == '|' && !inside {
			out.WriteString(separator)
			cells++
			continue
		}
		out.WriteRune(r)
	}
	return out.String(), cells
}

// syntax words what the parser of templates says.
func (r *reader) syntax(err error) string {
	said := err.Error()
	name := func(after string) string {
		_, rest, _ := strings.Cut(said, after)
		return strings.Trim(strings.Fields(rest + " ")[0], `"`)
	}
	switch {
	case strings.Contains(said, "function \""):
		wrong := name("function ")
		return fmt.Sprintf("fungsi %s tidak dikenal%s; yang ada: %s; nama isian diawali titik, misalnya {{.Pemohon}}",
			wrong, suggest(wrong, r.grammar.functionNames()), strings.Join(r.grammar.functionNames(), ", "))
	case strings.Contains(said, "unclosed action"), strings.Contains(said, "bad character U+007D"):
		return "tanda {{ belum ditutup dengan }} di baris ini"
	case strings.Contains(said, "unexpected EOF"):
		return "{{if …}} belum ditutup dengan {{end}} di baris ini"
	case strings.Contains(said, "unexpected {{end}}"), strings.Contains(said, "unexpected {{else"):
		return "{{end}} atau {{else}} tanpa {{if …}} di baris ini"
	}
	return "tidak bisa dibaca: " + strings.TrimPrefix(said, "template: :1: ")
}
