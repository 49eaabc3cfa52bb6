// Package pdfa turns what fpdf writes into PDF/A-2 (ISO 19005-2), the form of PDF for
// archives: level A with tags, level U without.
//
// It works in two places. While pages are drawn, [Tags] puts marks around what is drawn
// and remembers the tree of headings, paragraphs, lists, tables and figures that the
// marks belong to. After that [Finish] takes the file apart into its objects, replaces
// those that the standard asks more of (catalog, info, pages, fonts), adds the tree, the
// metadata and the colour profile, and writes it anew.
//
// Finish knows the layout of fpdf's output: plain objects, one cross-reference table, fonts
// added by AddUTF8FontFromBytes. What it does not find is an error, so a new version of
// fpdf is noticed by the first letter drawn. The result is plain too (no object streams),
// so that a signature can be put in by an incremental update. There is no clock and no
// chance: same input, same bytes.
package pdfa
