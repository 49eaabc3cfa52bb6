// Package apply holds the conversations in which an applicant fills in and sends an application, and
// completes it after a clarification (SOP steps 1 and 2).
package apply
