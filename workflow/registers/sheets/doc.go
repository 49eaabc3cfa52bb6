// Package sheets writes the office's books: as PDF to print and sign, as XLSX to work with, and
// as CSV for other programs. The same rows give the same bytes.
package sheets
