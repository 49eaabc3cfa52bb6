package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"izinbot/workflow/store"
)

// Refusals of a copy, and of a start with half a copy.
var (
	// ErrNotEmpty: the target has data, and not from this copy.
	ErrNotEmpty = errors.New("the target is not empty")
	// ErrOtherCopy: the target is half a copy of another data store.
	ErrOtherCopy = errors.New("the target is half a copy of another place")
	// ErrHalf: a data store is half a copy, and nobody may work with it.
	ErrHalf = errors.New("these data are half a copy; run the same izinbot store copy again to complete it")
	// ErrBusy: nothing is copied from or to where an office is running.
	ErrBusy = errors.New("a node of izinbot is running on this MongoDB; stop all of them first")
	// ErrDiffers: what was copied is not what there is.
	ErrDiffers = errors.New("the copy differs from what was copied; has the source changed meanwhile? Begin again with an empty target")
	// ErrOtherKeys: secrets of the source could not be read in the target.
	ErrOtherKeys = errors.New("source and target have different key files; both need the same")
)

// mark is the checkpoint of a copy, kept by the target.
type mark struct {
	From string     `json:"from"` // the data store that is copied
	Kind store.Kind `json:"kind"`
	At   string     `json:"at"` // within the kind
}

func (m mark) String() string {
	b, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(b)
}

// Copy carries everything from one data store to another that is empty, or takes up again
// where the same copy was interrupted. source names the first data store. said is told how
// many of a kind have been carried by now. The target is not finished yet: see
// [Finish].
func Copy(ctx context.Context, from, to *Data, source string, said func(kind store.Kind, n int)) error {
	c := copying{ctx: ctx, from: from, to: to, said: said, mark: mark{From: source}}
	return c.all()
}

func (c *copying) all() error {
	if err := c.begin(); err != nil {
		return err
	}
	kinds := append(store.Kinds(), KindFile)
	for _, kind := range kinds[max(0, slices.Index(kinds, c.mark.Kind)):] {
		at := ""
		if kind == c.mark.Kind {
			at = c.mark.At
		}
		if err := c.kind(kind, at); err != nil {
			return fmt.Errorf("copy %s: %w", kind, err)
		}
	}
	return nil
}

// copying is a copy under way.
type copying struct {
	ctx      context.Context //nolint:containedctx // of this one copy
	from, to *Data
	source   store.Portable
	target   store.Portable
	mark     mark
	said     func(store.Kind, int)
	n        int  // of the kind that is being carried
	lossy    bool // contents that are damaged or missing are left out
}

// begin finds out where to begin, and marks the target as half a copy.
func (c *copying) begin() (err error) {
	if c.source, err = c.from.portable(); err != nil {
		return err
	}
	if c.target, err = c.to.portable(); err != nil {
		return err
	}
	if err := sameKeys(c.from.Files, c.to.Files); err != nil {
		return err
	}
	if half, err := c.source.Mark(c.ctx); err != nil || half != "" {
		return errors.Join(err, fmt.Errorf("the source: %w", ErrHalf))
	}
	have, err := c.target.Mark(c.ctx)
	if err != nil {
		return err
	}
	if have == "" {
		if err := c.refuseData(); err != nil {
			return err
		}
		return c.target.Put(c.ctx, store.KindSOP, nil, c.mark.String())
	}
	var m mark
	if err := json.Unmarshal([]byte(have), &m); err != nil || m.From != c.mark.From {
		return ErrOtherCopy
	}
	c.mark = m
	return nil
}

// refuseData fails if there is anything in the target.
func (c *copying) refuseData() error {
	for _, kind := range store.Kinds() {
		page, err := c.target.Records(c.ctx, kind, "", 1)
		if err != nil {
			return err
		}
		if len(page.Records) > 0 {
			return fmt.Errorf("%w: there is a record of the kind %s", ErrNotEmpty, kind)
		}
	}
	names, err := c.to.Files.Names(c.ctx, "", 1)
	if err == nil && len(names) > 0 {
		err = fmt.Errorf("%w: there are files", ErrNotEmpty)
	}
	return err
}

// kind carries what there is of a kind after a position.
func (c *copying) kind(kind store.Kind, at string) error {
	c.n = 0
	defer func() { c.said(kind, c.n) }()
	if kind == KindFile {
		return c.files(at)
	}
	return walk(c.ctx, c.source, kind, at, func(p store.Page) error {
		m := mark{From: c.mark.From, Kind: kind, At: p.Next}
		if p.Next == "" { // resumed here, the kind is gone through once more
			m.At = at
		}
		if err := c.target.Put(c.ctx, kind, p.Records, m.String()); err != nil {
			return err
		}
		c.n += len(p.Records)
		c.said(kind, c.n)
		return nil
	})
}

// filesAMark is after how many files the mark is moved on.
const filesAMark = 20

func (c *copying) files(after string) error {
	return eachName(c.ctx, c.from.Files, after, func(name string) error {
		if err := c.file(name); err != nil && (!c.lossy || !lost(err)) {
			return fmt.Errorf("file %s: %w", name, err)
		}
		if c.n++; c.n%filesAMark != 0 {
			return nil
		}
		c.said(KindFile, c.n)
		m := mark{From: c.mark.From, Kind: KindFile, At: name}
		return c.target.Put(c.ctx, store.KindSOP, nil, m.String())
	})
}

// file carries a content. It is decrypted and encrypted again, so that what is
// damaged is found here.
func (c *copying) file(name string) error {
	content, err := c.from.Files.Open(c.ctx, name)
	if err != nil {
		return err
	}
	stored, _, err := c.to.Files.Put(c.ctx, content)
	if err := errors.Join(err, content.Close()); err != nil {
		return err
	}
	if stored != name {
		return fmt.Errorf("it was stored as %s", stored)
	}
	return nil
}

// sameKeys fails unless the target can read what the source has sealed: the secrets
// of one-time codes are carried sealed.
func sameKeys(from, to Files) error {
	const purpose = "izinbot store copy"
	sealed, err := from.Seal([]byte(purpose), []byte(purpose))
	if err != nil {
		return err
	}
	if plain, err := to.Unseal(sealed, []byte(purpose)); err != nil || string(plain) != purpose {
		return ErrOtherKeys
	}
	return nil
}

// Finish compares a copy with what was copied, reading every content in it, and lets
// it be worked with if they are the same. It gives what there is on both sides, by
// kind: [ErrDiffers] if that is not the same.
func Finish(ctx context.Context, from, to *Data, said func(store.Kind)) (have, copied []Sum, err error) {
	if have, err = Sums(ctx, from, false, said); err != nil {
		return nil, nil, fmt.Errorf("the source: %w", err)
	}
	if copied, err = Sums(ctx, to, true, said); err != nil {
		return nil, nil, fmt.Errorf("the target: %w", err)
	}
	if !slices.Equal(have, copied) {
		return have, copied, ErrDiffers
	}
	target, err := to.portable()
	if err != nil {
		return have, copied, err
	}
	return have, copied, target.Finish(ctx)
}

// portable gives the records as what can be carried.
func (d *Data) portable() (store.Portable, error) {
	p, ok := d.Store.(store.Portable)
	if !ok {
		return nil, errors.New("these records cannot be carried")
	}
	return p, nil
}
