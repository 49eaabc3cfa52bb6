// Package letters draws the output documents of a procedure as PDF: A4, in the
// form of an Indonesian official letter (naskah dinas), with the font embedded.
//
// Drawing is a pure function of the office's configuration, the procedure, the
// case and the letter: the same input gives the same bytes, so that a letter's
// hash can be kept in the case's history. There is no clock here; every date
// printed, and the one inside the PDF, is one that the case holds.
//
// A letter is composed on a canvas, which knows pages, paragraphs and tables and
// nothing about permits. Each kind of letter has one file, named after it, that
// reads like the letter does. The values that the letter's maker filled in are found by
// the keys in keys.go, the applicant's by their meaning, so that another procedure is
// drawn without a change here.
//
// Not here: when a letter is made and who signs it (workflow), storing the PDF
// (casework), certified signatures, which are added to the finished PDF.
package letters
