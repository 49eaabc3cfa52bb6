package chart_test

import (
	"bytes"
	"image"
	_ "image/png"
	"os"
	"testing"
	"time"

	"izinbot/cmd/izinbot/internal/chart"
	"izinbot/workflow/casework"
	"izinbot/workflow/sop"
)

// TestDraw: the picture is a PNG, grows with the steps, and shows something.
func TestDraw(t *testing.T) {
	def, _, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	heights := map[int]int{}
	for _, n := range []int{1, 12, 21} {
		var r casework.Recap
		for i, step := range def.Steps[1 : n+1] {
			r.Steps = append(r.Steps, casework.StepMean{Step: step, Runs: 3, Mean: time.Duration(i+1) * 50 * time.Minute})
		}
		png, err := chart.Draw(r)
		if err != nil {
			t.Fatal(err)
		}
		img, format, err := image.Decode(bytes.NewReader(png))
		if err != nil || format != "png" {
			t.Fatalf("%s: %v", format, err)
		}
		heights[n] = img.Bounds().Dy()
		colours := map[any]bool{}
		for x := range img.Bounds().Dx() {
			for y := range img.Bounds().Dy() {
				colours[img.At(x, y)] = true
			}
		}
		if len(colours) < 3 {
			t.Errorf("%d steps: only %d colours", n, len(colours))
		}
		if dir := os.Getenv("CHART_OUT"); dir != "" && n == 12 {
			if err := os.WriteFile(dir, png, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if heights[1] >= heights[12] || heights[12] >= heights[21] {
		t.Errorf("heights %v", heights)
	}
}

// TestLateStepsAreRed: the words of a step that took longer than the SOP's time.
func TestLateStepsAreRed(t *testing.T) {
	def, _, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	check, ok := def.Step(2) // 2 hours
	if !ok {
		t.Fatal("no step 2")
	}
	for mean, want := range map[time.Duration]bool{2 * time.Hour: false, 2*time.Hour + time.Minute: true} {
		png, err := chart.Draw(casework.Recap{Steps: []casework.StepMean{{Step: check, Runs: 1, Mean: mean}}})
		if err != nil {
			t.Fatal(err)
		}
		img, _, err := image.Decode(bytes.NewReader(png))
		if err != nil {
			t.Fatal(err)
		}
		red := false
		for x := range img.Bounds().Dx() {
			for y := range img.Bounds().Dy() {
				r, g, b, _ := img.At(x, y).RGBA()
				red = red || r > 0xc000 && g < 0x4000 && b < 0x4000
			}
		}
		if red != want {
			t.Errorf("%v: red %v", mean, red)
		}
	}
}
