package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"izinbot/cmd/izinbot/internal/storage"
)

// places tells what the flags of a copy mean. A MongoDB has no directory of its own:
// it shares the key file, and room for what is under way, with the other side's.
func (c *storeCopyCmd) places(now time.Time) (from, to storage.Config, err error) {
	env, err := placeIn("", now)
	if err != nil {
		return from, to, err
	}
	if from, err = placeNamed(c.From, env); err != nil {
		return from, to, fmt.Errorf("--from: %w", err)
	}
	if to, err = placeNamed(c.To, env); err != nil {
		return from, to, fmt.Errorf("--to: %w", err)
	}
	if c.From == c.To || from.Same(to) {
		return from, to, errors.New("--from dan --to sama")
	}
	key := c.KeyFile
	if key == "" {
		key = env.KeyFile
	}
	switch {
	case from.Dir == "" && to.Dir == "":
		if key == "" {
			return from, to, errors.New("--key: sebutkan berkas kunci dari berkas yang tersimpan")
		}
		from.Dir, to.Dir = os.TempDir(), os.TempDir()
	case from.Dir == "":
		from.Dir = to.Dir
	case to.Dir == "":
		to.Dir = from.Dir
	}
	from.KeyFile, to.KeyFile = key, key
	return from, to, nil
}

// placeNamed reads a directory or a connection string.
func placeNamed(name string, env storage.Config) (storage.Config, error) {
	place := storage.Config{Now: env.Now}
	switch {
	case name == keyMongo && env.MongoURI == "":
		return place, errors.New(keyMongo + " belum diisi")
	case name == keyMongo:
		place.MongoURI = env.MongoURI
	case strings.Contains(name, "://"):
		place.MongoURI = name
	default:
		place.Dir = name
		return place, nil
	}
	return place, storage.CheckURI(place.MongoURI)
}
