// Package chart draws the picture of a weekly recap.
package chart

import (
	"fmt"
	"slices"
	"time"

	"github.com/go-analyze/charts"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// The picture's size in points: wide enough for the names of steps on a phone, and
// a band for each step.
const (
	width   = 900
	head    = 120
	band    = 46
	longest = 44 // letters of a step's name
)

// room is the factor by which the axis is longer than the longest bar: its words stand behind it.
const room = 1.45

// Draw draws how long each step took on average beside the SOP's time, as PNG. A bar
// says its time in words, in red where it took longer than it should. A day of the
// SOP is as long as [casework.WorkingDay].
func Draw(r casework.Recap) ([]byte, error) {
	steps := slices.Clone(r.Steps)
	slices.Reverse(steps) // the axis runs upwards
	var took, planned []float64
	var labels []string
	for _, s := range steps {
		took = append(took, s.Mean.Hours())
		planned = append(planned, s.Planned().Hours())
		labels = append(labels, fmt.Sprintf("%d. %s", s.Step.No, cut(s.Step.Activity)))
	}
	opt := charts.NewBarChartOptionWithData([][]float64{took, planned})
	opt.Horizontal = true
	opt.Title.Text = "Rata-rata waktu kerja tiap langkah, " + period(r)
	opt.Padding = charts.Box{Top: 20, Right: 20, Bottom: 20, Left: 20}
	opt.Legend.SeriesNames = []string{"Rata-rata", "Waktu SOP"}
	opt.Legend.Offset = charts.OffsetStr{Top: "34", Left: "20"}
	opt.CategoryAxis = charts.CategoryAxisOption{Labels: labels}
	most := max(slices.Max(append(took, 0)), slices.Max(append(planned, 0)))
	opt.ValueAxis = []charts.ValueAxisOption{{Show: new(false), Min: new(0.0), Max: new(most * room)}}
	opt.SeriesList[0].Label = charts.SeriesLabel{Show: new(true), LabelFormatter: inTurn(steps, meanLabel)}
	opt.SeriesList[1].Label = charts.SeriesLabel{Show: new(true), LabelFormatter: inTurn(steps, plannedLabel)}
	return render(opt, head+band*len(labels))
}

func render(opt charts.BarChartOption, height int) ([]byte, error) {
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: width, Height: height})
	if err := p.BarChart(opt); err != nil {
		return nil, fmt.Errorf("draw recap: %w", err)
	}
	png, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("encode recap: %w", err)
	}
	return png, nil
}

// inTurn makes a label of each step in turn. The index that the library gives is that
// of the row of bars, not of the bar; it asks for the bars of a row in their order.
func inTurn(steps []casework.StepMean, word func(casework.StepMean) (string, *charts.LabelStyle)) charts.SeriesLabelFormatter {
	next := 0
	return func(int, string, float64) (string, *charts.LabelStyle) {
		s := steps[next%len(steps)]
		next++
		return word(s)
	}
}

// meanLabel words how long a step took, in red if that is longer than it should.
func meanLabel(s casework.StepMean) (string, *charts.LabelStyle) {
	style := &charts.LabelStyle{}
	if s.Mean > s.Planned() {
		style.FontStyle.FontColor = charts.ColorRed
	}
	return calendar.DurationWords(s.Mean.Round(time.Minute), workflow.Indonesian), style
}

// plannedLabel words the SOP's time as its table does.
func plannedLabel(s casework.StepMean) (string, *charts.LabelStyle) { return s.Step.Time.String(), nil }

func period(r casework.Recap) string {
	return calendar.ShortDate(r.From, workflow.Indonesian) + " sampai " + calendar.ShortDate(r.To.Add(-time.Second), workflow.Indonesian)
}

func cut(s string) string {
	if r := []rune(s); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return s
}
