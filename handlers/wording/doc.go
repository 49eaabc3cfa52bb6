// Package wording puts into words what several conversations show: amounts, times, files,
// answers to fields, the names of roles and networks. It asks and changes nothing.
package wording
