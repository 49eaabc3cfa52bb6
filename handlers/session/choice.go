package session

import (
	"strconv"
	"strings"
)

// Keyed is a kind of choices that differ in a key, such as the documents of a list. The id of
// one is the kind, a dot and the key.
type Keyed[K ~string] string

// ID makes the id of the choice of a key.
func (k Keyed[K]) ID(key K) string { return string(k) + "." + string(key) }

// Parse reads the key of a choice; false for a choice of another kind.
func (k Keyed[K]) Parse(id string) (key K, ok bool) {
	rest, ok := strings.CutPrefix(id, string(k)+".")
	return K(rest), ok && rest != ""
}

// Numbered is a kind of choices that differ in a number from 0 on, such as the place in a
// list. The id of one is the kind, a dot and the number.
type Numbered string

// ID makes the id of the choice of a number.
func (k Numbered) ID(n int) string { return Keyed[string](k).ID(strconv.Itoa(n)) }

// Parse reads the number of a choice; false for a choice of another kind, and for what
// [Numbered.ID] does not make.
func (k Numbered) Parse(id string) (n int, ok bool) {
	rest, ok := Keyed[string](k).Parse(id)
	n, err := strconv.Atoi(rest)
	return n, ok && err == nil && n >= 0 && strconv.Itoa(n) == rest
}
