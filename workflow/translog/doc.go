// Package translog is a transparency log: an append-only list of entries that one hash binds,
// as RFC 6962 defines it, with checkpoints that a key signs. Whoever keeps a checkpoint can tell
// later whether what it covers is still in the log, in its place and unchanged.
//
// Checkpoints and proofs have the forms of C2SP (tlog-checkpoint, signed-note, tlog-proof), so that
// programs of others check them. The package knows neither what entries mean nor where they
// are kept.
package translog
