package kept_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

func TestDocumentsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.String(), rapid.Int()).Draw(t, "value")
		doc, err := kept.Encode("answers", want)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		if err := kept.Decode("answers", doc, &got); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%v came back as %v", want, got)
		}
		for k, v := range want {
			if got[k] != v {
				t.Fatalf("%q: %d came back as %d", k, v, got[k])
			}
		}
	})
}

func TestPackedComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.Byte()).Draw(t, "document")
		got, err := kept.Unpack(kept.Pack(want))
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%x came back as %x, %v", want, got, err)
		}
	})
}

// TestWhoseFaultItIs has what cannot be written refused as a wrong value, and what
// cannot be read as damage. Neither error holds the document.
func TestWhoseFaultItIs(t *testing.T) {
	const secret = "RAHASIA"
	_, unwritable := kept.Encode("case", map[string]any{secret: make(chan int)})
	_, unpackable := kept.Unpack([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	for name, tt := range map[string]struct {
		err  error
		code workflow.Code
	}{
		"no JSON to be had": {unwritable, workflow.CodeInvalid},
		"cut off":           {kept.Decode("case", []byte(`{"name":"`+secret), new(any)), workflow.CodeDamaged},
		"another shape":     {kept.Decode("case", []byte(`{"n":"`+secret+`"}`), &struct{ N int }{}), workflow.CodeDamaged},
		"not packed":        {unpackable, workflow.CodeDamaged},
	} {
		if got := workflow.CodeOf(tt.err); got != tt.code {
			t.Errorf("%s: code %q, want %q", name, got, tt.code)
		}
		if tt.err != nil && strings.Contains(tt.err.Error(), secret) {
			t.Errorf("%s: the error tells what the document says: %v", name, tt.err)
		}
	}
}

// TestPackedForm reads what an older version of the program has packed, and packs
// repetition well.
func TestPackedForm(t *testing.T) {
	old, err := hex.DecodeString("3c08414243" + "e20300")
	if err != nil {
		t.Fatal(err)
	}
	long := []byte(strings.Repeat("ABC", 20))
	if got, err := kept.Unpack(old); err != nil || !bytes.Equal(got, long) {
		t.Errorf("%q, %v", got, err)
	}
	doc := bytes.Repeat([]byte(`{"requirement":"A1","verdict":"sesuai"},`), 50)
	if packed := kept.Pack(doc); len(packed)*5 > len(doc) {
		t.Errorf("%d bytes are packed into %d", len(doc), len(packed))
	}
}
