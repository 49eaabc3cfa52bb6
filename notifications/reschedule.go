package notifications

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// rescheduleAtOnce is the number of cases that are derived anew in one write.
const rescheduleAtOnce = 200

// CaseWalker gives the ids of all cases, page by page.
type CaseWalker interface {
	CaseIDs(ctx context.Context, after workflow.CaseID, limit int) ([]workflow.CaseID, error)
}

// Reschedule derives the deadlines and reminders of all open cases anew after a
// change of the calendar, writes the reason into the history of each whose
// deadlines moved, and tells those who have a task whose own did. A case that
// cannot be read is reported, and stops no other. It gives how many moved.
func (w *Watch) Reschedule(ctx context.Context, cases CaseWalker, reason string, now time.Time) (moved int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for after := workflow.CaseID(""); ; {
		ids, err := cases.CaseIDs(ctx, after, rescheduleAtOnce)
		if err != nil {
			return moved, fmt.Errorf("list cases: %w", err)
		}
		err = casework.InBatches(ids, func(some []workflow.CaseID) error {
			n, err := w.rescheduleOnce(ctx, some, reason, now)
			if err == nil {
				moved += n
			}
			return err
		}, func(_ workflow.CaseID, err error) error { return err })
		if err != nil {
			return moved, err
		}
		if len(ids) < rescheduleAtOnce {
			return moved, nil
		}
		after = ids[len(ids)-1]
	}
}

func (w *Watch) rescheduleOnce(ctx context.Context, ids []workflow.CaseID, reason string, now time.Time) (int, error) {
	w.runs++
	work := w.Desk.Begin(fmt.Sprintf("calendar/%d/%d", now.UnixNano(), w.runs), now)
	var looks []store.Look
	for _, id := range ids {
		look, err := work.Reschedule(ctx, id, reason)
		switch {
		case err != nil:
			w.Log.ErrorContext(ctx, "case is not rescheduled", slog.String("case", string(id)), slog.Any("error", err))
		case look != nil:
			looks = append(looks, *look)
		}
	}
	unit := work.Unit()
	unit.Looks, unit.Deliveries = looks, merged(unit.Deliveries)
	return len(unit.Cases), w.commit(ctx, now, unit)
}

// merged makes one message a chat of notices that come at once, or a few if it
// would be too long. Each keeps the first of its choices.
func merged(list []bot.Delivery) []bot.Delivery {
	slices.SortStableFunc(list, func(a, b bot.Delivery) int { return cmp.Compare(a.Chat, b.Chat) })
	var out []bot.Delivery
	lines := 0
	for _, d := range list {
		n := len(out) - 1
		if n < 0 || out[n].Chat != d.Chat || lines == shownLines || len(d.Message.Files) > 0 {
			out, lines = append(out, d), 1
			continue
		}
		if lines == 1 {
			out[n].Message.Choices = named(out[n].Message.Choices)
		}
		lines++
		out[n].Message.Text += "\n" + d.Message.Text
		if len(out[n].Message.Choices) < shownChoices {
			out[n].Message.Choices = append(out[n].Message.Choices, named(d.Message.Choices)...)
		}
	}
	return out
}

// named gives the first choice with the case that it is about.
func named(choices []bot.Choice) []bot.Choice {
	if len(choices) == 0 {
		return nil
	}
	c := choices[0]
	_, id, _ := strings.Cut(c.ID, " ")
	return []bot.Choice{{ID: c.ID, Label: c.Label + " " + id}}
}
