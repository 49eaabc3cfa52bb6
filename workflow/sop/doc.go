// Package sop reads a procedure that an office keeps as data, and draws it.
//
// The file is YAML whose rows look like the table of the SOP itself (see
// lks-asing.yaml). An office edits it, so [Parse] is strict and its faults are
// in Indonesian, each with its line and all of them at once. A procedure that
// parses can be run to an end by the engine: every row can be reached, every row
// can still end, and no letter is sent that was not drafted and signed.
//
// Not here: the procedure's types and the meaning of its steps (workflow).
package sop
