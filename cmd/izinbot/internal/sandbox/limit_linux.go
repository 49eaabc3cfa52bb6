package sandbox

import (
	"fmt"
	"syscall"
)

const (
	// slots is the number of children, and so of files inspected at once.
	slots = 2
	// niceness lets the office's own work go first where processors are few (nice(2)).
	niceness = 10
)

// limit restricts this process for good. Data counts what can be written, and so not
// the address space that Go's runtime reserves; memory suffices for a file of 20 MB, a
// JPEG of 200 megapixels and a PNG of 50.
func limit() error { return limitTo(0) }

// limitTo is limit for a child that writes files of at most so many bytes.
func limitTo(output uint64) error {
	for kind, most := range map[int]uint64{
		syscall.RLIMIT_DATA:   maxMemory,
		syscall.RLIMIT_CPU:    uint64(maxCPU.Seconds()),
		syscall.RLIMIT_FSIZE:  output,
		syscall.RLIMIT_CORE:   0,
		syscall.RLIMIT_NOFILE: 16,
	} {
		if err := syscall.Setrlimit(kind, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return fmt.Errorf("limit %d: %w", kind, err)
		}
	}
	if err := syscall.Setpriority(syscall.PRIO_PROCESS, 0, niceness); err != nil {
		return fmt.Errorf("lower the priority: %w", err)
	}
	return nil
}

// attributes keep a child from outliving its office, and from an operator's Ctrl-C,
// which is the office's to answer.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// executable is this very program, also after an update has put another in its place.
func executable() (string, error) { return "/proc/self/exe", nil }
