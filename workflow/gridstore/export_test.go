package gridstore

import "time"

// Limit bounds each call that stores a part of an upload.
func (s *Store) Limit(d time.Duration) { s.timeout = d }
