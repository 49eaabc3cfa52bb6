package app

import (
	"context"
	"io"
	"time"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// watchedStore is a store whose writes tell the faults how they end. One that may have
// found nothing to write does not count as a success.
type watchedStore struct {
	store.Store
	faults *faults
}

func (w watchedStore) saw(ctx context.Context, err error, wrote bool) {
	switch {
	case partOf(err) == partStore:
		w.faults.failed(ctx, partStore, err)
	case err == nil && wrote:
		w.faults.worked(ctx, partStore)
	}
}

// Accept implements [store.Store].
func (w watchedStore) Accept(ctx context.Context, now time.Time, messages ...bot.Inbound) ([]bot.Received, error) {
	out, err := w.Store.Accept(ctx, now, messages...)
	w.saw(ctx, err, len(out) > 0)
	return out, err
}

// Commit implements [store.Store].
func (w watchedStore) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	out, err := w.Store.Commit(ctx, now, t)
	w.saw(ctx, err, true)
	return out, err
}

// Claim implements [store.Store].
func (w watchedStore) Claim(ctx context.Context, c bot.Claim) ([]bot.Delivery, error) {
	out, err := w.Store.Claim(ctx, c)
	w.saw(ctx, err, len(out) > 0)
	return out, err
}

// Settle implements [store.Store].
func (w watchedStore) Settle(ctx context.Context, now time.Time, settlements ...bot.Settlement) error {
	err := w.Store.Settle(ctx, now, settlements...)
	w.saw(ctx, err, len(settlements) > 0)
	return err
}

// Reserve implements [store.Store].
func (w watchedStore) Reserve(ctx context.Context, r store.Reservation, now time.Time) (workflow.Number, error) {
	n, err := w.Store.Reserve(ctx, r, now)
	w.saw(ctx, err, false)
	return n, err
}

// TakeLease implements [store.Store].
func (w watchedStore) TakeLease(ctx context.Context, seen store.Lease, holder string) (store.Lease, error) {
	l, err := w.Store.TakeLease(ctx, seen, holder)
	w.saw(ctx, err, true)
	return l, err
}

// watchedFiles is a file store whose Put tells the faults how it ends. An error of Put
// matches [bot.ErrUnkept] if it is not the source that failed.
type watchedFiles struct {
	storage.Files
	faults *faults
}

// Put implements [bot.Files].
func (w watchedFiles) Put(ctx context.Context, content io.Reader) (key string, size int64, err error) {
	source := &source{from: content}
	key, size, err = w.Files.Put(ctx, source)
	switch {
	case err == nil:
		w.faults.worked(ctx, partFiles)
	case source.failed || ctx.Err() != nil:
	default:
		err = unkept{err}
		w.faults.failed(ctx, partFiles, err)
	}
	return key, size, err
}

// source notes whether reading failed.
type source struct {
	from   io.Reader
	failed bool
}

// Read implements [io.Reader].
func (s *source) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	s.failed = s.failed || err != nil && err != io.EOF
	return n, err
}

// unkept is a failure of a file store, in its own words.
type unkept struct{ error }

// Is has it match [bot.ErrUnkept].
func (unkept) Is(target error) bool { return target == bot.ErrUnkept }

// Unwrap gives the failure.
func (u unkept) Unwrap() error { return u.error }
