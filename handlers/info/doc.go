// Package info answers questions about the service itself: requirements, privacy, contact, and what
// was probably meant by free words.
package info
