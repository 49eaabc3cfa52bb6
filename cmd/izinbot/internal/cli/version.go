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
	_, err := fmt.Fprintln(con.out, "izinbot "+version())
	return err
}

// version names the release, the source and the compiler of this program.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	source := "tidak dikenal"
	if revision := of["vcs.revision"]; revision != "" {
		source = fmt.Sprintf("%.12s %s", revision, of["vcs.time"])
	}
	if of["vcs.modified"] == "true" {
		source += " (diubah)"
	}
	name := fmt.Sprintf("%s, sumber %s, %s", cmp.Or(info.Main.Version, "tanpa versi"), source, info.GoVersion)
	if tags := of["-tags"]; tags != "" {
		name += ", tag " + tags
	}
	return name
}
