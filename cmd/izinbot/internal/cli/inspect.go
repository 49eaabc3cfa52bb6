package cli

import (
	"os"

	"izinbot/cmd/izinbot/internal/sandbox"
)

// inspectCmd is the child in which the running office looks into foreign files; see
// package sandbox. Nobody types it.
type inspectCmd struct {
	Convert []string `arg:"" optional:"" help:"Program, berkas HEIC dan berkas JPEG."`
}

func (c inspectCmd) Run(con *console) error {
	if len(c.Convert) == 3 {
		if sandbox.Convert(c.Convert[0], c.Convert[1], c.Convert[2]) != 0 {
			return errQuiet
		}
		return nil
	}
	if sandbox.Main(os.Stdin, con.out) != 0 {
		return errQuiet
	}
	return nil
}

// inspector is the command that starts such a child.
func inspector() (*sandbox.Command, error) {
	command, err := sandbox.Self("inspect")
	return &command, err
}
