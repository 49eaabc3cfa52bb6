package cli

import (
	"cmp"
	"fmt"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints what the program was built from, for reports of faults and to see after
// an upgrade that the new one runs.
func (versionCmd) Run(con *console) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	changed := ""
	if of["vcs.modified"] == "true" {
		changed = " (diubah)"
	}
	_, err := fmt.Fprintf(con.out, "izinbot %s, sumber %.12s%s %s, %s\n", cmp.Or(info.Main.Version, "tanpa versi"),
		cmp.Or(of["vcs.revision"], "tidak dikenal"), changed, of["vcs.time"], info.GoVersion)
	return err
}
