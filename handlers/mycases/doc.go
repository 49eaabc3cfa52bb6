// Package mycases finds a person's own cases, what the office waits for from their applicant, and
// how far they are. What an officer sees of a case belongs into the package tasks.
package mycases
