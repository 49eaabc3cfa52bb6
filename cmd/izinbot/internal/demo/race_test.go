//go:build race

package demo

// slowdown is how much longer things may take under the race detector.
const slowdown = 15
