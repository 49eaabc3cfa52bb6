package notifications_test

import (
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// closeOn makes the office's calendar one with another day off.
func (h *house) closeOn(date time.Time) {
	h.t.Helper()
	src, err := calendar.AddDay(calendar.DefaultFile(), calendar.Regional, date, "Libur CONTOH")
	if err != nil {
		h.t.Fatal(err)
	}
	cal, err := calendar.Parse(src)
	if err != nil {
		h.t.Fatal(err)
	}
	h.cal, h.desk.Calendar, h.watch.Calendar = cal, cal, cal
}

// TestReschedule: what is open follows the calendar; the reason stands in the
// history, and those whose task it is hear it once, in one message.
func TestReschedule(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	early := h.submit()
	h.at("2026-11-23 15.30")
	held, free := h.submit(), h.submit()
	h.do(held, "front_office", workflow.Claim{})
	h.tick("2026-11-23 15.31")
	h.closeOn(h.now.AddDate(0, 0, 1)) // Tuesday
	h.sent = nil
	moved, err := h.watch.Reschedule(t.Context(), h.store, "Kalender kerja diubah CONTOH", h.now)
	if err != nil || moved != 2 {
		t.Fatalf("moved %d: %v", moved, err)
	}
	for _, id := range []workflow.CaseID{held, free} {
		if due := h.load(id).StepClock.Due.In(workflow.WIB()).Format("2006-01-02 15.04"); due != "2026-11-25 09.00" {
			t.Errorf("%s is due %s", id, due)
		}
		entries, err := h.store.History(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		cmd, err := entries[len(entries)-1].Decode()
		if act, ok := cmd.Act.(workflow.Reschedule); err != nil || !ok || act.Reason != "Kalender kerja diubah CONTOH" || !act.Moved {
			t.Errorf("%s: the history says %+v, %v", id, cmd.Act, err)
		}
	}
	if len(h.sent) != 1 || strings.Count(h.sent[0].Message.Text, "Batas waktu berubah") != 2 || len(h.sent[0].Message.Choices) != 2 {
		t.Errorf("told %+v", h.sent)
	}
	h.says("2026-11-24 10.00") // off now
	h.says("2026-11-25 08.30", "2 pengingat", string(held), string(free))
	// The early one was late already; its superior hears of it a working day later.
	h.says("2026-11-25 10.00", "kabid: ⏰ "+string(early))
	h.sent = nil
	if again, err := h.watch.Reschedule(t.Context(), h.store, "lagi", h.now); err != nil || again != 0 || len(h.sent) != 0 {
		t.Errorf("done again: %d moved, %d told, %v", again, len(h.sent), err)
	}
}

// TestRungsThatComeEarlier: a day off that is taken back moves no deadline before it, but
// the rungs after it.
func TestRungsThatComeEarlier(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	open := h.cal
	h.closeOn(h.now.AddDate(0, 0, 1)) // Tuesday
	id := h.submit()
	h.says("2026-11-23 10.00", "waktunya habis")
	h.cal, h.desk.Calendar, h.watch.Calendar = open, open, open
	moved, err := h.watch.Reschedule(t.Context(), h.store, "Kalender kerja diubah CONTOH", h.now)
	if err != nil || moved != 0 {
		t.Fatalf("moved %d: %v", moved, err)
	}
	h.says("2026-11-24 10.00", "kabid: ⏰ "+string(id))
}
