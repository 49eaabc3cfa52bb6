package translog

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Entry is what the log holds of some content: enough to prove what it was to whoever has the
// salt, and nothing to anybody else. Once the salt is erased nobody can tell the content
// from any other.
type Entry [sha256.Size]byte

// Commit gives the entry of a content.
func Commit(salt, content []byte) (e Entry) {
	mac := hmac.New(sha256.New, salt)
	_, _ = mac.Write(content) // never fails
	copy(e[:], mac.Sum(nil))
	return e
}

// Leaf is the entry's hash in the tree.
func (e Entry) Leaf() tlog.Hash { return tlog.RecordHash(e[:]) }

// Tree is what a log must remember to go on: its size, and the hashes of the complete subtrees
// that it is made of, the largest first. There are no more than 63 of them.
type Tree struct {
	size int64
	edge []tlog.Hash
}

// Size is the number of entries.
func (t *Tree) Size() int64 { return t.size }

// Clone gives a tree that goes on by itself.
func (t *Tree) Clone() Tree { return Tree{size: t.size, edge: slices.Clone(t.edge)} }

// Edge gives the hashes by which [Resume] goes on with the log.
func (t *Tree) Edge() []tlog.Hash { return slices.Clone(t.edge) }

// ErrEdge says that hashes are not the edge of a log with that root.
var ErrEdge = errors.New("not the edge of the log")

// Resume gives the tree of a checkpoint, with the edge that it had then: [ErrEdge] if the edge
// does not lead to the checkpoint's root.
func Resume(c Checkpoint, edge []tlog.Hash) (Tree, error) {
	t := Tree{size: c.Size, edge: slices.Clone(edge)}
	if c.Size < 0 || bits.OnesCount64(uint64(c.Size)) != len(edge) || t.Root() != c.Root {
		return Tree{}, ErrEdge
	}
	return t, nil
}

// Append adds an entry at the end.
func (t *Tree) Append(e Entry) {
	h := e.Leaf()
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.edge) - 1
		h = tlog.NodeHash(t.edge[last], h)
		t.edge = t.edge[:last]
	}
	t.edge = append(t.edge, h)
	t.size++
}

// Root is the hash that binds all entries.
func (t *Tree) Root() tlog.Hash {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	root := t.edge[len(t.edge)-1]
	for i := len(t.edge) - 2; i >= 0; i-- {
		root = tlog.NodeHash(t.edge[i], root)
	}
	return root
}

// Entries are all entries of a log, from the first on.
type Entries []Entry

// ReadHashes implements [tlog.HashReader].
func (list Entries) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		if (n+1)<<level > int64(len(list)) {
			return nil, errors.New("translog: beyond the end of the log")
		}
		var t Tree
		for _, e := range list[n<<level : (n+1)<<level] {
			t.Append(e)
		}
		out[i] = t.Root()
	}
	return out, nil
}
