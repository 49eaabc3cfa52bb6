// Package form asks the questions that several conversations share: the fields of a form, one
// after the other, documents with their files, notes. What was answered is kept in a
// [State] that the dialogue embeds, so that the next question is the first one without an answer.
//
// What is done with the answers belongs to the conversation that asks.
package form
