// Command izinbot is the program as users get it, but for its clock; see package
// testclock. Tests build it and run it as a process.
package main

import (
	"os"

	"izinbot/cmd/izinbot/internal/cli"
	"izinbot/cmd/izinbot/internal/testclock"
)

func main() { os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr, testclock.Now)) }
