// Package picture unpacks the pictures that people send, made small and upright, within
// bounded memory.
package picture
