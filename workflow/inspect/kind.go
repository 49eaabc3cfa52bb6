package inspect

import (
	"bytes"
	"net/http"
	"strings"
)

// Kind is the recognised format of a file. Kinds that are not accepted are told apart as far as
// the advice to the sender differs.
type Kind string

// The kinds.
const (
	PDF     Kind = "pdf"
	JPEG    Kind = "jpeg"
	PNG     Kind = "png"
	HEIC    Kind = "heic"    // what iPhones take
	WebP    Kind = "webp"    // pictures of web pages and chat programs
	Picture Kind = "picture" // GIF, BMP, TIFF, SVG, AVIF
	Office  Kind = "office"  // Word, Excel, PowerPoint, OpenDocument, RTF
	Archive Kind = "archive" // ZIP, RAR, 7z, gzip
	Program Kind = "program" // anything that a machine would run
	Video   Kind = "video"
	Audio   Kind = "audio"
	Text    Kind = "text"    // plain text, HTML, XML
	Mixed   Kind = "mixed"   // two kinds in one: a PDF behind a script, a picture that is a script
	Unknown Kind = "unknown" // none of these, and files of 0 bytes
)

// sniffLen is the length from the beginning of a file in which its kind is looked for. Readers of PDF allow
// for rubbish of up to 1024 bytes before the header (ISO 32000-1, annex H.3.4.1).
// Here that may be white space alone: rubbish is where a script would stand.
const sniffLen = 1024

// whiteSpace may stand before a PDF's header, as may a byte order mark.
const whiteSpace = "\t\n\f\r "

// kindOf recognises a file by its first bytes. Programs come first, so that one
// with a PDF hidden in it is not taken for a PDF.
func kindOf(content []byte) Kind {
	if len(content) == 0 {
		return Unknown
	}
	for _, s := range signatures() {
		if hasAt(content, s.offset, s.magic) {
			return s.kind
		}
	}
	head := content[:min(len(content), sniffLen)]
	switch {
	case hasAt(content, 0, "RIFF") && hasAt(content, 8, "WEBP"):
		return WebP
	case hasAt(content, 4, "ftyp"):
		return kindOfMovie(content)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return kindOfZip(content)
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), whiteSpace), []byte("%PDF-")):
		return PDF
	case bytes.Contains(head, []byte("%PDF-")), isScriptGIF(content):
		return Mixed
	case bytes.Contains(head, []byte("<svg")):
		return Picture
	}
	return kindByMedia(http.DetectContentType(content))
}

type signature struct {
	offset int
	magic  string
	kind   Kind
}

func signatures() []signature {
	return append(archives(), []signature{
		{0, "MZ", Program},               // Windows
		{0, "\x7fELF", Program},          // Linux, Android
		{0, "\xcf\xfa\xed\xfe", Program}, // macOS
		{0, "\xca\xfe\xba\xbe", Program}, // Java, macOS universal
		{0, "#!", Program},               // script
		// The same, long enough to be looked for anywhere.
		{0, "MZ\x90\x00\x03\x00\x00\x00", Program},
		{0, "\x7fELF\x01\x01\x01", Program},
		{0, "\x7fELF\x02\x01\x01", Program},
		{0, "\xcf\xfa\xed\xfe\x07\x00\x00\x01", Program},
		{0, "\xcf\xfa\xed\xfe\x0c\x00\x00\x01", Program},
		{0, "\xca\xfe\xba\xbe\x00\x00\x00", Program},
		{0, "#!/bin/", Program},
		{0, "#!/usr/", Program},
		{0, "\xff\xd8\xff", JPEG},
		{0, "\x89PNG\r\n\x1a\n", PNG},
		{0, "II*\x00", Picture}, // TIFF
		{0, "MM\x00*", Picture}, // TIFF
		{0, "{\\rtf", Office},
		{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Office},
		{0, "\xd0\xcf\x11\xe0", Office}, // Word, Excel, PowerPoint up to 2003
	}...)
}

// archives gives the signatures of archives, images of discs, and what Windows opens
// as such or as a program.
func archives() []signature {
	return []signature{
		{0, "7z\xbc\xaf\x27\x1c", Archive},
		{0, "Rar!\x1a\x07", Archive},
		{0, "MSCF\x00\x00\x00\x00", Archive},
		{0, "MSWIM\x00\x00\x00", Archive},
		{0, "\xfd7zXZ\x00", Archive},
		{0, "BZh", Archive},
		{4, "1AY&SY", Archive},           // bzip2 again, long enough to be looked for anywhere
		{0, "\x28\xb5\x2f\xfd", Archive}, // Zstandard
		{0, "!<arch>\n", Archive},
		{2, "-lh", Archive},
		{2, "-lz", Archive},
		{7, "**ACE**", Archive},
		{0, "conectix", Archive}, // VHD
		{0, "vhdxfile", Archive},
		{0, "koly\x00\x00\x00\x04", Archive},          // DMG
		{0, "L\x00\x00\x00\x01\x14\x02\x00", Program}, // shortcut
		{0, "ITSF\x03\x00\x00\x00", Program},          // help file
	}
}

// discs gives the signatures that stand far from the start, where a file of another
// kind may have anything.
func discs() []signature {
	return []signature{
		{257, "ustar\x0000", Archive},
		{257, "ustar  \x00", Archive},
		{0x8001, "CD001\x01", Archive},
	}
}

// isScriptGIF finds the GIF that is a script too: a width that, read as text, opens
// a comment or an assignment.
func isScriptGIF(content []byte) bool {
	return hasAt(content, 0, "GIF8") && (hasAt(content, 6, "/*") || hasAt(content, 6, "="))
}

func hasAt(content []byte, offset int, magic string) bool {
	return len(content) >= offset && bytes.HasPrefix(content[offset:], []byte(magic))
}

// IsHEIC tells whether a file is a picture as iPhones take them.
func IsHEIC(content []byte) bool { return kindOf(content) == HEIC }

// kindOfMovie tells the users of the ISO base media format apart by their brand.
func kindOfMovie(content []byte) Kind {
	if len(content) < 12 {
		return Video
	}
	switch string(content[8:12]) {
	case "heic", "heix", "hevc", "heim", "heis", "mif1", "msf1":
		return HEIC
	case "avif", "avis":
		return Picture
	case "M4A ", "M4B ":
		return Audio
	}
	return Video
}

// kindOfZip tells office documents and Android programs from plain archives by
// the names of their parts, which stand uncompressed in the file.
func kindOfZip(content []byte) Kind {
	names := []struct {
		part string
		kind Kind
	}{
		{"AndroidManifest.xml", Program},
		{"META-INF/MANIFEST.MF", Program},
		{"[Content_Types].xml", Office},
		{"mimetypeapplication/vnd.oasis.opendocument", Office},
	}
	for _, n := range names {
		if bytes.Contains(content, []byte(n.part)) {
			return n.kind
		}
	}
	return Archive
}

func kindByMedia(media string) Kind {
	switch {
	case strings.HasPrefix(media, "image/"):
		return Picture
	case strings.HasPrefix(media, "video/"):
		return Video
	case strings.HasPrefix(media, "audio/"), media == "application/ogg":
		return Audio
	case strings.HasPrefix(media, "text/"):
		return Text
	case strings.Contains(media, "zip"), strings.Contains(media, "rar"):
		return Archive
	}
	return Unknown
}
