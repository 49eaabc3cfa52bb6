package form

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image/jpeg"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/inspect"
	"izinbot/workflow/letters"
	"izinbot/workflow/normalize"
)

// maxFileName is the longest file name that is kept, in characters.
const maxFileName = 80

// copyQuality is that of the JPEG made of a picture: small letters stay sharp.
const copyQuality = 88

// TakeFile looks at an attachment. It gives the file as a case keeps it, what was
// found out about it, and the sentence that says what is wrong and how to go on;
// problem is empty if it can be used. For a document pictures have to be large enough
// to be read; photos of the field, for which doc is nil, have no least size.
func TakeFile(ctx context.Context, s *session.Session, f bot.InboundFile, doc *workflow.DocDef) (file workflow.File, report inspect.Report, problem string, err error) {
	if f.Problem != "" || f.Key == "" {
		return file, report, fileProblem(s, f.Problem), nil
	}
	content, err := s.Env.Files.Open(ctx, f.Key)
	if bot.Lasting(err) {
		return file, report, fileProblem(s, bot.FileGone), lostUpload(ctx, s, f, err)
	}
	if err != nil {
		return file, report, "", fmt.Errorf("open upload: %w", err)
	}
	report, err = s.Env.Inspect(ctx, content)
	err = errors.Join(err, content.Close())
	if bot.Lasting(err) {
		return file, report, fileProblem(s, bot.FileGone), lostUpload(ctx, s, f, err)
	}
	if err != nil {
		return file, report, "", fmt.Errorf("inspect upload: %w", err)
	}
	found := report.ForPhoto()
	if doc != nil {
		found = report.ForDocument()
	}
	if found != inspect.Fine {
		return file, report, badFile(s, doc, report, found), nil
	}
	file = workflow.File{
		SHA256: f.Key, Name: fileName(f.Name, report.Type()), Type: report.Type(),
		Size: report.Size, Pages: report.Pages, Active: report.ActiveCodes(),
		Message: cmp.Or(s.In.Better, s.In.ID),
	}
	if report.NeedsCopy() {
		if problem, err = keepCopy(ctx, s, &file); err != nil {
			return file, report, "", err
		}
	}
	return file, report, problem, nil
}

// keepCopy makes a JPEG of a picture that not every device shows, and keeps it beside the
// original. problem says that the picture cannot be shown.
func keepCopy(ctx context.Context, s *session.Session, file *workflow.File) (problem string, err error) {
	content, err := s.Env.Files.Open(ctx, file.SHA256)
	if err != nil {
		return "", fmt.Errorf("open picture: %w", err)
	}
	img, err := s.Env.Copy(ctx, content)
	if err = errors.Join(err, content.Close()); err != nil {
		return "", fmt.Errorf("unpack picture: %w", err)
	}
	if img == nil {
		return s.Text("file.unshown"), nil
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: copyQuality}); err != nil {
		return "", fmt.Errorf("encode copy: %w", err)
	}
	key, size, err := s.Env.Files.Put(ctx, &out)
	if err != nil {
		return "", fmt.Errorf("keep copy: %w", err)
	}
	const media = "image/jpeg"
	file.Copy = &workflow.File{SHA256: key, Name: inspect.FileName(file.Name, media), Type: media, Size: size}
	return "", nil
}

// lostUpload reports a stored upload that cannot be read.
func lostUpload(ctx context.Context, s *session.Session, f bot.InboundFile, cause error) error {
	return s.ReportLost(ctx, cause, "upload "+f.Key, "lost.admin_record", "what", "berkas masuk")
}

// fileProblem says why the channel could not take a file.
func fileProblem(s *session.Session, p bot.FileProblem) string {
	switch p {
	case bot.FileTooLarge:
		return s.Text("file.too_large", "max", bot.MaxFileSize>>20)
	case bot.FileUnkept:
		return s.Text("file.unkept")
	case bot.FileGone:
	}
	return s.Text("file.gone")
}

// badFile says what is wrong with a file and how to go on. A document that is signed
// digitally, or that has to bear a duty stamp, is void once it is saved anew.
func badFile(s *session.Session, doc *workflow.DocDef, r inspect.Report, p inspect.Problem) string {
	if (r.Signed || doc != nil && doc.Stamped()) && asksForNewFile(p) {
		return s.Text("file.sealed."+string(p), "max", inspect.MaxSize>>20) + " " + s.Text("file.original")
	}
	switch p {
	case inspect.NotAccepted:
		return s.Text("file.not_accepted." + string(r.Kind))
	case inspect.TooLarge:
		return s.Text("file.too_large", "max", inspect.MaxSize>>20)
	case inspect.TooSmall:
		return s.Text("file.too_small", "width", r.Width, "height", r.Height, "min", inspect.MinDocumentSide)
	case inspect.Empty:
		return s.Text("file.empty")
	case inspect.Encrypted:
		return s.Text("file.encrypted")
	case inspect.TooComplex:
		return s.Text("file.too_complex")
	case inspect.Unchecked:
		return s.Text("file.unchecked")
	case inspect.TwoFormats:
		return s.Text("file.not_accepted." + string(inspect.Mixed))
	case inspect.DynamicForm:
		return s.Text("file.dynamic_form")
	case inspect.Folder:
		return s.Text("file.folder")
	case inspect.NotPhoto:
		return s.Text("file.not_photo")
	case inspect.Damaged, inspect.Fine:
	}
	return s.Text("file.damaged")
}

// asksForNewFile tells the problems of which the advice is to save the document anew.
func asksForNewFile(p inspect.Problem) bool {
	return slices.Contains([]inspect.Problem{
		inspect.TooLarge, inspect.Damaged, inspect.Encrypted, inspect.TooComplex, inspect.Unchecked, inspect.TwoFormats,
		inspect.DynamicForm, inspect.Folder,
	}, p)
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
	}, normalize.Line(name))
	name = inspect.FileName(name, media)
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if strings.Trim(stem, "_. ") == "" {
		stem = "berkas"
	}
	return inspect.FileName(texts.Cut(stem, maxFileName-len([]rune(ext)))+ext, media)
}

func printableRune(r rune) bool {
	_, ok := letters.Printable(string(r))
	return ok
}
