package handlers

import (
	"context"
	"slices"

	"izinbot/workflow"
)

// command is something that can be asked for at any time.
type command struct {
	name     string   // as bantuan shows it
	aliases  []string // other words for it, in both languages
	args     string   // what bantuan shows after the name, a catalogue key; "" for none
	officers bool     // only officers
	roles    []workflow.Role
	always   bool // works as a bare word in the middle of a dialogue
	hidden   bool // bantuan does not list it
	run      func(ctx context.Context, t *turn, arg string) error
}

func (c command) named(word string) bool {
	return word != "" && (c.name == word || slices.Contains(c.aliases, word))
}
