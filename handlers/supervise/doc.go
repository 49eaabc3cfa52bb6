// Package supervise is what leaders and the Front Office look after: late cases, search, history,
// recap, handing tasks over, calls to people whom no message reaches.
package supervise
