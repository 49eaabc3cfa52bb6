// Package registers gives the office's books as rows: which letters went out, which permits
// were numbered, what was handed over, which applications came in, what was asked for again.
// It is a projection of the store: nothing is kept for it, and the same store gives the same
// rows. Package sheets, below, writes them as PDF, XLSX and CSV.
//
// A book that numbers letters has a row for every number that was reserved in the period, void
// ones and those of no letter too. The other books have a row for what was done in the period,
// which milestones lead to.
//
// Words are Indonesian: the books are the office's papers, as its letters are.
package registers
