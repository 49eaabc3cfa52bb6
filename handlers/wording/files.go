package wording

import (
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/inspect"
)

// DocName is a document's code and name.
func DocName(s *session.Session, doc workflow.DocDef) string {
	return string(doc.Code) + " " + doc.Name.In(s.Lang())
}

// FileWords describes files: "akta.pdf, 12 halaman", "3 berkas".
func FileWords(s *session.Session, files []workflow.File) string {
	switch {
	case len(files) != 1:
		return s.Text("upload.files", "n", len(files))
	case files[0].Pages == 1:
		return s.Text("upload.page", "name", files[0].Name)
	case files[0].Pages > 1:
		return s.Text("upload.pages", "name", files[0].Name, "n", files[0].Pages)
	}
	return files[0].Name
}

// ShortFile names one file of several: "akta.pdf (2 hlm.)".
func ShortFile(s *session.Session, f workflow.File) string {
	name := texts.Cut(f.Name, 30)
	if f.Pages == 0 {
		return name
	}
	return s.Text("upload.short", "name", name, "n", f.Pages)
}

// FileList names files in their order.
func FileList(s *session.Session, files []workflow.File) string {
	var names []string
	for _, f := range files {
		names = append(names, ShortFile(s, f))
	}
	return strings.Join(names, ", ")
}

// ActiveParts warns of the parts of the files that a reader acts upon; "" if there is
// nothing.
func ActiveParts(s *session.Session, files []workflow.File) string {
	var parts []string
	for _, f := range files {
		for code := range strings.FieldsSeq(f.Active) {
			if part := s.Text("active." + code); !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return s.Text("check.active", "parts", strings.Join(parts, ", "))
}

// Attachments are kept files as they are sent. Names kept by earlier versions may
// have another ending than the file's type wants.
func Attachments(files ...workflow.File) []bot.Attachment {
	var out []bot.Attachment
	for _, f := range files {
		if f = f.Shown(); f.SHA256 != "" {
			out = append(out, bot.Attachment{Key: f.SHA256, Name: inspect.FileName(f.Name, f.Type), Type: f.Type, Size: f.Size})
		}
	}
	return out
}

// VerdictMark gives the sign of a document's verdict.
func VerdictMark(d workflow.Document) string {
	switch {
	case d.Verdict == nil:
		return "○"
	case d.Verdict.OK:
		return "✓"
	}
	return "✗"
}
