package simulator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// journal is the append-only file of events. Without a file it keeps nothing.
type journal struct {
	file *os.File
	size int64 // bytes up to the end of the last whole line
}

// openJournal opens or makes the file at path, gives every event in it to apply
// and cuts off a last line that was not written whole. An empty path means that
// nothing is kept.
func openJournal(path string, apply func(Event)) (*journal, error) {
	if path == "" {
		return &journal{}, nil
	}
	f, err := os.OpenFile(filepath.Clean(path), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j := &journal{file: f}
	if err := j.load(apply); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return j, nil
}

// load reads whole lines. A broken line is forgiven only at the very end, where
// a killed process leaves one.
func (j *journal) load(apply func(Event)) error {
	r := bufio.NewReaderSize(j.file, 64<<10)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return j.cut()
		}
		if err != nil {
			return fmt.Errorf("read journal: %w", err)
		}
		var e Event
		if err := json.Unmarshal(line, &e); err != nil {
			if _, more := r.Peek(1); errors.Is(more, io.EOF) {
				return j.cut()
			}
			return fmt.Errorf("read journal: line %d: %w", n, err)
		}
		apply(e)
		j.size += int64(len(line))
	}
}

// append writes an event and, if sync is set, waits until it is on the disk. After
// a failure nothing of the event stays in the file.
func (j *journal) append(e Event, sync bool) error {
	if j.file == nil {
		return nil
	}
	var line bytes.Buffer
	if err := json.NewEncoder(&line).Encode(e); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	_, err := j.file.Write(line.Bytes())
	if err == nil && sync {
		err = j.file.Sync()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write journal: %w", err), j.cut())
	}
	j.size += int64(line.Len())
	return nil
}

// cut makes the file end after its last whole line.
func (j *journal) cut() error {
	if err := j.file.Truncate(j.size); err != nil {
		return fmt.Errorf("cut journal: %w", err)
	}
	if _, err := j.file.Seek(j.size, io.SeekStart); err != nil {
		return fmt.Errorf("cut journal: %w", err)
	}
	return nil
}

func (j *journal) close() error {
	if j.file == nil {
		return nil
	}
	return errors.Join(j.file.Sync(), j.file.Close())
}
