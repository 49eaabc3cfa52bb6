package blocks

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// check finds what a line holds that the grammar does not allow.
func check(g Grammar, t *template.Template) []string {
	c := &checker{grammar: g}
	if len(t.Templates()) > 1 {
		c.report(notAllowed)
	}
	if t.Tree != nil {
		c.list(t.Root)
	}
	return c.faults
}

const notAllowed = "di dalam {{ }} hanya boleh isian, fungsi, dan {{if …}} … {{else}} … {{end}}"

type checker struct {
	grammar Grammar
	faults  []string
}

func (c *checker) report(format string, args ...any) {
	if said := fmt.Sprintf(format, args...); !slices.Contains(c.faults, said) {
		c.faults = append(c.faults, said)
	}
}

func (c *checker) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode, *parse.CommentNode:
		case *parse.ActionNode:
			if c.pipe(n.Pipe) == condition {
				c.report("not hanya boleh di dalam {{if …}}")
			}
		case *parse.IfNode:
			c.pipe(n.Pipe)
			c.list(n.List)
			c.list(n.ElseList)
		default:
			c.report(notAllowed)
		}
	}
}

// value is what an expression gives.
type value int

const (
	text value = iota
	condition
)

func (c *checker) pipe(p *parse.PipeNode) value {
	if p == nil || len(p.Decl) > 0 || len(p.Cmds) != 1 {
		c.report(notAllowed)
		return text
	}
	return c.command(p.Cmds[0].Args)
}

func (c *checker) command(args []parse.Node) value {
	name, called := args[0].(*parse.IdentifierNode)
	if !called {
		if len(args) > 1 {
			c.report(notAllowed)
		}
		return c.operand(args[0])
	}
	switch name.Ident {
	case "and", "or":
		return c.arguments(name.Ident, args[1:], 2)
	case "not":
		c.arguments(name.Ident, args[1:], 1)
		return condition
	}
	if _, ours := c.grammar.Functions[name.Ident]; !ours {
		c.report("fungsi %s tidak dikenal%s; yang ada: %s", name.Ident, suggest(name.Ident, c.grammar.functionNames()), strings.Join(c.grammar.functionNames(), ", "))
		return text
	}
	if c.arguments(name.Ident, args[1:], 1) == condition {
		c.report("%s hanya untuk isian, bukan untuk not", name.Ident)
	}
	return text
}

// arguments checks what stands behind the name of a function that takes least values; only
// and and or may take more. It gives a condition if one of them is.
func (c *checker) arguments(name string, args []parse.Node, least int) value {
	if len(args) < least || least == 1 && len(args) > 1 {
		c.report("%s harus diikuti %d isian, misalnya {{%s%s}}", name, least, name, strings.Repeat(" .Pemohon", least))
	}
	kind := text
	for _, a := range args {
		kind = max(kind, c.operand(a))
	}
	return kind
}

func (c *checker) operand(n parse.Node) value {
	switch n := n.(type) {
	case *parse.FieldNode:
		c.field(n)
	case *parse.StringNode:
	case *parse.PipeNode:
		return c.pipe(n)
	default:
		c.report(notAllowed)
	}
	return text
}

func (c *checker) field(n *parse.FieldNode) {
	fields := c.grammar.fieldNames()
	if name := strings.Join(n.Ident, "."); !slices.Contains(fields, name) {
		c.report("isian .%s tidak dikenal%s", name, suggest(name, fields))
	}
}

// fieldNames lists the exported string fields, which a line may name, in order.
func (g Grammar) fieldNames() []string {
	var out []string
	for f := range reflect.TypeOf(g.Fields).Fields() {
		if f.IsExported() && f.Type.Kind() == reflect.String {
			out = append(out, f.Name)
		}
	}
	slices.Sort(out)
	return out
}

func (g Grammar) functionNames() []string {
	var out []string
	for name := range g.Functions {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
