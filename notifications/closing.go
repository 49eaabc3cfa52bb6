package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// Closer closes cases whose clarification was not answered in time (rule 9).
type Closer struct {
	Store interface {
		DueForCheck(ctx context.Context, now time.Time, limit int) ([]workflow.CaseID, error)
		Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
		Commit(ctx context.Context, now time.Time, t store.Turn) ([]bot.Delivery, error)
	}
	Desk   *casework.Desk
	Sender interface {
		Lease(now time.Time) (owner string, until time.Time)
		Push(deliveries ...bot.Delivery)
	}
	Log *slog.Logger
}

// closeAtOnce bounds how many cases one run closes; the next run takes the rest.
const closeAtOnce = 200

// RunOnce closes what is due at now. A case that cannot be closed is logged and
// stops no other.
func (c *Closer) RunOnce(ctx context.Context, now time.Time) error {
	ids, err := c.Store.DueForCheck(ctx, now, closeAtOnce)
	if err != nil {
		return fmt.Errorf("list cases to close: %w", err)
	}
	for _, id := range ids {
		if err := c.close(ctx, id, now); err != nil {
			c.Log.ErrorContext(ctx, "case not closed", slog.String("case", string(id)), slog.Any("error", err))
		}
	}
	return nil
}

func (c *Closer) close(ctx context.Context, id workflow.CaseID, now time.Time) error {
	before, err := c.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	// The key names the deadline, so that each is enforced once.
	key := "expire/" + string(id) + "/" + strconv.FormatInt(before.ReplyClock.Due.Unix(), 10)
	work := c.Desk.Begin(key, now)
	if _, err := work.Do(ctx, id, workflow.Command{Actor: workflow.System(), Act: workflow.Expire{}}); err != nil {
		return err
	}
	turn := work.Turn()
	turn.Owner, turn.Lease = c.Sender.Lease(now)
	sent, err := c.Store.Commit(ctx, now, turn)
	if err != nil {
		return err
	}
	c.Sender.Push(sent...)
	return nil
}
