// Command izinbot runs a permit office's procedure in chat. See README.md.
package main

import (
	"os"
	"time"

	"izinbot/cmd/izinbot/internal/cli"
)

func main() { os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr, time.Now)) }
