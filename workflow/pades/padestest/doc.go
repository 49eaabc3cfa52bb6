// Package padestest has what tests of signatures need: an office that issues certificates, an
// authority that stamps times, a letter to be signed.
package padestest
