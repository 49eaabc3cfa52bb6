package tasks_test

import (
	"bytes"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/wording"
)

// TestEveryDeviceShowsAWebP: the original of a WebP is kept, and what
// people are given is a JPEG of it.
func TestEveryDeviceShowsAWebP(t *testing.T) {
	const name, media = "photo.webp", "image/webp"
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	content, err := os.ReadFile(filepath.Join("..", "..", "workflow", "picture", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	sent := g.File(name, content)
	g.Send(sent)
	files := handlerstest.Open[apply.Application](g).Files
	if len(files) != 1 || files[0].SHA256 != sent.Key || files[0].Type != media || files[0].Name != name {
		t.Fatalf("%s: kept %+v", name, files)
	}
	given := wording.Attachments(files...)
	if len(given) != 1 || given[0].Type != "image/jpeg" || filepath.Ext(given[0].Name) != ".jpg" || given[0].Key == sent.Key {
		t.Fatalf("%s: given %+v", name, given)
	}
	img, err := jpeg.Decode(bytes.NewReader(g.Files.Content(given[0].Key)))
	if err != nil || img.Bounds().Dx() != 1280 || img.Bounds().Dy() != 960 {
		t.Errorf("%s: the JPEG is %v, %v", name, img, err)
	}
}
