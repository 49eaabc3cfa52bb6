package sop

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"izinbot/workflow"
)

// DrawMarkdown draws the official table, with a mark in the column of who does
// each step, and the flow as a Mermaid diagram. The same procedure always gives
// the same bytes.
func DrawMarkdown(def *workflow.SOP) []byte {
	var b bytes.Buffer
	b.WriteString("<!-- Dibuat dari berkas SOP oleh \"izinbot sop draw\"; ubah berkas SOP, bukan ini. -->\n\n")
	fmt.Fprintf(&b, "# SOP %s\n\n", def.Title)
	markdownHead(&b, def)
	b.WriteString("\n## Langkah\n\n")
	markdownTable(&b, def)
	b.WriteString("\n## Alur\n\n")
	mermaid(&b, def)
	return b.Bytes()
}

func markdownHead(b *bytes.Buffer, def *workflow.SOP) {
	b.WriteString("| | |\n|---|---|\n")
	for _, line := range headLines(def) {
		fmt.Fprintf(b, "| %s | %s |\n", line.name, cells(line.values))
	}
}

func markdownTable(b *bytes.Buffer, def *workflow.SOP) {
	columns := []string{"No", "Kegiatan"}
	for _, r := range def.Roles {
		columns = append(columns, cell(r.Name.ID))
	}
	columns = append(columns, "Kelengkapan", "Waktu", "Output", "Keterangan")
	fmt.Fprintf(b, "| %s |\n", strings.Join(columns, " | "))
	b.WriteString("|--:|---|" + strings.Repeat(":-:|", len(def.Roles)) + "---|---|---|---|\n")
	for _, st := range def.Steps {
		fmt.Fprintf(b, "| %s |\n", strings.Join(markdownRow(def, st), " | "))
	}
}

func markdownRow(def *workflow.SOP, st workflow.Step) []string {
	row := []string{strconv.Itoa(st.No), cell(st.Activity)}
	for _, r := range def.Roles {
		mark := " "
		if r.Role == st.Role {
			mark = "●"
		}
		row = append(row, mark)
	}
	return append(row, cell(st.Inputs), st.Time.String(), cell(st.Output), cells(remarks(st)))
}

// mermaid draws the flow; forges show it as a diagram, and it reads as text.
func mermaid(b *bytes.Buffer, def *workflow.SOP) {
	b.WriteString("```mermaid\nflowchart TD\n")
	for _, st := range def.Steps {
		open, end := mermaidBrackets(shapeOf(def, st))
		role, _ := def.RoleDef(st.Role)
		fmt.Fprintf(b, "  L%d%s\"%d · %s<br/>%s\"%s\n", st.No, open, st.No, mermaidText(st.Activity), mermaidText(role.Name.ID), end)
	}
	for _, end := range endsOf(def) {
		fmt.Fprintf(b, "  selesai_%s([\"Selesai: %s\"])\n", end, end)
	}
	for _, st := range def.Steps {
		for _, br := range st.Then {
			to := fmt.Sprintf("L%d", br.To)
			if br.End != "" {
				to = "selesai_" + br.End
			}
			fmt.Fprintf(b, "  L%d -->%s %s\n", st.No, mermaidLabel(br), to)
		}
	}
	b.WriteString("```\n")
}

func mermaidBrackets(s shape) (open, end string) {
	switch s {
	case terminator:
		return "([", "])"
	case decision:
		return "{", "}"
	case process:
	}
	return "[", "]"
}

func mermaidLabel(br workflow.Branch) string {
	if name := label(br); name != "" {
		return "|" + mermaidText(name) + "|"
	}
	return ""
}

// mermaidText makes a text safe within a quoted Mermaid label.
func mermaidText(s string) string {
	return strings.NewReplacer(`"`, "'", "|", "/", "<", "‹", ">", "›").Replace(oneLine(s))
}

// cell makes a text safe within a Markdown table.
func cell(s string) string {
	return strings.NewReplacer(`\`, `\\`, "|", `\|`, "<", "&lt;", "`", "\\`").Replace(oneLine(s))
}

func cells(texts []string) string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = cell(s)
	}
	return strings.Join(out, "<br>")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
