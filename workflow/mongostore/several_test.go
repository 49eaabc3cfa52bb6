package mongostore_test

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// several is a database as several processes see it: what is written goes through one
// after the other, and what is read comes from the first.
type several struct {
	store.Store
	nodes []*mongostore.Store
	calls atomic.Int64
}

func openSeveral(t *testing.T, uri string) *several {
	t.Helper()
	s := &several{}
	for range 3 {
		s.nodes = append(s.nodes, openAt(t, uri, nil))
	}
	s.Store = s.nodes[0]
	return s
}

func (s *several) node() *mongostore.Store { return s.nodes[int(s.calls.Add(1))%len(s.nodes)] }

func (s *several) Accept(ctx context.Context, now time.Time, messages ...bot.Inbound) ([]bot.Received, error) {
	return s.node().Accept(ctx, now, messages...)
}

func (s *several) Claim(ctx context.Context, c bot.Claim) ([]bot.Delivery, error) {
	return s.node().Claim(ctx, c)
}

func (s *several) Settle(ctx context.Context, now time.Time, settlements ...bot.Settlement) error {
	return s.node().Settle(ctx, now, settlements...)
}

func (s *several) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	return s.node().Commit(ctx, now, t)
}

func (s *several) Reserve(ctx context.Context, r store.Reservation, now time.Time) (workflow.Number, error) {
	return s.node().Reserve(ctx, r, now)
}

func (s *several) TakeLease(ctx context.Context, seen store.Lease, holder string) (store.Lease, error) {
	return s.node().TakeLease(ctx, seen, holder)
}

func (s *several) Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error) {
	return s.node().Records(ctx, kind, from, limit)
}

func (s *several) Close() error {
	var errs []error
	for _, n := range s.nodes {
		errs = append(errs, n.Close())
	}
	return errors.Join(errs...)
}

// TestConformanceOfSeveralNodes runs the groups in which the order of writes matters (in a
// soak all of them), with every write made by another process than the one before.
func TestConformanceOfSeveralNodes(t *testing.T) {
	t.Parallel()
	uris := map[store.Store]string{}
	open := func(t *testing.T, uri string) store.Store {
		t.Helper()
		s := openSeveral(t, uri)
		uris[s] = uri
		return s
	}
	workflowtest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		return open(t, mongotest.URI(t))
	}, workflowtest.Options{Reopen: func(t *testing.T, s store.Store) store.Store {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return open(t, uris[s])
	}, Spoil: func(t *testing.T, s store.Store, id workflow.CaseID, doc []byte) {
		t.Helper()
		spoil(t, uris[s], id, doc)
	}, SpoilChat: func(t *testing.T, s store.Store, chat bot.Address, doc []byte) {
		t.Helper()
		spoilChat(t, uris[s], chat, doc)
	}, Groups: whereOrderMatters()})
}

// whereOrderMatters names the groups in which the order of writes matters; none in a soak, which
// runs all of them.
func whereOrderMatters() []string {
	if os.Getenv("IZINBOT_SOAK") != "" {
		return nil
	}
	return []string{"case", "inbox", "outbox", "lease", "concurrent"}
}
