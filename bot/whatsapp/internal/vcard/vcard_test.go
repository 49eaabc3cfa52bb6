//go:build !nowhatsapp

package vcard

import (
	"testing"

	"go.mau.fi/whatsmeow/proto/waE2E"
)

func TestPhonesOfCards(t *testing.T) {
	t.Parallel()
	card := func(lines string) *waE2E.ContactMessage {
		return &waE2E.ContactMessage{Vcard: new("BEGIN:VCARD\nFN:Ayu CONTOH\n" + lines + "\nEND:VCARD")}
	}
	for name, tt := range map[string]struct {
		cards []*waE2E.ContactMessage
		want  string
	}{
		"grouped":          {[]*waE2E.ContactMessage{card("item1.TEL;waid=620000000123:+62 000-0000-123")}, "+62 000-0000-123"},
		"URI":              {[]*waE2E.ContactMessage{card("TEL;VALUE=uri;TYPE=cell:tel:+62-812-3456-7890;ext=1")}, "+62-812-3456-7890"},
		"fax last":         {[]*waE2E.ContactMessage{card("TEL;TYPE=FAX:0627 000001\nTEL;TYPE=WORK:0627 000002\nTEL;type=CELL;type=pref:0800 0000 0000")}, "0800 0000 0000, 0627 000002, 0627 000001"},
		"the same twice":   {[]*waE2E.ContactMessage{card("TEL:0800\nTEL;TYPE=CELL:0800")}, "0800"},
		"no number":        {[]*waE2E.ContactMessage{card("EMAIL:ayu@contoh.example")}, "Ayu CONTOH"},
		"several persons":  {[]*waE2E.ContactMessage{card("TEL:0801"), card("TEL:0802")}, "0801, 0802"},
		"nothing in it":    {[]*waE2E.ContactMessage{{}}, ""},
		"no cards":         {nil, ""},
		"a name with URLs": {[]*waE2E.ContactMessage{card("URL:https://contoh.example/a.b;c\nTEL:0803")}, "0803"},
	} {
		if got := Phones(tt.cards...); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
