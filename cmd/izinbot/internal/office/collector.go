package office

import "runtime/debug"

const (
	// collectorPercent is by how much the heap may grow before it is collected. The
	// office has little in use, so at Go's own 100 % it would be collected after
	// every few hundred messages, for a tenth of all processor time. Under full load
	// 195 MB of memory were seen instead of 176.
	collectorPercent = 400
	// collectorLimit is from how many bytes on memory counts more than time.
	collectorLimit = 1 << 29
)

// EaseCollector has the process collect its garbage less often, unless the operator
// has said how by Go's own variables GOGC and GOMEMLIMIT.
func EaseCollector(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(collectorPercent)
	}
	if getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(collectorLimit)
	}
}
