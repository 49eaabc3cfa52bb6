package inspect

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// maxEnding is the longest ending that is taken for one, in characters: what
// follows the last point of "Surat kuasa Dr. Contoh" is part of the name.
const maxEnding = 10

// FileName gives a file's name the ending of its media type, in place of those
// that it came with: what a computer does with a file when somebody opens it hangs
// on the ending, and a name is the sender's own words. The name of a type that is
// not accepted is left as it is. It is idempotent.
func FileName(name, media string) string {
	ending := endingOf(media)
	if ending == "" {
		return name
	}
	stem := bare(name)
	last := path.Ext(stem)
	if isEnding(last) {
		stem = bare(strings.TrimSuffix(stem, last))
	}
	for isKnownEnding(path.Ext(stem)) { // akta.pdf.exe
		stem = bare(strings.TrimSuffix(stem, path.Ext(stem)))
	}
	if stem == "" {
		stem = "berkas"
	}
	if isDevice(stem) {
		stem = "berkas " + stem
	}
	return stem + ending
}

// endingOf gives the ending of an accepted media type, with its point.
func endingOf(media string) string {
	switch media {
	case "application/pdf":
		return ".pdf"
	case "image/jpeg":
		return ".jpg"
	case "image/png":
		return ".png"
	case "image/webp":
		return ".webp"
	case "image/heic":
		return ".heic"
	}
	return ""
}

// bare takes away what Windows drops from the end of a name, so that it would
// uncover another ending, what hides a file on Unix, and the marks of a stream
// within a file (akta.bat:x) and of a wildcard.
func bare(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:*?"<>|`, r):
			return '_'
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, name)
	return strings.TrimFunc(name, func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
}

// isEnding tells an ending from a name that has a point in it ("SK No.12").
func isEnding(ext string) bool {
	letters := []rune(strings.TrimPrefix(ext, "."))
	return 0 < len(letters) && len(letters) <= maxEnding && slices.ContainsFunc(letters, unicode.IsLetter) &&
		!slices.ContainsFunc(letters, unicode.IsSpace)
}

// isKnownEnding tells the endings that are looked for before the last one.
func isKnownEnding(ext string) bool {
	return slices.Contains(strings.Fields(`
		.pdf .jpg .jpeg .jpe .jfif .png .gif .webp .heic .heif .bmp .tif .tiff .svg .doc .docx .docm .xls .xlsx .xlsm .ppt
		.pptx .pptm .rtf .odt .zip .rar .7z .jar .apk .iso .img .tar .gz .exe .com .scr .pif .bat .cmd .ps1 .msi .msix
		.vbs .vbe .js .jse .wsf .wsh .hta .htm .html .xhtml .mht .chm .lnk .url .desktop .sh .py .reg .cpl .dll .app
		.command .mp4 .txt .xml`), strings.ToLower(ext))
}

// isDevice tells the names that Windows keeps for devices, whatever follows them.
func isDevice(stem string) bool {
	first, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	first = strings.TrimSpace(first)
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}, first) {
		return true
	}
	port, isPort := strings.CutPrefix(first, "COM")
	if !isPort {
		port, isPort = strings.CutPrefix(first, "LPT")
	}
	return isPort && len([]rune(port)) == 1 && strings.Contains("0123456789¹²³", port)
}
