package inspect

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// wide gives a text as UTF-16.
func wide(text string) string {
	return strings.Join(strings.Split(text, ""), "\x00") + "\x00"
}

func TestMarkupIsRefused(t *testing.T) {
	for _, markup := range []string{
		"<html>", "<HTML\t>", "<html/>", "<!DOCTYPE\thtml>", "<script>x</script>", "<script src=//contoh.example/x></script>", "<ScRiPt\f>", "<script\v>",
		"<iframe src=x>", "<svg onload=alert(1)>", "<svg/onload=alert(1)>", `<svg xmlns="http://www.w3.org/2000/svg">`, "<body onload=alert(1)>",
		"<body\tclass=x ONLOAD = alert(1)>", "<img src=x onerror=alert(1)>", `<img src="x"onerror=alert(1)>`, "<x onclick=alert(1)>", "<object data=x>", "<embed src=x>",
		"<?php phpinfo();", "<?PHP\tphpinfo();", "<?= `id` ?>", "<?=$x?>", "<? system($_GET['contoh']);", "<hta:application id=x>", "<scriptlet>", "<job id=1><script>",
		wide("<html>"), "\x00" + wide("<script src=x>"),
	} {
		for where, content := range map[string][]byte{
			"in a comment of a PDF":   bytes.Replace(makePDF(t, 1), []byte("endobj\n"), []byte("endobj\n%"+markup+"\n"), 1),
			"behind a PDF":            joined(makePDF(t, 1), markup),
			"in a comment of a photo": withComment(makeJPEG(t, 64, 48), markup),
			"behind a photo":          joined(makeJPEG(t, 64, 48), markup),
			"behind a scan":           joined(makePNG(t, 64, 48), "A", markup),
		} {
			if r := look(t, content); r.Problem != TwoFormats {
				t.Errorf("%q %s: problem %q", markup, where, r.Problem)
			}
		}
	}
}

func TestOrdinaryMarkupIsNoSecondFormat(t *testing.T) {
	for _, markup := range []string{
		`<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
			`<rdf:Description rdf:about="" xmp:CreatorTool="Microsoft Word"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Surat CONTOH one = 1</rdf:li></rdf:Alt></dc:title>` +
			`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
		`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"/>`,
		`(<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml" xfa:APIVersion="Acrobat:11.0"><p dir="ltr"><span style="font-size:12pt">CONTOH</span></p></body>)`,
		"(<b>tebal</b> <i>miring</i> a < b <on> = c) Tj", "<FEFF00480054> Tj", "<</S/GoTo>>", "<?=\x01\x02\xff?\x80", "<svg \x00\x91\xfe\x01\x02\xa0\xd3\x80",
	} {
		for where, content := range map[string][]byte{
			"in a PDF":   update(makePDF(t, 1), "<</Type/Metadata/Subtype/XML/Length "+strconv.Itoa(len(markup))+">>\nstream\n"+markup+"\nendstream"),
			"in a photo": withComment(makeJPEG(t, 64, 48), markup),
		} {
			if r := look(t, content); r.Problem != Fine {
				t.Errorf("%q %s: problem %q", markup, where, r.Problem)
			}
		}
	}
	if hasMarkup(random(16 << 20)) {
		t.Error("found in random bytes")
	}
}

// The length of a photo's first segment must not be read as the start of a comment.
func TestPhotoThatIsAScriptIsRefused(t *testing.T) {
	photo := makeJPEG(t, 64, 48)
	for _, start := range []string{"\xff\xd8\xff\xe0/*", "\xff\xd8\xff\xe1/*", "\xff\xd8\xff\xfe/*", "\xff\xd8\xff\xff\xe2/*", "\xff\xd8\xff\xe1//"} {
		length := int(binary.BigEndian.Uint16([]byte(start[len(start)-2:])))
		if r := look(t, joined(start, strings.Repeat("\x00", length-2), photo[2:])); r.Problem != TwoFormats {
			t.Errorf("%q: problem %q", start, r.Problem)
		}
	}
}

// withComment puts a comment segment right behind a JPEG's start marker.
func withComment(photo []byte, text string) []byte {
	length := binary.BigEndian.AppendUint16(nil, uint16(len(text)+2))
	return joined("\xff\xd8\xff\xfe", length, text, photo[2:])
}

// BenchmarkMarkup searches 20 MB of compressed pictures, as a scan has them.
func BenchmarkMarkup(b *testing.B) {
	content := make([]byte, MaxSize)
	_, _ = rand.NewChaCha8([32]byte{}).Read(content)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		hasMarkup(content)
	}
}
