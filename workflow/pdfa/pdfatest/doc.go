// Package pdfatest checks whether a PDF keeps the rules of PDF/A-2 (ISO 19005-2) that a
// program can decide: those of [Rules], each with its clause. It reads the file with
// pdfcpu, which has no part in making it. It does not replace veraPDF, which knows all
// rules (see make verapdf).
package pdfatest
