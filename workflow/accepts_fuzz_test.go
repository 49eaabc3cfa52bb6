package workflow_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"izinbot/workflow"
)

// FuzzAccepts gives every type of field any value, as if it came from a chat: a phone
// number, a name, a date, an e-mail address. What is accepted must have its stored form.
func FuzzAccepts(f *testing.F) {
	for _, value := range []string{
		"Yayasan CONTOH", "+62 811", "+6281100000000", "081100000000", "contoh@contoh.example", "<a@b.c>", `"a b"@c.d`, "2026-11-30",
		"2026-02-30", "2.74,98.32", "7", "-1", "ya", "Alasan | Pasal 5", "a\nb", "a\r\nb", "\xff", "٠٨١١", strings.Repeat("x", workflow.MaxAnswer+1), "",
	} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for _, ft := range []workflow.FieldType{
			workflow.FieldText, workflow.FieldLong, workflow.FieldList, workflow.FieldReasons, workflow.FieldOfficers, workflow.FieldEmail,
			workflow.FieldPhone, workflow.FieldDate, workflow.FieldCoordinates, workflow.FieldChoice, workflow.FieldNumber,
		} {
			field := workflow.Field{Key: "x", Type: ft, Options: []workflow.Option{{Key: "ya"}}}
			if !field.Accepts(value) {
				continue
			}
			if !utf8.ValidString(value) || len(value) > workflow.MaxLongAnswer {
				t.Fatalf("%s takes %d bytes, valid: %v", ft, len(value), utf8.ValidString(value))
			}
			_, badDate := time.Parse(time.DateOnly, value)
			_, badPlace := workflow.ParseCoordinates(value)
			switch {
			case ft == workflow.FieldPhone && (strings.Trim(value, "+0123456789") != "" || len(value) < 8 || len(value) > 16),
				ft == workflow.FieldDate && badDate != nil,
				ft == workflow.FieldCoordinates && badPlace != nil,
				ft == workflow.FieldChoice && value != "ya",
				ft == workflow.FieldEmail && strings.ContainsAny(value, "\r\n\x00"),
				ft == workflow.FieldNumber && (strings.Trim(value, "0123456789") != "" || len(value) > 1 && value[0] == '0'):
				t.Errorf("%s takes %q", ft, value)
			}
		}
	})
}

// FuzzParseInvitation reads a typed code: what is taken has the alphabet of codes, and is
// read the same when it is typed again as it was understood.
func FuzzParseInvitation(f *testing.F) {
	for _, typed := range []string{"ABCDE-FGH23", "abcdefgh23", "ab cd ef gh 23", "PERMOHONAN", "2345672345", "", "ABCDE–FGH23", "ÀBCDEFGH23"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := workflow.ParseInvitation(typed)
		if !ok {
			if code != "" {
				t.Errorf("%q is refused and read as %q", typed, code)
			}
			return
		}
		if again, ok := workflow.ParseInvitation(code); !ok || again != code || len(code) != 10 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
			t.Errorf("%q is read as %q, then as %q", typed, code, again)
		}
	})
}
