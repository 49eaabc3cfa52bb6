package pdfatest

import (
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
)

func metadataRules() []Rule {
	return []Rule{
		{Clause: "6.6.2.1", Says: "metadata that is plain, well-formed XML", broken: func(d *document, f *faults) {
			s, ok := d.get(d.root["Metadata"]).(stream)
			f.unless(ok && d.xmpErr == nil && s.dict["Filter"] == nil, "stream %v, %v", ok, d.xmpErr)
		}},
		{Clause: "6.6.4", Says: "the claim to be PDF/A-2", broken: func(d *document, f *faults) {
			level := d.xmp["conformance"]
			f.unless(d.xmp["part"] == "2" && (level == "A" || level == "U"), "part %q, conformance %q", d.xmp["part"], level)
		}},
		{Clause: "6.6.3", Says: "the info dictionary and XMP say the same", broken: func(d *document, f *faults) {
			for info, xmp := range map[string]string{"Title": "title", "Author": "creator", "Producer": "Producer", "CreationDate": "CreateDate", "ModDate": "ModifyDate"} {
				got := decoded(d.text(d.info[info]))
				if strings.HasSuffix(info, "Date") {
					got = isoDate(got)
				}
				if got == "" || got != d.xmp[xmp] {
					f.addf("%s is %q and %q", info, got, d.xmp[xmp])
				}
			}
		}},
		{Clause: "PDF 7.9.4", Says: "dates with their zone", broken: func(d *document, f *faults) {
			date := d.text(d.info["CreationDate"])
			f.unless(regexp.MustCompile(`^D:\d{14}[+-]\d\d'\d\d$`).MatchString(date), "%q", date)
		}},
		{Clause: "PDF 12.2", Says: "the window shows the title", broken: func(d *document, f *faults) {
			f.unless(d.dict(d.root["ViewerPreferences"])["DisplayDocTitle"] == true, "it does not")
		}},
		{Clause: "6.7.4", Says: "a language", broken: func(d *document, f *faults) {
			lang := decoded(d.text(d.root["Lang"]))
			f.unless(regexp.MustCompile(`^[a-z]{2}(-[A-Z]{2})?$`).MatchString(lang) && lang == d.xmp["language"], "%q and %q", lang, d.xmp["language"])
		}},
		{Clause: "6.2.3", Says: "one output intent with an RGB profile", broken: outputIntent},
	}
}

// outputIntent checks the header of the colour profile (ICC.1, 7.2).
func outputIntent(d *document, f *faults) {
	intents := d.array(d.root["OutputIntents"])
	if len(intents) != 1 {
		f.addf("%d of them", len(intents))
		return
	}
	intent := d.dict(intents[0])
	profile, _ := d.get(intent["DestOutputProfile"]).(stream)
	b := profile.data
	if len(b) < 128 {
		f.addf("no profile")
		return
	}
	ok := intent["S"] == name("GTS_PDFA1") && intent["OutputConditionIdentifier"] != nil && profile.dict["N"] == 3.0 &&
		binary.BigEndian.Uint32(b) == uint32(len(b)) && b[8] < 5 &&
		(string(b[12:16]) == "mntr" || string(b[12:16]) == "prtr") && string(b[16:20]) == "RGB " && string(b[36:40]) == "acsp"
	f.unless(ok, "%v, header %q", intent, b[:40])
}

// decoded gives the text of a text string.
func decoded(s string) string {
	rest, ok := strings.CutPrefix(s, "\xFE\xFF")
	if !ok {
		return s
	}
	units := make([]uint16, len(rest)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16([]byte(rest[2*i:]))
	}
	return string(utf16.Decode(units))
}

// isoDate writes D:20261123094000+07'00 as XMP does.
func isoDate(s string) string {
	m := regexp.MustCompile(`^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-]\d\d)'(\d\d)$`).FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return m[1] + "-" + m[2] + "-" + m[3] + "T" + m[4] + ":" + m[5] + ":" + m[6] + m[7] + ":" + m[8]
}
