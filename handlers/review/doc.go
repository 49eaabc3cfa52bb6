// Package review holds the check of an application's documents (steps of the kind periksa), and the
// reopening of a case that was closed unanswered.
package review
