package handlers

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/inspect"
)

// maxFileName is the longest file name that is kept, in characters.
const maxFileName = 80

// takeFile looks at an attachment. It gives the file as a case keeps it, what was
// found out about it, and the sentence that says what is wrong and how to go on;
// problem is empty if it can be used. asDocument asks for pictures that are large
// enough to be read; photos of the field have no least size.
func (t *turn) takeFile(ctx context.Context, f bot.File, asDocument bool) (file workflow.File, report inspect.Report, problem string, err error) {
	if f.Problem != "" || f.Key == "" {
		return file, report, t.fileProblem(f.Problem), nil
	}
	content, err := t.app.Files.Open(ctx, f.Key)
	if bot.Lasting(err) {
		return file, report, t.fileProblem(bot.FileGone), t.lostUpload(ctx, f, err)
	}
	if err != nil {
		return file, report, "", fmt.Errorf("open upload: %w", err)
	}
	report, err = t.app.Inspect(ctx, content)
	err = errors.Join(err, content.Close())
	if bot.Lasting(err) {
		return file, report, t.fileProblem(bot.FileGone), t.lostUpload(ctx, f, err)
	}
	if err != nil {
		return file, report, "", fmt.Errorf("inspect upload: %w", err)
	}
	found := report.ForPhoto()
	if asDocument {
		found = report.ForDocument()
	}
	if found != inspect.Fine {
		return file, report, t.badFile(report, found), nil
	}
	file = workflow.File{
		SHA256: f.Key, Name: fileName(f.Name, report.Type()), Type: report.Type(),
		Size: report.Size, Pages: report.Pages, Active: report.ActiveCodes(),
	}
	return file, report, "", nil
}

// withoutFiles gives a message whose files could not be had: they are asked for again.
func withoutFiles(r bot.Received) bot.Received {
	r.Files = slices.Clone(r.Files)
	for i, f := range r.Files {
		if f.Key == "" && f.Problem == "" {
			r.Files[i].Problem = bot.FileUnkept
		}
	}
	return r
}

// fileProblem says why the channel could not take a file.
func (t *turn) fileProblem(p bot.FileProblem) string {
	switch p {
	case bot.FileTooLarge:
		return t.text("file.too_large", "max", bot.MaxFileSize>>20)
	case bot.FileUnkept:
		return t.text("file.unkept")
	case bot.FileGone:
	}
	return t.text("file.gone")
}

// badFile says what is wrong with a file and how to go on.
func (t *turn) badFile(r inspect.Report, p inspect.Problem) string {
	switch p {
	case inspect.NotAccepted:
		return t.text("file.not_accepted." + string(r.Kind))
	case inspect.TooLarge:
		return t.text("file.too_large", "max", inspect.MaxSize>>20)
	case inspect.TooSmall:
		return t.text("file.too_small", "width", r.Width, "height", r.Height, "min", inspect.MinDocumentSide)
	case inspect.Empty:
		return t.text("file.empty")
	case inspect.Encrypted:
		return t.text("file.encrypted")
	case inspect.TooComplex:
		return t.text("file.too_complex")
	case inspect.Unchecked:
		return t.text("file.unchecked")
	case inspect.TwoFormats:
		return t.text("file.not_accepted." + string(inspect.Mixed))
	case inspect.NotPhoto:
		return t.text("file.not_photo")
	case inspect.Damaged, inspect.Fine:
	}
	return t.text("file.damaged")
}

// fileName makes the sender's name for a file fit to be shown, printed and opened: it
// ends as the media type wants. A picture that the network sent without a name gets
// one.
func fileName(name, media string) string {
	name = strings.Map(func(r rune) rune {
		// IsPrint leaves out marks that turn the direction of writing.
		if !unicode.IsPrint(r) || strings.ContainsRune(`/\`, r) || !printableRune(r) {
			return '_'
		}
		return r
	}, strings.Join(strings.Fields(name), " "))
	name = inspect.FileName(name, media)
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if strings.Trim(stem, "_. ") == "" {
		stem = "berkas"
	}
	return inspect.FileName(texts.Cut(stem, maxFileName-len([]rune(ext)))+ext, media)
}

func printableRune(r rune) bool {
	_, ok := printable(string(r))
	return ok
}
