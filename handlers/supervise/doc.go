// Package supervise holds the work of leaders and the Front Office: late cases, search, history,
// recap, handing tasks over, calls to people whom no message reaches.
package supervise
