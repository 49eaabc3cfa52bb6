package casework

import (
	"context"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Reschedule derives the deadlines of a case anew after a change of the calendar.
// If one moved, the case's history says why and its holder is told; if none did, look
// gives the instant of the case's next check by the new calendar.
func (w *Work) Reschedule(ctx context.Context, id workflow.CaseID, reason string) (look *store.Look, err error) {
	s, err := w.load(ctx, id)
	if err != nil || !s.c.Open() {
		return nil, err
	}
	was, is := s.c.Dues(), s.c.Derive(w.desk.Calendar).Dues()
	step := !was.Step.Equal(is.Step)
	if !step && was.Service.Equal(is.Service) && was.Reply.Equal(is.Reply) {
		return &store.Look{Case: id, Version: s.c.Version, At: nextCheck(s.def, s.c, w.desk.Calendar)}, nil
	}
	_, err = w.Do(ctx, id, workflow.Command{Actor: workflow.System(), Act: workflow.Reschedule{Reason: reason, Moved: step}})
	return nil, err
}
