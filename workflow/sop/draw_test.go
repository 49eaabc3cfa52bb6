package sop_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/sop"
)

var update = flag.Bool("update", false, "write the drawings anew")

func TestDrawingsAreFresh(t *testing.T) {
	_, small := reklame(t)
	for _, d := range []struct {
		path string
		draw func(*workflow.SOP) []byte
		def  *workflow.SOP
		how  string
	}{
		{"../../docs/sop/lks-asing.md", sop.DrawMarkdown, defaultSOP(t), "go run ./cmd/izinbot sop draw workflow/sop/lks-asing.yaml --format md > docs/sop/lks-asing.md"},
		{"../../docs/sop/lks-asing.svg", sop.DrawSVG, defaultSOP(t), "go run ./cmd/izinbot sop draw workflow/sop/lks-asing.yaml --format svg > docs/sop/lks-asing.svg"},
		{"testdata/reklame.md", sop.DrawMarkdown, small, "go test ./workflow/sop -update"},
		{"testdata/reklame.svg", sop.DrawSVG, small, "go test ./workflow/sop -update"},
	} {
		got := d.draw(d.def)
		if *update {
			if err := os.WriteFile(d.path, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(d.path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale; run: %s", d.path, d.how)
		}
	}
}

func TestDrawMarkdownMarksThePerformer(t *testing.T) {
	_, def := reklame(t)
	out := string(sop.DrawMarkdown(def))
	for _, want := range []string{
		"| No | Kegiatan | Pemohon | Loket | Penata Izin | Kepala Kantor | Kelengkapan | Waktu | Output | Keterangan |",
		"| 1 | Mengajukan permohonan reklame | ● |   |   |   | Formulir dan gambar reklame | 10 Menit | Permohonan | → 2 |",
		"| 5 | Menandatangani surat izin |   |   |   | ● | Draf surat izin | 4 Jam | Surat izin | → 6<br>dikembalikan → 4 |",
		"L5 -->|dikembalikan| L4",
		"L6 --> selesai_terbit",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the table lacks %q", want)
		}
	}
}

func TestDrawingsNameTheTariff(t *testing.T) {
	_, def := reklame(t)
	def.Tariff = 1_250_000
	def.ServiceTime = workflow.Budget{}
	if md := string(sop.DrawMarkdown(def)); !strings.Contains(md, "| Waktu dan tarif layanan | tarif Rp 1.250.000 |") {
		t.Error("the tariff is not written as people write it")
	}
}

func TestDrawingsEscape(t *testing.T) {
	_, def := reklame(t)
	def.Steps[0].Activity = `a | b <script> & "c"`
	if md := string(sop.DrawMarkdown(def)); !strings.Contains(md, `a \| b &lt;script>`) || strings.Contains(md, "<script") {
		t.Error("Markdown is not escaped")
	}
	svg := string(sop.DrawSVG(def))
	if strings.Contains(svg, "<script") || !strings.Contains(svg, "&lt;script&gt;") {
		t.Error("SVG is not escaped")
	}
}
