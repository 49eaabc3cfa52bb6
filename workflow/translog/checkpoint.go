package translog

import (
	"crypto/ed25519"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is the state of a log at a size.
type Checkpoint struct {
	Origin string // names the log
	Size   int64
	Root   tlog.Hash
}

// String is the text that is signed.
func (c Checkpoint) String() string {
	return c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root.String() + "\n"
}

// Short is a code of the root for people who compare by eye: 60 bits in three groups.
func (c Checkpoint) Short() string {
	code := base32.StdEncoding.EncodeToString(c.Root[:8])
	return code[:4] + "-" + code[4:8] + "-" + code[8:12]
}

// ErrCheckpoint says that a text is no checkpoint that the key has signed.
var ErrCheckpoint = errors.New("not a checkpoint of this log")

// ParseCheckpoint reads a checkpoint without a look at its signatures. [ErrCheckpoint].
func ParseCheckpoint(text string) (c Checkpoint, err error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return c, ErrCheckpoint
	}
	c.Origin = lines[0]
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return c, ErrCheckpoint
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return c, ErrCheckpoint
	}
	return c, nil
}

// Key signs the checkpoints of one log. The log's origin is named by the key, so that two offices
// never have the same.
type Key struct {
	private  ed25519.PrivateKey
	verifier note.Verifier
	public   string
}

// NewKey makes a key of 32 secret bytes; the same bytes make the same key.
func NewKey(seed []byte) (Key, error) {
	if len(seed) != ed25519.SeedSize {
		return Key{}, fmt.Errorf("a log key needs %d bytes, not %d", ed25519.SeedSize, len(seed))
	}
	k := Key{private: ed25519.NewKeyFromSeed(seed)}
	public, _ := k.private.Public().(ed25519.PublicKey)
	var err error
	if k.public, err = note.NewEd25519VerifierKey("izinbot/"+hex.EncodeToString(public[:6]), public); err != nil {
		return k, fmt.Errorf("make log key: %w", err)
	}
	if k.verifier, err = note.NewVerifier(k.public); err != nil {
		return k, fmt.Errorf("make log key: %w", err)
	}
	return k, nil
}

// Public is the key by which others verify, as a line of text.
func (k Key) Public() string { return k.public }

// Name implements [note.Signer]. It is the log's origin too.
func (k Key) Name() string { return k.verifier.Name() }

// KeyHash implements [note.Signer].
func (k Key) KeyHash() uint32 { return k.verifier.KeyHash() }

// Sign implements [note.Signer].
func (k Key) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(k.private, msg), nil }

// Checkpoint signs the state of a log.
func (k Key) Checkpoint(t *Tree) (Checkpoint, []byte, error) {
	c := Checkpoint{Origin: k.Name(), Size: t.Size(), Root: t.Root()}
	signed, err := note.Sign(&note.Note{Text: c.String()}, k)
	if err != nil {
		return c, nil, fmt.Errorf("sign checkpoint: %w", err)
	}
	return c, signed, nil
}

// Open reads a checkpoint that is signed by a public key: [ErrCheckpoint] if it is not.
func Open(signed []byte, public string) (Checkpoint, error) {
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("read public key: %w", err)
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	c, err := ParseCheckpoint(n.Text)
	if err == nil && c.Origin != v.Name() {
		err = ErrCheckpoint
	}
	return c, err
}
