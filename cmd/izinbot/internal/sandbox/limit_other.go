//go:build !linux

package sandbox

import (
	"os"
	"syscall"
)

// slots is the number of files inspected at once: one, where the system sets no
// limits, and it is held until the parser has really ended.
const slots = 1

func limit() error { return nil }

func limitTo(uint64) error { return nil }

func attributes() *syscall.SysProcAttr { return nil }

func executable() (string, error) { return os.Executable() }
