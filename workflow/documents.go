package workflow

import (
	"slices"
	"strings"
	"time"
)

// NoExpiry is the [Document.Expiry] of a paper that is valid without an end.
const NoExpiry = "none"

// checkDocuments gives the documents in checklist order, without verdicts.
func (t *transition) checkDocuments(sent []Document) ([]Document, error) {
	var out []Document
	for _, def := range t.def.Documents {
		i := slices.IndexFunc(sent, func(d Document) bool { return d.Code == def.Code })
		if i < 0 {
			continue
		}
		d := sent[i]
		if len(d.Files) == 0 {
			return nil, Refuse(CodeIncomplete, string(d.Code))
		}
		if !def.Expires {
			d.Expiry = ""
		} else if _, err := time.Parse(time.DateOnly, d.Expiry); err != nil && d.Expiry != NoExpiry {
			return nil, Refuse(CodeInvalid, string(d.Code))
		}
		d.Verdict, d.Sent = nil, t.now
		out = append(out, d)
	}
	if len(out) != len(sent) {
		return nil, Refuse(CodeInvalid, "documents")
	}
	return out, nil
}

// missing lists the required documents that are not there.
func (t *transition) missing(form Answers, documents []Document) []DocCode {
	var out []DocCode
	for _, def := range t.def.Required(form) {
		there := slices.ContainsFunc(documents, func(d Document) bool { return d.Code == def.Code && len(d.Files) > 0 })
		if !there {
			out = append(out, def.Code)
		}
	}
	return out
}

// Asked lists the documents that a clarification asks for: those found wrong and
// those required but missing, in checklist order.
func (c Case) Asked(def *SOP) []DocCode {
	t := &transition{def: def, c: c}
	missing := t.missing(c.Form, c.Documents)
	var out []DocCode
	for _, d := range def.Documents {
		sent, ok := c.Document(d.Code)
		if ok && sent.Verdict != nil && !sent.Verdict.OK || slices.Contains(missing, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}

// putDocument adds or replaces a document, keeping checklist order.
func (t *transition) putDocument(d Document) {
	rank := func(code DocCode) int {
		return slices.IndexFunc(t.def.Documents, func(def DocDef) bool { return def.Code == code })
	}
	i, found := slices.BinarySearchFunc(t.c.Documents, d.Code, func(e Document, code DocCode) int {
		return rank(e.Code) - rank(code)
	})
	if found {
		t.c.Documents[i] = d
		return
	}
	t.c.Documents = slices.Insert(t.c.Documents, i, d)
}

func joinCodes(codes []DocCode) string {
	s := make([]string, len(codes))
	for i, c := range codes {
		s[i] = string(c)
	}
	return strings.Join(s, ", ")
}
