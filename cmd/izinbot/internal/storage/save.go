package storage

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"izinbot/workflow"
	"izinbot/workflow/filestore"
	"izinbot/workflow/store"
)

// Save copies everything to an empty data store, as [Copy] and [Finish] do, but for contents
// that are damaged or missing: the copy lacks them. It fails with [ErrBusy] while a node
// works with the source, and with [ErrDiffers] if that was changed meanwhile.
func Save(ctx context.Context, from, to *Data, source string, said func(kind store.Kind, n int)) error {
	if err := Idle(ctx, from); err != nil {
		return err
	}
	c := copying{ctx: ctx, from: from, to: to, said: said, mark: mark{From: source}, lossy: true}
	if err := c.all(); err != nil {
		return err
	}
	have, err := recordSums(ctx, from, func(store.Kind) {})
	if err != nil {
		return err
	}
	copied, err := recordSums(ctx, to, func(store.Kind) {})
	if err != nil {
		return err
	}
	if !slices.Equal(have, copied) {
		return ErrDiffers
	}
	if err := Idle(ctx, from); err != nil {
		return err
	}
	return c.target.Finish(ctx)
}

// lost tells whether an error says that a content itself is at fault.
func lost(err error) bool {
	return workflow.CodeOf(err) != workflow.CodeUnavailable && (errors.Is(err, filestore.ErrDamaged) || errors.Is(err, fs.ErrNotExist))
}
