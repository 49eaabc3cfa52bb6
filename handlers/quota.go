package handlers

import (
	"cmp"
	"context"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
)

// Quotas bound what a chat may cause in a day, which begins at midnight WIB. Zero fields
// mean the defaults, which lie far above what people do.
type Quotas struct {
	Files      int64 // bytes of files that are fetched and kept; default 200 MB
	Messages   int   // messages that are answered; default 2,000
	Complaints int   // default 10
	// Officers is how many times as much an officer may; default 10.
	Officers int
}

func (q Quotas) withDefaults() Quotas {
	return Quotas{
		Files: cmp.Or(q.Files, 200<<20), Messages: cmp.Or(q.Messages, 2_000),
		Complaints: cmp.Or(q.Complaints, 10), Officers: cmp.Or(q.Officers, 10),
	}
}

// Usage counts what a chat has caused in a day. It is part of the chat's state, so it is
// counted once a message, in the turn that handles it.
type Usage struct {
	Day        string `json:"day"` // WIB
	Files      int64  `json:"files,omitempty"`
	Messages   int    `json:"messages,omitempty"`
	Complaints int    `json:"complaints,omitempty"`
	Told       string `json:"told,omitempty"` // the quotas of which the chat was told that they are used up
}

// on gives the usage of a day: a new day begins with none.
func (u *Usage) on(now time.Time) Usage {
	day := now.In(workflow.WIB()).Format(time.DateOnly)
	if u == nil || u.Day != day {
		return Usage{Day: day}
	}
	return *u
}

// factor is how many times the quotas hold for the person.
func (t *turn) factor() int {
	if t.officer != nil {
		return t.app.Quotas.Officers
	}
	return 1
}

// spend counts the message. It tells whether it may be answered; if not, the person was
// told so: of each file that is not kept, and once a day that messages are not answered.
func (t *turn) spend() (allowed bool) {
	u := t.state.Usage.on(t.now)
	t.state.Usage = &u
	u.Messages++
	if u.Messages > t.app.Quotas.Messages*t.factor() {
		t.tellOnce("quota.messages")
		return false
	}
	if size := sizeOf(t.in.Files); size > 0 && t.app.overFiles(u, size, t.factor()) {
		t.say("quota.files")
		return false
	}
	for _, f := range t.in.Files {
		if f.Key != "" {
			u.Files += f.Size
		}
	}
	return true
}

// tellOnce says that a quota is used up, unless it was said today.
func (t *turn) tellOnce(quota string) {
	u := t.state.Usage
	if strings.Contains(u.Told, quota) {
		return
	}
	u.Told += quota + " "
	t.say(quota)
}

func sizeOf(files []bot.File) (sum int64) {
	for _, f := range files {
		if f.Problem == "" {
			sum += f.Size
		}
	}
	return sum
}

// overFiles tells whether files of a size are too much for the day.
func (a *Env) overFiles(u Usage, size int64, factor int) bool {
	return u.Files+size > a.Quotas.Files*int64(factor)
}

// WantsFiles implements [bot.Wanter]: files are fetched, and so stored, only if the open
// question takes them and the chat's quota of the day is not used up.
func (a *App) WantsFiles(ctx context.Context, r bot.Received) (bool, error) {
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil {
		return false, forPort(err)
	}
	now := a.Now()
	t := &turn{app: a.Env, in: r, now: now, work: a.Desk.Begin(r.ID, now)}
	if conv.Handled >= r.Seq || t.remember(conv.State) {
		return false, nil
	}
	d, open := t.dialogue()
	taker, ok := d.(fileTaker)
	if !open || !ok {
		return false, nil
	}
	if err := t.loadPerson(ctx); err != nil {
		return false, forPort(err)
	}
	if err := t.loadOfficer(ctx); err != nil {
		return false, forPort(err)
	}
	return !a.overFiles(t.state.Usage.on(now), sizeOf(r.Files), t.factor()) && taker.takesFiles(ctx, t), nil
}

func (application) takesFiles(_ context.Context, t *turn) bool {
	def, d := t.app.Desk.Library.Current(), t.data()
	if d.At == atConsent || strings.HasPrefix(d.At, atEdit) || strings.HasPrefix(d.At, atReplace) {
		return false
	}
	fitForm(def, d)
	if _, open := (form{fields: def.Form}).next(d); open {
		return false
	}
	_, expiry, open := applicationUploads(def, d).open(d)
	return open && !expiry
}

func (m mend) takesFiles(ctx context.Context, t *turn) bool {
	u, _, ok, err := m.load(ctx, t)
	if err != nil || !ok || strings.HasPrefix(t.data().At, atReplace) {
		return false
	}
	_, expiry, open := u.open(t.data())
	return open && !expiry
}

// takesFiles: photos of the field may come at any time of a visit.
func (visit) takesFiles(_ context.Context, t *turn) bool { return t.officer != nil }

var (
	_ fileTaker  = application{}
	_ fileTaker  = mend{}
	_ fileTaker  = visit{}
	_ bot.Wanter = (*App)(nil)
)
