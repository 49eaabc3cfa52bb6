package kept

import (
	"encoding/json"
	"strings"

	"izinbot/workflow"
)

// CaseOf gives the case in the key of a letter's number, "<case>/<letter>".
func CaseOf(key string) workflow.CaseID {
	id, _, _ := strings.Cut(key, "/")
	return workflow.CaseID(id)
}

// PrintedBefore gives what a number was printed as that was reserved before registers
// kept that: of an application its id, of a letter what its case says. doc is the case; nil
// if there is none. Empty: nothing was printed, or nobody knows.
func PrintedBefore(n workflow.Number, doc []byte) string {
	if code, ok := strings.CutPrefix(n.Register, workflow.RegisterIntake+"/"); ok {
		return string(workflow.MakeCaseID(code, n.Year, n.Seq))
	}
	var c struct {
		Letters []struct {
			Number workflow.Number `json:"number"`
		} `json:"letters"`
	}
	if json.Unmarshal(doc, &c) != nil {
		return ""
	}
	for _, l := range c.Letters {
		if l.Number.Row() == n.Row() {
			return l.Number.Text
		}
	}
	return ""
}
