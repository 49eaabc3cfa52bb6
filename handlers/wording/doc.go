// Package wording puts into words what several conversations show: amounts, times, roles,
// files, answers to fields. It asks and changes nothing.
package wording
