// Command ferretdb is FerretDB 1.24.2 on SQLite as the tests of this project start
// it: on a free port of the loopback address, in a temporary directory, without
// telemetry. It says its address on standard output and ends when standard input
// does, so that it never outlives a test.
//
// It is a module of its own, so that nothing of FerretDB is in the product. Its own
// command cannot be built from a module: it looks for files that only a checkout has.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "ferretdb:", err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "ferretdb-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	db, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Handler:   "sqlite",
		SQLiteURL: "file:" + filepath.ToSlash(dir) + "/?_pragma=synchronous(off)", // tests do not survive a crash
		Logger:    slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	go func() { fmt.Println(db.MongoDBURI()) }()
	return db.Run(ctx)
}
