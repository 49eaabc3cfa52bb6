// Package chart draws the picture of a weekly recap.
package chart

import (
	"fmt"
	"slices"

	"github.com/go-analyze/charts"

	"izinbot/workflow/casework"
)

// The picture's size in points: wide enough for the names of steps on a phone, and
// a band for each step.
const (
	width   = 900
	head    = 130
	band    = 46
	longest = 44 // letters of a step's name
)

// Draw draws how long each step took on average beside the SOP's time, in working
// hours, as PNG. A day of the SOP counts as [casework.WorkingDay].
func Draw(r casework.Recap) ([]byte, error) {
	var took, planned []float64
	var labels []string
	for _, s := range slices.Backward(r.Steps) { // the axis runs upwards
		took = append(took, s.Mean.Hours())
		planned = append(planned, s.Planned().Hours())
		labels = append(labels, fmt.Sprintf("%d. %s", s.Step.No, cut(s.Step.Activity)))
	}
	opt := charts.NewBarChartOptionWithData([][]float64{took, planned})
	opt.Horizontal = true
	opt.Title.Text = "Rata-rata waktu kerja tiap langkah (jam)"
	opt.Padding = charts.Box{Top: 20, Right: 40, Bottom: 20, Left: 20}
	opt.Legend.SeriesNames = []string{"Rata-rata", "Waktu SOP"}
	opt.Legend.Offset = charts.OffsetStr{Top: "34", Left: "20"}
	opt.CategoryAxis = charts.CategoryAxisOption{Labels: labels}
	p := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: width, Height: head + band*len(labels),
	})
	if err := p.BarChart(opt); err != nil {
		return nil, fmt.Errorf("draw recap: %w", err)
	}
	png, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("encode recap: %w", err)
	}
	return png, nil
}

func cut(s string) string {
	if r := []rune(s); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return s
}
