// Package inspect tells what an uploaded file is, from its content and never
// from its name, and whether the office can read it.
//
// What it finds is facts and codes; the sentences for people are in the message
// catalogue, one for each [Problem] (and for each [Kind] that is not accepted).
package inspect
