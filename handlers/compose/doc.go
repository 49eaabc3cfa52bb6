// Package compose holds the forms from which letters are made (steps of the kinds terbitkan,
// koordinasi, draf and rekomendasi).
package compose
