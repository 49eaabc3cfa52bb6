package form

import (
	"slices"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// expiryOf are the keys under which it is noted in which messages dates of expiry were typed.
const expiryOf session.Keyed[workflow.DocCode] = "expiry"

// Change reads the new text of the message that said until when a document is valid. See
// [session.Changer].
func (u Uploads) Change(s *session.Session, d *UploadState, key, text string) (c session.Change, ok bool) {
	code, ok := expiryOf.Parse(key)
	i := slices.IndexFunc(u.Asked, func(doc workflow.DocDef) bool { return doc.Code == code })
	now := d.expiry(code)
	if !ok || i < 0 || now == nil || *now == "" {
		return c, false
	}
	c = session.Change{Label: s.Text("upload.until", "code", string(code)), Now: *now, Old: wording.Expiry(s, *now)}
	value, problem := u.expiry(s, u.Asked[i], session.Input{Text: text})
	if problem != "" {
		s.SayText(problem)
		return c, true
	}
	c.Value, c.New = value, wording.Expiry(s, value)
	return c, true
}

// SetExpiry notes until when a document is valid that is there; false for another key.
func (d *UploadState) SetExpiry(key, value string) bool {
	code, ok := expiryOf.Parse(key)
	if now := d.expiry(code); now != nil {
		*now = value
	}
	return ok
}

// expiry gives the place of a document's date of expiry; nil if the document is not there.
func (d *UploadState) expiry(code workflow.DocCode) *string {
	for i := range d.Documents {
		if d.Documents[i].Code == code {
			return &d.Documents[i].Expiry
		}
	}
	if d.Doc == code && code != "" {
		return &d.Expiry
	}
	return nil
}
