package storage

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"izinbot/workflow/store"
)

// KindFile is the kind of file contents, which are no records.
const KindFile store.Kind = "file"

// Sum summarises a data store's records of one kind: how many, and a hash over all of them in
// whatever order they come.
type Sum struct {
	Kind  store.Kind
	Count int
	hash  [4]uint64
}

// Hash is the hash in hex.
func (s Sum) Hash() string {
	var b [32]byte
	for i, part := range s.hash {
		binary.LittleEndian.PutUint64(b[8*i:], part)
	}
	return hex.EncodeToString(b[:])
}

// add adds one thing to the sum. Hashes are added up as numbers, so that the order is
// of no matter and two that are the same do not cancel each other out.
func (s *Sum) add(doc []byte) {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\x00%d\x00", s.Kind, len(doc)) // never fails
	_, _ = h.Write(doc)
	one := h.Sum(nil)
	var carry uint64
	for i := range s.hash {
		s.hash[i], carry = bits.Add64(s.hash[i], binary.LittleEndian.Uint64(one[8*i:]), carry)
	}
	s.Count++
}

// Sums sums up a data store by kind, files last. With read, every content is read to its
// end, which finds damage; else only its name counts. said is told of every kind as
// it begins.
func Sums(ctx context.Context, d *Data, read bool, said func(store.Kind)) ([]Sum, error) {
	list, err := recordSums(ctx, d, said)
	if err != nil {
		return nil, err
	}
	said(KindFile)
	files := Sum{Kind: KindFile}
	err = eachName(ctx, d.Files, "", func(name string) error {
		files.add([]byte(name))
		if !read {
			return nil
		}
		return ReadThrough(ctx, d.Files, name)
	})
	return append(list, files), err
}

// recordSums sums up the records alone.
func recordSums(ctx context.Context, d *Data, said func(store.Kind)) ([]Sum, error) {
	records, err := d.portable()
	if err != nil {
		return nil, err
	}
	var list []Sum
	for _, kind := range store.Kinds() {
		said(kind)
		sum := Sum{Kind: kind}
		err := walk(ctx, records, kind, "", func(p store.Page) error {
			for _, r := range p.Records {
				sum.add(r.Doc)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("sum up %s: %w", kind, err)
		}
		list = append(list, sum)
	}
	return list, nil
}

// ReadThrough reads a content to its end, which finds damage.
func ReadThrough(ctx context.Context, files Files, name string) error {
	content, err := files.Open(ctx, name)
	if err == nil {
		_, err = io.Copy(io.Discard, content)
		err = errors.Join(err, content.Close())
	}
	if err != nil {
		return fmt.Errorf("file %s: %w", name, err)
	}
	return nil
}

// pageSize is the number of records carried at once.
const pageSize = 500

// walk gives all pages of a kind from a position on.
func walk(ctx context.Context, s store.Portable, kind store.Kind, from string, do func(store.Page) error) error {
	for {
		page, err := s.Records(ctx, kind, from, pageSize)
		if err != nil {
			return err
		}
		if len(page.Records) > 0 {
			if err := do(page); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		from = page.Next
	}
}

// eachName gives the names of all contents after one.
func eachName(ctx context.Context, files Files, after string, do func(name string) error) error {
	for {
		names, err := files.Names(ctx, after, pageSize)
		if err != nil || len(names) == 0 {
			return err
		}
		for _, name := range names {
			if err := do(name); err != nil {
				return err
			}
		}
		after = names[len(names)-1]
	}
}
