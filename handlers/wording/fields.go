package wording

import (
	"fmt"
	"strings"
	"time"

	"izinbot/handlers/session"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/parse"
)

// Shown writes a stored answer as people read it.
func Shown(s *session.Session, field workflow.Field, value string) string {
	switch field.Type {
	case workflow.FieldDate:
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			return calendar.Date(day, s.Lang())
		}
	case workflow.FieldChoice:
		for _, o := range field.Options {
			if o.Key == value {
				return o.Label.In(s.Lang())
			}
		}
	case workflow.FieldCoordinates:
		if p, err := workflow.ParseCoordinates(value); err == nil {
			return fmt.Sprintf("%.5f, %.5f", p.Lat, p.Lon)
		}
	case workflow.FieldList, workflow.FieldReasons, workflow.FieldLong:
		return strings.ReplaceAll(strings.ReplaceAll(value, " | ", " — "), "\n", "; ")
	case workflow.FieldText, workflow.FieldEmail, workflow.FieldPhone, workflow.FieldNumber, workflow.FieldOfficers:
	}
	if field.Meaning == workflow.MeansPeriod {
		return parse.PeriodIn(value, s.Lang())
	}
	return value
}

// Expiry words until when a document is valid.
func Expiry(s *session.Session, value string) string {
	if value == workflow.NoExpiry {
		return s.Text("upload.endless")
	}
	return Shown(s, workflow.Field{Type: workflow.FieldDate}, value)
}

// OnButton is the number of characters of an answer that fit a button.
const OnButton = 40

// ShownShort is [Shown], cut to what fits a button.
func ShownShort(s *session.Session, field workflow.Field, value string) string {
	return texts.Cut(Shown(s, field, value), OnButton)
}

// Summary lists answers by the groups of their fields, with their originals in another script.
func Summary(s *session.Session, fields []workflow.Field, answers, originals workflow.Answers) string {
	var b strings.Builder
	group := ""
	for _, field := range fields {
		value := answers[field.Key]
		if value == "" {
			continue
		}
		if g := field.Group.In(s.Lang()); g != group {
			group = g
			b.WriteString("\n" + strings.ToUpper(g) + "\n")
		}
		b.WriteString("• " + field.Label.In(s.Lang()) + ": ")
		if lines := strings.Split(value, "\n"); len(lines) > 1 {
			for _, line := range lines {
				b.WriteString("\n   – " + Shown(s, field, line))
			}
			for line := range strings.Lines(originals[field.Key]) {
				b.WriteString("\n   (" + strings.TrimSpace(line) + ")")
			}
			b.WriteString("\n")
			continue
		}
		b.WriteString(workflow.WithOriginal(Shown(s, field, value), originals[field.Key]) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
