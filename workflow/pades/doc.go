// Package pades puts electronic signatures into finished PDFs and checks them, in the form
// of PAdES (ETSI EN 319 142-1). It knows nothing of cases.
//
// A signature is made in two phases, so that whoever holds the key may be another process
// or a service: [Prepare] appends a signature field with a hole in it and gives the digest
// of everything around the hole; [Prepared.Embed] puts the signature (CMS) into the hole.
// What was there before is never touched: each step is an incremental update. Same input
// and time, same bytes.
//
// The levels of EN 319 142-1 come one after another, each as an increment of its own:
//
//	B-B    Prepare, Key.Sign, Embed
//	B-T    PrepareTimestamp, a token of a time-stamping authority (RFC 3161), Embed
//	B-LT   AddEvidence: certificates, revocation lists, OCSP answers
//	B-LTA  PrepareTimestamp again
//
// An authority that does not answer costs a level, never the signature.
//
// [Verify] tells of each signature who made it, when, and whether the file was changed since. It
// reads files of strangers within bounds, and is meant for the process in which those are opened.
package pades
