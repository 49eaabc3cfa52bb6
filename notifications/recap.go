package notifications

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// recaps sends last week's recap to the head of the office and those directly below,
// once a week. Who stood still on its first working day makes up for it, unless there is
// nothing to tell: an office that is just being set up has had no week.
func (w *Watch) recaps(ctx context.Context, dir *directory, now time.Time) error {
	def := w.Desk.Library.Current()
	monday := startOfDay(now)
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, -1)
	}
	var made *bot.Message
	message := func() (bot.Message, error) {
		if made != nil {
			return *made, nil
		}
		recap, err := casework.MakeRecap(ctx, w.recapStore(), def, monday.AddDate(0, 0, -7), monday, now)
		if err != nil {
			return bot.Message{}, err
		}
		if !w.firstOfWeek(now) && len(recap.Steps) == 0 && recap.Done() == 0 {
			return bot.Message{}, nil
		}
		m := bot.Message{Text: RecapText(w.say, recap), Files: w.RecapChart(ctx, recap), Daytime: true}
		made = &m
		return m, nil
	}
	for _, role := range def.Heads() {
		for _, o := range dir.inRole(role) {
			key := "recap/" + day(monday) + "/" + string(o.ID)
			if err := w.once(ctx, key, now, o.Person, dir, message); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *Watch) recapStore() casework.RecapStore { return w.Store }

// RecapChart draws the recap; without it the text stands alone.
func (w *Watch) RecapChart(ctx context.Context, recap casework.Recap) []bot.Attachment {
	if w.Chart == nil || w.Files == nil || len(recap.Steps) == 0 {
		return nil
	}
	png, err := w.Chart(recap)
	var key string
	var size int64
	if err == nil {
		key, size, err = w.Files.Put(ctx, bytes.NewReader(png))
	}
	if err != nil {
		w.Log.ErrorContext(ctx, "recap without its chart", slog.Any("error", err))
		return nil
	}
	return []bot.Attachment{{Key: key, Name: "rekap " + day(recap.From) + ".png", Type: "image/png", Size: size}}
}

// RecapText words a recap; say is the catalogue in Indonesian.
func RecapText(say func(key string, args ...any) string, r casework.Recap) string {
	last := r.To.Add(-time.Second)
	lines := []string{
		say("recap.title", "from", calendar.ShortDate(r.From, workflow.Indonesian), "to", calendar.ShortDate(last, workflow.Indonesian)),
		say("recap.totals", "open", r.Open(), "late", r.Late(), "done", r.Done(), "granted", r.Ends[workflow.EndGranted],
			"refused", r.Ends[workflow.EndRefused], "other", r.Done()-r.Ends[workflow.EndGranted]-r.Ends[workflow.EndRefused]),
	}
	for _, c := range r.Roles {
		if c.Late > 0 {
			rd, _ := r.SOP.RoleDef(c.Role)
			lines = append(lines, say("recap.late_role", "role", rd.Name.ID, "n", c.Late))
		}
	}
	if len(r.Steps) > 0 {
		lines = append(lines, "", say("recap.steps"))
	}
	for _, s := range r.Steps {
		lines = append(lines, say("recap.step", "no", s.Step.No, "step", s.Step.Activity, "runs", s.Runs,
			"mean", calendar.DurationWords(s.Mean, workflow.Indonesian), "planned", s.Step.Time.String()))
	}
	if len(r.Reasons) > 0 {
		lines = append(lines, "", say("recap.reasons"))
	}
	for i, reason := range r.Reasons {
		if i == digestRows {
			break
		}
		lines = append(lines, say("recap.reason", "n", reason.N, "text", reason.Text))
	}
	if r.Surveys > 0 {
		index := strings.Replace(fmt.Sprintf("%.2f", r.SKM), ".", ",", 1)
		lines = append(lines, "", say("recap.skm", "index", index, "grade", casework.SKMGrade(r.SKM), "n", r.Surveys))
	}
	return strings.Join(lines, "\n")
}
