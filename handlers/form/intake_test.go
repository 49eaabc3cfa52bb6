package form

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"izinbot/handlers/session"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/inspect"
	"izinbot/workflow/letters"
)

func TestFileNameIsFitToBePrinted(t *testing.T) {
	for name, want := range map[string]string{
		"akta.pdf":               "akta.pdf",
		"  akta   pendirian.pdf": "akta pendirian.pdf",
		"../../etc/passwd":       "_.._etc_passwd.pdf",
		"akta\u202efdp.exe":      "aktafdp.pdf",
		"😀.pdf":                  "berkas.pdf",
		"":                       "berkas.pdf",
	} {
		if got := fileName(name, "application/pdf"); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := fileName(rapid.String().Draw(t, "name"), "image/jpeg")
		if _, ok := letters.Printable(got); !ok || got == "" || len([]rune(got)) > maxFileName {
			t.Fatalf("%q", got)
		}
		if again := fileName(got, "image/jpeg"); again != got {
			t.Fatalf("%q becomes %q", got, again)
		}
	})
}

// A document with an e-meterai or a signature is void once it is saved anew, so nobody is
// told to do that.
func TestAdviceFitsTheDocument(t *testing.T) {
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := &session.Session{Env: &session.Env{Texts: catalogue}}
	stamped := &workflow.DocDef{Code: "A1", Name: workflow.Text{ID: "Surat permohonan, bermeterai"}}
	plain := &workflow.DocDef{Code: "B1", Name: workflow.Text{ID: "Akta pendirian"}}
	problems := []inspect.Problem{
		inspect.TooLarge, inspect.Damaged, inspect.Encrypted, inspect.TooComplex, inspect.Unchecked, inspect.TwoFormats,
		inspect.DynamicForm, inspect.Folder,
	}
	for _, p := range problems {
		for name, said := range map[string]string{
			"stamped":         badFile(s, stamped, inspect.Report{}, p),
			"signed":          badFile(s, plain, inspect.Report{Signed: true}, p),
			"signed, a photo": badFile(s, nil, inspect.Report{Signed: true}, p),
		} {
			if !strings.Contains(said, "jangan disimpan ulang") || strings.Contains(said, "PDF baru") || strings.Contains(said, "Simpan") {
				t.Errorf("%s, %s: %s", name, p, said)
			}
		}
		if said := badFile(s, plain, inspect.Report{}, p); strings.Contains(said, "meterai") || said == "" {
			t.Errorf("%s: %s", p, said)
		}
	}
	if said := badFile(s, stamped, inspect.Report{Width: 9, Height: 9}, inspect.TooSmall); strings.Contains(said, "meterai") {
		t.Errorf("a small photo of a stamped document: %s", said)
	}
}
