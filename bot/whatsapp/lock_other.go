//go:build !unix

package whatsapp

import (
	"fmt"
	"os"
)

// lock opens the lock file. Without flock nothing stops a second process; the
// operator must see to it.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock file: %w", err)
	}
	return f, nil
}
