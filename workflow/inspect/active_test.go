package inspect

import (
	"bytes"
	"fmt"
	"testing"
)

// Any value of a PDF may be a reference to an object of its own (ISO 32000-1, 7.3.10).
func TestActivePartsBehindReferencesAreFound(t *testing.T) {
	chain := []string{"<</S 901 0 R/F(x)>>"}
	for i := range 40 {
		chain = append(chain, fmt.Sprintf("%d 0 R", 902+i))
	}
	tests := map[string]struct {
		objects []string
		want    string
	}{
		"kind of an action":     {[]string{"<</S 901 0 R/F(cmd.exe)>>", "/Launch"}, "launch"},
		"escaped":               {[]string{"<</#53 901 0 R>>", "/L#61unch"}, "launch"},
		"chain":                 {append(chain, "/Launch"), "launch"},
		"next action":           {[]string{"<</S/GoTo/Next 901 0 R>>", "[902 0 R]", "<</S 903 0 R>>", "/JavaScript"}, "javascript"},
		"event of a page":       {[]string{"<</AA 901 0 R>>", "<</O 902 0 R>>", "<</S 903 0 R>>", "/Launch"}, "launch"},
		"node of a name tree":   {[]string{"<</Kids[901 0 R]>>", "<</Names[(a) 902 0 R]>>", "<</S 903 0 R>>", "/JavaScript"}, "javascript"},
		"specification":         {[]string{"<</Type 901 0 R/EF 902 0 R>>", "/Filespec", "<</F 903 0 R>>", "null"}, "attachments"},
		"kind of a group":       {[]string{"<</S 901 0 R>>", "/Transparency"}, ""},
		"font that is called S": {[]string{"<</Font<</S 901 0 R>>>>", "<</Type/Font>>"}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if r := look(t, withObjects(makePDF(t, 1), tt.objects...)); r.Problem != Fine || r.ActiveCodes() != tt.want {
				t.Errorf("problem %q, active %q, want %q", r.Problem, r.ActiveCodes(), tt.want)
			}
		})
	}
}

func TestUnresolvableActionIsDamaged(t *testing.T) {
	for name, objects := range map[string][]string{
		"missing object": {"<</S 999 0 R/F(x)>>"},
		"loop":           {"<</S 901 0 R>>", "902 0 R", "901 0 R"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := look(t, withObjects(makePDF(t, 1), objects...)); r.Problem != Damaged {
				t.Errorf("problem %q, active %q", r.Problem, r.ActiveCodes())
			}
		})
	}
}

// withObjects appends objects to a PDF, numbered from 900, in further updates.
func withObjects(pdf []byte, objects ...string) []byte {
	for i, object := range objects {
		pdf = updateObject(pdf, 900+i, object)
	}
	return bytes.Clone(pdf)
}
