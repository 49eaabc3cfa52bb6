package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

func accept(t *testing.T, s *Store, id string) ([]bot.Received, error) {
	t.Helper()
	return s.Accept(t.Context(), kept.Instant(1), bot.Inbound{ID: id, Chat: "sim:1"})
}

// hold keeps the writer busy until the returned function is called, so that what
// is submitted meanwhile shares the next transaction.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	started, end, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		var once sync.Once
		_ = s.writer.submit(t.Context(), "hold", func(*writer) error {
			once.Do(func() { close(started) })
			<-end
			return nil
		})
	}()
	<-started
	return func() { close(end); <-done }
}

// TestRefusalsLeaveTheGroupAlone puts refused, panicking and good writes into one
// transaction.
func TestRefusalsLeaveTheGroupAlone(t *testing.T) {
	s := open4test(t)
	release := hold(t, s)
	const writes = 40
	errs := make([]error, writes)
	var wg sync.WaitGroup
	for i := range writes {
		wg.Go(func() {
			errs[i] = s.writer.submit(t.Context(), "test", func(w *writer) error {
				if _, err := w.insert(sqlAccept, fmt.Sprint(i), "sim:1", 1, []byte("{}")); err != nil {
					return err
				}
				switch i % 4 {
				case 1:
					return workflow.Refuse(workflow.CodeConflict, "test")
				case 2:
					panic("test")
				}
				return nil
			})
		})
	}
	release()
	wg.Wait()
	want := map[int]workflow.Code{0: "", 1: workflow.CodeConflict, 2: workflow.CodeUnavailable, 3: ""}
	for i, err := range errs {
		if workflow.CodeOf(err) != want[i%4] {
			t.Errorf("write %d: %v", i, err)
		}
		if got, err := accept(t, s, fmt.Sprint(i)); err != nil || (len(got) == 0) != (want[i%4] == "") {
			t.Errorf("write %d left %d rows (%v)", i, 1-len(got), err)
		}
	}
}

func TestWaitingWritesAreFinishedByClose(t *testing.T) {
	s := open4test(t)
	release := hold(t, s)
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := accept(t, s, "waiting"); err != nil && !errors.Is(err, errClosed) {
			t.Error(err)
		}
	})
	wg.Go(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	release()
	wg.Wait()
	if _, err := accept(t, s, "late"); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Error(err)
	}
}

// TestFullDisk has the database reach the size that it may have.
func TestFullDisk(t *testing.T) {
	s := open4test(t)
	limit := func(pages int) {
		err := s.writer.submit(t.Context(), "limit", func(w *writer) error {
			_, err := w.conn.ExecContext(w.ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite makes it the present size
	var err error
	stored := 0
	for err == nil {
		if _, err = accept(t, s, fmt.Sprint(stored)); err == nil {
			stored++
		}
	}
	if workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Fatal(err)
	}
	list, err := s.Unhandled(t.Context())
	if err != nil || len(list) != stored {
		t.Fatalf("%d messages, want %d (%v)", len(list), stored, err)
	}
	limit(1 << 30)
	if got, err := accept(t, s, "more"); err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
}

func TestEndedContextIsSeenBeforeTheQueue(t *testing.T) {
	s := open4test(t)
	ctx, end := context.WithCancel(t.Context())
	end()
	_, err := s.Accept(ctx, kept.Instant(1), bot.Inbound{ID: "a", Chat: "sim:1"})
	if workflow.CodeOf(err) != workflow.CodeUnavailable || !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if got, err := accept(t, s, "a"); err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
}
