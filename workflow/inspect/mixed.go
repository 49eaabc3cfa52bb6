package inspect

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// A file may be valid as two things at once: a PDF that ends in an archive, a
// picture that begins a script. What opens it decides what it is, so such a file is
// refused. What is normal at the end of a file is let through: blank padding,
// incremental updates of a PDF (signatures, e-meterai), and what cameras put behind
// a picture (further JPEGs, a short film, the maker's own block).

// mixed tells whether a file of an accepted kind holds a second format.
func mixed(kind Kind, content []byte) bool {
	if hasArchive(content) || hasDisc(content) || hasMarkup(content) {
		return true
	}
	switch kind { //nolint:exhaustive // only the accepted kinds come here
	case PDF:
		return foreignRevision(content)
	case JPEG:
		_, end := scanJPEG(content)
		foreign := end > 0 && foreignTail(content[end:]) || end == 0 && hides(content[2:])
		return bytes.Contains(content, []byte("%PDF-")) || commented(content) || foreign
	case WebP:
		return bytes.Contains(content, []byte("%PDF-")) || hides(content)
	default:
		end := endOfPNG(content)
		return bytes.Contains(content, []byte("%PDF-")) || end > 0 && foreignTail(content[end:])
	}
}

// hasArchive finds archives where their readers do: a ZIP by the record at its end,
// which may have 64 KB of comment behind it, others by their signature.
func hasArchive(content []byte) bool {
	for _, magic := range []string{"Rar!\x1a\x07\x00", "Rar!\x1a\x07\x01\x00", "7z\xbc\xaf\x27\x1c\x00", "MSCF\x00\x00\x00\x00"} {
		if bytes.Contains(content, []byte(magic)) {
			return true
		}
	}
	const record = 22 // bytes of the end record without its comment
	start := max(0, len(content)-record-0xffff-1024)
	tail := content[start:]
	for {
		i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
		if i < 0 {
			return false
		}
		before := content[:start+i]
		if len(tail)-i >= record && (hasDirectory(before, tail[i:]) || hasLocator(before)) {
			return true
		}
		tail = tail[:i]
	}
}

// hasDirectory tells whether a ZIP's end record follows the directory that it
// names. An offset that counts from the archive's start, not the file's, is usual.
func hasDirectory(before, record []byte) bool {
	size := int64(binary.LittleEndian.Uint32(record[12:]))
	if size == 0 || size > int64(len(before)) {
		return false
	}
	entry := []byte("PK\x01\x02")
	if bytes.HasPrefix(before[int64(len(before))-size:], entry) {
		return true
	}
	offset := int64(binary.LittleEndian.Uint32(record[16:]))
	return offset < int64(len(before)) && bytes.HasPrefix(before[offset:], entry)
}

// hasLocator tells whether a ZIP's end record stands behind a locator of ZIP64, in
// place of whose numbers the end record may have fillers.
func hasLocator(before []byte) bool {
	const locator = 20 // bytes
	return len(before) >= locator && bytes.HasPrefix(before[len(before)-locator:], []byte("PK\x06\x07"))
}

// hasDisc finds a tar archive and a disc image, whose marks stand at fixed places.
func hasDisc(content []byte) bool {
	return hasAt(content, 257, "ustar") || hasAt(content, 0x8001, "CD001")
}

// commented finds the JPEG that is a script too: a first segment whose length, read
// as text, opens a comment. An honest block of EXIF has such a length once in 30 000.
func commented(content []byte) bool {
	segment := bytes.TrimPrefix(content, []byte("\xff\xd8"))
	for len(segment) > 0 && segment[0] == markerStart { // and fill bytes
		segment = segment[1:]
	}
	return hasAt(segment, 1, "/*") || hasAt(segment, 1, "//")
}

// strayText tells whether a PDF's header line has more on it than the version, or is
// followed by anything but comments and the first object: by the lines of a script,
// say. A comment there has no mark-up and no operator of a shell.
func strayText(content []byte) bool {
	rest := bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), whiteSpace)
	header, rest := cutLine(rest)
	if !plainHeader(header) {
		return true
	}
	for {
		rest = bytes.TrimLeft(rest, "\x00"+whiteSpace)
		if len(rest) == 0 || rest[0] != '%' {
			return len(rest) > 0 && !startsObject(rest)
		}
		var comment []byte
		if comment, rest = cutLine(rest); suspicious(comment) {
			return true
		}
	}
}

func cutLine(text []byte) (line, rest []byte) {
	end := bytes.IndexAny(text, "\r\n")
	if end < 0 {
		return text, nil
	}
	return text[:end], text[end:]
}

// plainHeader allows a version and the bytes above ASCII that some programs put on
// the same line.
func plainHeader(line []byte) bool {
	for _, c := range bytes.TrimPrefix(line, []byte("%PDF-")) {
		if c < 0x80 && !strings.ContainsRune("0123456789.% \t\f\x00", rune(c)) {
			return false
		}
	}
	return true
}

// suspicious finds the operators of a shell and the start of XML in a comment.
func suspicious(comment []byte) bool {
	return bytes.ContainsAny(comment, "&|") || bytes.Contains(comment, []byte("<?")) || bytes.Contains(comment, []byte("<!"))
}

// startsObject tells whether the body of a PDF goes on: with an object or a
// cross-reference table.
func startsObject(text []byte) bool {
	for _, start := range []string{"xref", "trailer", "startxref"} {
		if bytes.HasPrefix(text, []byte(start)) {
			return true
		}
	}
	return len(text) > 0 && '0' <= text[0] && text[0] <= '9'
}
