package handlers_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inputsTable lists how many rows of which kind are tested; INPUTS=1 writes it anew.
const inputsTable = "../docs/inputs.md"

// rowTables are the other tests that go through rows of what people write, by their files.
func rowTables() map[string][]string {
	return map[string][]string{
		"handlers/inputs_test.go":              {"TestAnswersAsPeopleWriteThem", "TestExpiryAsPeopleWriteIt", "TestCommandsAsPeopleWriteThem"},
		"handlers/phrases/phrases_test.go":     {"TestOf", "TestAgreesAndDeclines", "TestSelfAndEndless"},
		"workflow/calendar/readdate_test.go":   {"TestReadDate"},
		"workflow/ids_find_test.go":            {"TestFindCaseID", "TestShortCaseID", "TestLikelySlips"},
		"workflow/normalize/normalize_test.go": {"TestText", "TestDigits"},
		"workflow/parse/country_test.go":       {"TestCountry"},
		"workflow/parse/parse_test.go":         {"TestPhone", "TestEmail", "TestIdentityNumbers", "TestPeriod", "TestPoints"},
	}
}

// TestTableOfInputs keeps the document as the rows are.
func TestTableOfInputs(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What people write, as it is tested\n\nEach row is something that somebody sent, and what is right: a value that is stored, a question, or what is done.\n" +
		"The rows of `handlers/testdata/inputs-*.txt` are played by `handlers.TestInputsThatPeopleSent` at the question where they were sent,\n" +
		"and mixed at random through all dialogues by `TestRandomInputs`. This file is written by `INPUTS=1 go test -run TestTableOfInputs ./handlers`.\n")
	const seen, more = "inputs-seen.txt", "inputs-more.txt"
	b.WriteString("\n| Where it was sent | Rows | Stored | Asked | Done | Tested elsewhere |\n|---|--:|--:|--:|--:|--:|\n")
	rows := map[string]map[byte]int{}
	for _, row := range append(seenInputs(t, seen), seenInputs(t, more)...) {
		for _, kind := range []string{row.area, "**all**"} {
			if rows[kind] == nil {
				rows[kind] = map[byte]int{}
			}
			rows[kind][row.want[0]]++
			rows[kind][0]++
		}
	}
	kinds := slices.SortedFunc(maps.Keys(rows), func(a, b string) int {
		return cmp.Or(cmp.Compare(rows[b][0], rows[a][0]), cmp.Compare(a, b))
	})
	for _, kind := range kinds {
		n := rows[kind]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d |\n", kind, n[0], n['='], n['?'], n['!'], n['@'])
	}
	b.WriteString("\n## Rows that were decided otherwise than may be expected\n\n| Rows | What was decided, and why |\n|---|---|\n")
	for line := range strings.SplitSeq(readFile(t, filepath.Join("testdata", seen)), "\n") {
		if note, ok := strings.CutPrefix(line, "#! "); ok {
			numbers, why, _ := strings.Cut(note, ": ")
			fmt.Fprintf(&b, "| %s | %s |\n", strings.ReplaceAll(numbers, " ", ", "), why)
		}
	}
	b.WriteString("\n## Rows of the readers themselves\n\n| Test | Rows |\n|---|--:|\n")
	total := 0
	for _, file := range slices.Sorted(maps.Keys(rowTables())) {
		for _, test := range rowTables()[file] {
			n := rowsOf(t, filepath.Join("..", file), test)
			total += n
			fmt.Fprintf(&b, "| `%s` %s | %d |\n", file, test, n)
		}
	}
	fmt.Fprintf(&b, "| **all** | %d |\n", total)
	if os.Getenv("INPUTS") != "" {
		if err := os.WriteFile(inputsTable, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if readFile(t, inputsTable) != b.String() {
		t.Errorf("%s is not as the rows are; run: INPUTS=1 go test -run TestTableOfInputs ./handlers", inputsTable)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// rowsOf counts the rows of the tables that a test goes through: those of maps within a table,
// where it has such.
func rowsOf(t *testing.T, path, test string) (n int) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == test {
			ast.Inspect(f, func(node ast.Node) bool {
				if loop, ok := node.(*ast.RangeStmt); ok {
					n += rowsIn(loop.X)
				}
				return true
			})
		}
	}
	if n == 0 {
		t.Errorf("%s has no table %s", path, test)
	}
	return n
}

func rowsIn(table ast.Expr) int {
	literal, ok := table.(*ast.CompositeLit)
	if !ok {
		return 0
	}
	inner := 0
	for _, row := range literal.Elts {
		ast.Inspect(row, func(node ast.Node) bool {
			if m, ok := node.(*ast.CompositeLit); ok {
				if _, ok := m.Type.(*ast.MapType); ok {
					inner += len(m.Elts)
				}
			}
			return true
		})
	}
	return cmp.Or(inner, len(literal.Elts))
}
