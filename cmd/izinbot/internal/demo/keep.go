package demo

import (
	"context"
	"fmt"
	"os"

	"izinbot/cmd/izinbot/internal/storage"
)

// kept gives the configuration with the database of demos that are kept.
func (cfg Config) kept() (Config, error) {
	if cfg.MongoURI == "" {
		return cfg, nil
	}
	place, err := storage.Config{MongoURI: cfg.MongoURI}.Apart(apart)
	cfg.MongoURI = place.MongoURI
	return cfg, err
}

// forAWhile gives the configuration with a directory, and if need be a database, that
// are forgotten in the end; where a directory is named, both are kept.
func (cfg Config) forAWhile(ctx context.Context) (_ Config, forget func(), err error) {
	if cfg.Dir != "" {
		cfg, err = cfg.kept()
		return cfg, func() {}, err
	}
	made, err := os.MkdirTemp("", "izinbot-demo-")
	if err != nil {
		return cfg, nil, fmt.Errorf("make data directory: %w", err)
	}
	cfg.Dir = made
	if cfg.MongoURI == "" {
		return cfg, func() { _ = os.RemoveAll(made) }, nil
	}
	place, err := storage.Config{MongoURI: cfg.MongoURI}.Fresh()
	cfg.MongoURI = place.MongoURI
	return cfg, func() {
		_ = storage.Drop(context.WithoutCancel(ctx), place)
		_ = os.RemoveAll(made)
	}, err
}
