package inspect

import (
	"bytes"
	"encoding/binary"
	"slices"
)

const (
	maxRemains   = 256  // bytes of a transfer that may be left behind a PDF
	maxRevisions = 1000 // of a PDF; honest ones have a few
	maxJunk      = 16   // places at a tail's start where the short signatures are looked for
	dmgTrailer   = 512  // bytes at the end of an image of a disc for macOS
	longMagic    = 6    // bytes from which a signature is no accident in megabytes of film
)

// foreignRevision tells whether a PDF's end is followed by something else: behind the
// last %%EOF only blanks, remains of a transfer or a further revision that was cut
// off may stand, behind an earlier one no file of another kind.
func foreignRevision(content []byte) bool {
	for revision := range maxRevisions {
		end := bytes.LastIndex(content, []byte("%%EOF"))
		if end < 0 {
			return false
		}
		tail := bytes.TrimLeft(content[end+len("%%EOF"):], "\x00"+whiteSpace)
		if revision == 0 && !isRemains(tail) && (!isUpdate(tail) || hasSignature(tail)) {
			return true
		}
		if slices.Contains([]Kind{Program, Archive, Office}, kindOf(tail)) {
			return true
		}
		content = content[:end]
	}
	return true
}

// isUpdate tells whether a further revision begins: with a whole object's head or a
// cross-reference table.
func isUpdate(tail []byte) bool {
	const head = 64 // bytes in which an object's numbers stand
	words := bytes.Fields(tail[:min(len(tail), head)])
	if len(words) < 3 || !startsObject(words[0]) {
		return false
	}
	return bytes.HasPrefix(words[2], []byte("obj")) || slices.Contains([]string{"xref", "trailer", "startxref"}, string(words[0]))
}

// isRemains knows the remains of a transfer: lengths of chunks, boundaries of parts,
// the end mark of CP/M.
func isRemains(tail []byte) bool {
	tail = bytes.Trim(tail, "\x00\x1a"+whiteSpace)
	if len(tail) > maxRemains {
		return false
	}
	for word := range bytes.FieldsSeq(tail) {
		isLength := len(word) <= 8 && len(bytes.Trim(word, "0123456789abcdefABCDEF")) == 0
		isBoundary := bytes.HasPrefix(word, []byte("--")) && !slices.ContainsFunc(word, isNoBoundary)
		if !isLength && !isBoundary {
			return false
		}
	}
	return true
}

// isNoBoundary follows RFC 2046, 5.1.1.
func isNoBoundary(c byte) bool {
	return !isLetter(c) && !bytes.ContainsRune([]byte("0123456789'()+_,-./:=?"), rune(c))
}

// foreignTail tells whether behind a picture's end stands a file that a machine
// would run or unpack. Cameras put more behind it than can be listed, so that
// everything else is let through.
func foreignTail(tail []byte) bool {
	tail = bytes.TrimLeft(tail, "\x00"+whiteSpace)
	for i := range min(maxJunk, len(tail)) {
		if isForeign(kindOf(tail[i:])) {
			return true
		}
	}
	return hides(tail) || bytes.HasPrefix(tail[max(0, len(tail)-dmgTrailer):], []byte("koly"))
}

// hides finds programs and archives wherever they begin.
func hides(content []byte) bool { return hasSignature(content) || hasWindowsProgram(content) }

// isForeign leaves out pictures and films, which cameras append, and text.
func isForeign(kind Kind) bool {
	return slices.Contains([]Kind{Program, Archive, Office, PDF, Mixed}, kind)
}

// hasSignature finds the long signatures wherever they stand.
func hasSignature(tail []byte) bool {
	for _, s := range append(signatures(), discs()...) {
		if len(s.magic) >= longMagic && isForeign(s.kind) && bytes.Contains(tail, []byte(s.magic)) {
			return true
		}
	}
	return false
}

// hasWindowsProgram finds a program by the header to which the one at its start
// points.
func hasWindowsProgram(tail []byte) bool {
	const pointer, header = 0x3c, 4 // where it stands; its bytes
	for {
		i := bytes.Index(tail, []byte("MZ"))
		if i < 0 || len(tail)-i < pointer+header {
			return false
		}
		at := binary.LittleEndian.Uint32(tail[i+pointer:])
		if at <= MaxSize && hasAt(tail[i:], int(at), "PE\x00\x00") {
			return true
		}
		tail = tail[i+len("MZ"):]
	}
}
