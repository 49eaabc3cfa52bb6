package form

import (
	"testing"

	"izinbot/workflow"
)

func TestPlaceAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]string{
		"2.74,98.32": "2.740000,98.320000", "2.74 98.32": "2.740000,98.320000", "2,74 98,32": "2.740000,98.320000",
		"2.74; 98.32": "2.740000,98.320000", "(2.74, 98.32)": "2.740000,98.320000",
		"https://maps.google.com/?q=2.7431,98.3126":                   "2.743100,98.312600",
		"https://www.google.com/maps/@2.7431,98.3126,15z":             "2.743100,98.312600",
		"https://www.google.com/maps/place/X/@2.7,98.3,15z/data=!3m1": "2.700000,98.300000",
		"2": "", "Sidikalang": "", "91 200": "", "Jan 2027 - Dec 2027": "", "https://maps.app.goo.gl/abc": "", "1 2 3": "",
	} {
		if got := normalise(workflow.FieldCoordinates, typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}
