package letters

// Typeface gives the letters' two fonts as TrueType files, cut down to what letters may print,
// for other papers of the office.
func Typeface() (plain, strong []byte) {
	fonts := cutFonts()
	return fonts[regular], fonts[bold]
}

// Line makes text fit to print on one line: what the fonts lack is named by its number.
func Line(s string) string { return flat(s) }
