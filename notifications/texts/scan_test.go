package texts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source holds the keys that the Go files of a folder name.
type source struct {
	keys     map[string]string // key in a string literal → where it stands first
	prefixes map[string]string // literal that ends in a point or _, and to which a code is added
}

// sayers gives the functions that take a key, and which argument it may be: that of
// Session.Say is the first, that of Catalogue.Say the second. Literals there are keys even
// if the catalogue knows nothing like them.
func sayers() map[string][]int {
	return map[string][]int{"Say": {0, 1}, "Text": {0}, "Choice": {1}, "text": {0}, "say": {0}, "line": {0}}
}

// scan reads every Go file below the folders. Any literal
// that looks like a key of a group that the catalogue has is taken for one, so
// that keys may go through variables, tables and wrappers.
func scan(t *testing.T, groups map[string]bool, folders ...string) source {
	t.Helper()
	s := source{keys: map[string]string{}, prefixes: map[string]string{}}
	for _, folder := range folders {
		for _, f := range parseFiles(t, goFiles(t, folder)) {
			s.file(f, groups)
		}
	}
	return s
}

type sourceFile struct {
	*ast.File
	set *token.FileSet
}

// goFiles lists the Go files below a folder but tests and testdata.
func goFiles(t *testing.T, folder string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case !d.IsDir() && filepath.Ext(path) == ".go" && !strings.HasSuffix(path, "_test.go"):
			out = append(out, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func parseFiles(t *testing.T, paths []string) []sourceFile {
	t.Helper()
	var out []sourceFile
	for _, path := range paths {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, sourceFile{file, set})
	}
	return out
}

// parseFolder reads one package, without the folders below it.
func parseFolder(t *testing.T, folder string) []sourceFile {
	t.Helper()
	return parseFiles(t, slices.DeleteFunc(goFiles(t, folder), func(path string) bool {
		return filepath.Dir(path) != filepath.Clean(folder)
	}))
}

func (s source) file(f sourceFile, groups map[string]bool) {
	ast.Inspect(f.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.CallExpr:
			for _, i := range sayers()[funcName(n.Fun)] {
				if i < len(n.Args) {
					s.sum(n.Args[i], f, nil)
					s.key(n.Args[i], f, nil)
				}
			}
		case *ast.BinaryExpr:
			s.sum(n, f, groups)
		case *ast.BasicLit:
			s.key(n, f, groups)
		}
		return true
	})
}

// key notes a literal that looks like a key; groups limits those that count, nil
// for any.
func (s source) key(e ast.Expr, f sourceFile, groups map[string]bool) {
	text, ok := stringOf(e)
	if !ok || !regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]*[a-z0-9])+$`).MatchString(text) || !counts(text, groups) {
		return
	}
	if s.keys[text] == "" && filepath.Ext(text) != ".html" {
		s.keys[text] = f.set.Position(e.Pos()).String()
	}
}

// sum notes the literal that a sum begins with, if it looks like a prefix.
func (s source) sum(e ast.Expr, f sourceFile, groups map[string]bool) {
	first := leftmost(e)
	text, ok := stringOf(first)
	if !ok || first == e || !regexp.MustCompile(`^([a-z0-9_]+\.)+([a-z0-9_]*_)?$`).MatchString(text) || !counts(text, groups) {
		return
	}
	if s.prefixes[text] == "" {
		s.prefixes[text] = f.set.Position(first.Pos()).String()
	}
}

func counts(text string, groups map[string]bool) bool {
	group, _, _ := strings.Cut(text, ".")
	return groups == nil || groups[group]
}

// leftmost gives "refused." of "refused." + string(code).
func leftmost(e ast.Expr) ast.Expr {
	for {
		sum, ok := e.(*ast.BinaryExpr)
		if !ok {
			return e
		}
		e = sum.X
	}
}

func stringOf(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

func funcName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// constants gives the values of a folder's string constants of a type, without
// those left out and the empty one.
func constants(t *testing.T, folder, typeName string, without ...string) []string {
	t.Helper()
	found := map[string]bool{}
	for _, f := range parseFolder(t, folder) {
		ast.Inspect(f.File, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || funcName(spec.Type) != typeName {
				return true
			}
			for _, v := range spec.Values {
				if text, ok := stringOf(v); ok && text != "" && !slices.Contains(without, text) {
					found[text] = true
				}
			}
			return true
		})
	}
	return sortedMembers(t, found, folder+" "+typeName)
}

// listedCommands gives the names of the handlers' commands that bantuan lists.
func listedCommands(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	for _, f := range parseFolder(t, "../../handlers") {
		ast.Inspect(f.File, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			fields := map[string]ast.Expr{}
			for _, e := range lit.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					fields[funcName(kv.Key)] = kv.Value
				}
			}
			name, named := stringOf(fields["Name"])
			if named && fields["Run"] != nil && fields["Hidden"] == nil {
				found[name] = true
			}
			return true
		})
	}
	return sortedMembers(t, found, "commands")
}

// fieldValues gives the string literals that a folder sets a struct field to.
func fieldValues(t *testing.T, folder, field string) []string {
	t.Helper()
	found := map[string]bool{}
	for _, f := range parseFolder(t, folder) {
		ast.Inspect(f.File, func(n ast.Node) bool {
			if kv, ok := n.(*ast.KeyValueExpr); ok && funcName(kv.Key) == field {
				if text, ok := stringOf(kv.Value); ok {
					found[text] = true
				}
			}
			return true
		})
	}
	return sortedMembers(t, found, folder+" "+field)
}

// returnValues gives what a folder's methods of a name return as literals.
func returnValues(t *testing.T, folder, method string) []string {
	t.Helper()
	found := map[string]bool{}
	for _, f := range parseFolder(t, folder) {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Name.Name != method || fn.Body == nil {
				continue
			}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				if e, ok := n.(ast.Expr); ok {
					if text, ok := stringOf(e); ok {
						found[text] = true
					}
				}
				return true
			})
		}
	}
	return sortedMembers(t, found, folder+" "+method)
}

// sortedMembers fails if nothing was found: the list would check nothing.
func sortedMembers(t *testing.T, found map[string]bool, of string) []string {
	t.Helper()
	if len(found) == 0 {
		t.Errorf("%s: nothing found", of)
	}
	return slices.Sorted(maps.Keys(found))
}
