package notifications

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// Lost words what is said in place of stored data that cannot be read any more, and has
// the admins told of it, once for each file and case. All exported fields are required.
type Lost struct {
	Alarm *Alarm
	Texts *texts.Catalogue
	Now   func() time.Time
	Log   *slog.Logger

	known bot.Episodes // logged; the admins' notices are remembered by the Alarm
}

// lostChannel is the [Condition.Channel] of trouble with stored data: no network has
// that name, so admins are told over any.
const lostChannel = "penyimpanan"

// Tell is the [OutboxConfig.Lost] of a program that has an office.
func (l *Lost) Tell(ctx context.Context, d bot.Delivery, files []bot.Attachment) string {
	lang := workflow.Lang(d.Message.Lang)
	if lang == "" {
		lang = workflow.Indonesian
	}
	id := subjectOf(d)
	if len(files) == 0 {
		l.report(ctx, id, d.ID, "lost.admin_message", slog.Int64("delivery", d.Seq))
		return l.Texts.Say(lang, "lost.message")
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
		l.report(ctx, id, f.Key, "lost.admin_file", slog.String("file", f.Key), slog.String("type", f.Type))
	}
	return l.Texts.Say(lang, "lost.files", "names", strings.Join(names, ", "))
}

// report logs and tells that something stored cannot be read. which tells it from others.
func (l *Lost) report(ctx context.Context, id workflow.CaseID, which, key string, what ...any) {
	if l.known.Begin(which+"/"+string(id), "", l.Now()) {
		l.Log.With(what...).ErrorContext(ctx, "stored data cannot be read", slog.String("case", string(id)))
	}
	where := string(id)
	if where == "" {
		where = "-"
	}
	err := l.Alarm.Tell(ctx, l.Now(), Condition{
		Channel: lostChannel, Side: which, Trouble: where,
		Text: l.Texts.Say(workflow.Indonesian, key, "case", where, "file", cutKey(which)),
	})
	if err != nil {
		l.Log.ErrorContext(ctx, "admins are not told of data that cannot be read", slog.Any("error", err))
	}
}

// cutKey gives the beginning of a key, as people compare it with the name of a file.
func cutKey(key string) string { return key[:min(12, len(key))] }

// subjectOf finds the case that a delivery is about: in the names of its files, what its
// buttons open, its id or its text. "" if it is about none.
func subjectOf(d bot.Delivery) workflow.CaseID {
	var said []string
	for _, f := range d.Message.Files {
		said = append(said, f.Name)
	}
	for _, c := range d.Message.Choices {
		said = append(said, c.ID)
	}
	for _, found := range caseIDs().FindAllString(strings.Join(append(said, d.ID, d.Message.Text), " "), -1) {
		if id, err := workflow.ParseCaseID(found); err == nil {
			return id
		}
	}
	return ""
}

func caseIDs() *regexp.Regexp { return regexp.MustCompile(`[A-Z]+-[0-9]{4}-[0-9]{5,}-[0-9A-Z]`) }
