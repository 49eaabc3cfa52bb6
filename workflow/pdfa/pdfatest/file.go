package pdfatest

import (
	"bytes"
	"regexp"
	"strings"
)

func fileRules() []Rule {
	return []Rule{
		{Clause: "6.1.2", Says: "header and a comment of four bytes above 127", broken: func(d *document, f *faults) {
			ok := regexp.MustCompile(`^%PDF-1\.[0-7]\n%[\x80-\xFF]{4}`).Match(latin1(d.raw))
			f.unless(ok, "begins with %q", d.raw[:min(16, len(d.raw))])
		}},
		{Clause: "6.1.3", Says: "an identifier", broken: func(d *document, f *faults) {
			id := d.array(d.trailer["ID"])
			ok := len(id) == 2 && len(d.text(id[0])) >= 16 && len(d.text(id[1])) >= 16
			f.unless(ok, "ID is %q", id)
		}},
		{Clause: "6.1.3", Says: "no encryption", broken: func(d *document, f *faults) {
			f.unless(d.trailer["Encrypt"] == nil, "encrypted")
		}},
		{Clause: "6.1.3", Says: "nothing after the end", broken: func(d *document, f *faults) {
			f.unless(bytes.HasSuffix(d.raw, []byte("\n%%EOF\n")), "ends with %q", d.raw[max(0, len(d.raw)-12):])
		}},
		{Clause: "6.1.4", Says: "a plain cross-reference table", broken: func(d *document, f *faults) {
			_, table, ok := bytes.Cut(d.raw, []byte("\nxref\n0 "))
			table, _, closed := bytes.Cut(table, []byte("trailer\n"))
			_, rows, _ := bytes.Cut(table, []byte("\n"))
			f.unless(ok && closed && len(rows)%20 == 0, "not found, or not of 20 bytes a row")
		}},
		{Clause: "6.1.7.2", Says: "only filters that are free and need no other file", broken: func(d *document, f *faults) {
			free := map[name]bool{"FlateDecode": true, "DCTDecode": true}
			for at, o := range d.objects {
				s, ok := o.(stream)
				if filter, _ := s.dict["Filter"].(name); ok && (s.dict["Filter"] != nil && !free[filter] || s.dict["F"] != nil) {
					f.addf("object %d: filter %v, file %v", at, s.dict["Filter"], s.dict["F"])
				}
			}
		}},
		{Clause: "6.1.13", Says: "strings and names within the limits", broken: func(d *document, f *faults) {
			d.each(func(at ref, n dict) {
				for key, v := range n {
					s, _ := v.(string)
					word, _ := v.(name)
					if len(s) > 32767 || len(word) > 127 || len(key) > 127 {
						f.addf("object %d: %.40s", at, key)
					}
				}
			})
		}},
		{Clause: "6.2.5", Says: "no transfer functions or halftones", broken: forbidden("TR", "TR2", "HTP", "HT")},
		{Clause: "6.2.8", Says: "no alternate, print-shop or interpolated pictures", broken: forbidden("Alternates", "OPI", "Interpolate")},
		{Clause: "6.2.9", Says: "no PostScript and no pages of other files", broken: forbidden("PS", "Ref")},
		{Clause: "6.2.10", Says: "no transparency", broken: forbidden("SMask", "Group", "ca", "CA", "BM")},
		{Clause: "6.4", Says: "no form that a program draws", broken: forbidden("XFA", "NeedsRendering", "NeedAppearances")},
		{Clause: "6.4.1", Says: "fields are those of signatures, and do nothing", broken: func(d *document, f *faults) {
			for _, field := range d.array(d.dict(d.root["AcroForm"])["Fields"]) {
				n := d.dict(field)
				f.unless(n["FT"] == name("Sig") && n["A"] == nil && n["AA"] == nil && n["Kids"] == nil, "%v", n)
			}
		}},
		{Clause: "6.1.12", Says: "permissions are those of a signature, without a digest of their own", broken: func(d *document, f *faults) {
			permissions := d.dict(d.root["Perms"])
			for key := range permissions {
				f.unless(key == "DocMDP" || key == "UR3", "/%s", key)
			}
			for _, r := range d.array(d.dict(permissions["DocMDP"])["Reference"]) {
				n := d.dict(r)
				f.unless(n["DigestMethod"] == nil && n["DigestValue"] == nil && n["DigestLocation"] == nil, "%v", n)
			}
		}},
		{Clause: "6.5", Says: "no actions and scripts", broken: forbidden("AA", "OpenAction", "JavaScript", "JS")},
		{Clause: "6.8", Says: "no attached files", broken: forbidden("EmbeddedFiles", "EF")},
		{Clause: "6.9", Says: "no layers", broken: forbidden("OCProperties", "OC")},
		{Clause: "6.10", Says: "no alternate presentations", broken: forbidden("AlternatePresentations", "PresSteps")},
		{Clause: "6.11", Says: "no requirements", broken: forbidden("Requirements")},
	}
}

// forbidden is a rule against dictionaries with some keys. In general a few of them may be there
// in some form; ours have none of them.
func forbidden(keys ...string) func(*document, *faults) {
	return func(d *document, f *faults) {
		d.each(func(at ref, n dict) {
			for _, key := range keys {
				if n[key] != nil {
					f.addf("object %d has /%s", at, key)
				}
			}
		})
	}
}

// text is a string object's bytes.
func (d *document) text(v any) string {
	s, _ := d.get(v).(string)
	return s
}

// latin1 makes each byte a character, for regular expressions over bytes.
func latin1(b []byte) []byte {
	var out strings.Builder
	for _, c := range b[:min(16, len(b))] {
		out.WriteRune(rune(c))
	}
	return []byte(out.String())
}
