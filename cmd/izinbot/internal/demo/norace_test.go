//go:build !race

package demo

// racing says that the race detector watches, which makes everything slow.
const racing = false
