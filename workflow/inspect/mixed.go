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
		end := bytes.LastIndex(content, []byte("%%EOF"))
		return end >= 0 && foreignTail(content[end+len("%%EOF"):])
	case JPEG:
		_, end := scanJPEG(content)
		return bytes.Contains(content, []byte("%PDF-")) || commented(content) || end > 0 && foreignTail(content[end:])
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
	tail := content[max(0, len(content)-record-0xffff-1024):]
	for {
		i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
		if i < 0 {
			return false
		}
		if len(tail)-i >= record && hasDirectory(content[:len(content)-len(tail)+i], tail[i:]) {
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

// hasDisc finds a tar archive and a disc image, whose marks stand at fixed places.
func hasDisc(content []byte) bool {
	return hasAt(content, 257, "ustar") || hasAt(content, 0x8001, "CD001")
}

// hasMarkup finds pages and scripts that Windows or a browser runs wherever they
// begin in a file.
func hasMarkup(content []byte) bool {
	for i := 0; ; i++ {
		next := bytes.IndexByte(content[i:], '<')
		if next < 0 {
			return false
		}
		i += next
		word := strings.ToLower(string(content[i+1 : min(i+1+16, len(content))]))
		for _, tag := range []string{"html>", "html ", "html\n", "html\r", "!doctype html", "hta:application", "?php ", "?php\n", "?php\r", "scriptlet>", "script>", "script language"} {
			if strings.HasPrefix(word, tag) {
				return true
			}
		}
	}
}

// commented finds the JPEG that is a script too: a first segment whose length, read
// as text, opens a comment.
func commented(content []byte) bool {
	return hasAt(content, 0, "\xff\xd8\xff\xe0/*")
}

// foreignTail tells whether what stands behind a file's end is a file of its own
// that a machine would run or unpack.
func foreignTail(tail []byte) bool {
	tail = bytes.TrimLeft(tail, "\x00\t\n\f\r ")
	switch kindOf(tail) { //nolint:exhaustive // the others are pictures, films, and remains of the network
	case Program, Archive, Office, PDF:
		return true
	default:
		return false
	}
}

// strayText tells whether a PDF's header is followed by anything but comments and
// its first object: by the lines of a script, say.
func strayText(content []byte) bool {
	rest := bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), whiteSpace)
	for {
		rest = bytes.TrimLeft(rest, "\x00"+whiteSpace)
		if len(rest) == 0 {
			return false
		}
		if rest[0] != '%' {
			break
		}
		line := bytes.IndexAny(rest, "\r\n")
		if line < 0 {
			return false
		}
		rest = rest[line:]
	}
	for _, start := range []string{"xref", "trailer", "startxref"} {
		if bytes.HasPrefix(rest, []byte(start)) {
			return false
		}
	}
	return rest[0] < '0' || rest[0] > '9'
}
