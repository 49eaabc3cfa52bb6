package handlers

import (
	"context"

	"izinbot/bot"
	"izinbot/handlers/apply"
	"izinbot/handlers/session"
	"izinbot/handlers/visit"
)

// WantsFiles implements [bot.Wanter]: files are fetched, and so stored, only if the open
// question takes them and the chat's quota of the day is not used up.
func (a *App) WantsFiles(ctx context.Context, r bot.Received) (bool, error) {
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil {
		return false, session.ForPort(err)
	}
	now := a.Now()
	s := &session.Session{Env: a.Env, In: r, Now: now, Work: a.Desk.Begin(r.ID, now)}
	if conv.Handled >= r.Seq || s.Remember(conv.State) {
		return false, nil
	}
	d, open := s.OpenDialogue()
	taker, ok := d.(session.FileTaker)
	if !open || !ok {
		return false, nil
	}
	if err := s.LoadPerson(ctx); err != nil {
		return false, session.ForPort(err)
	}
	if err := s.LoadOfficer(ctx); err != nil {
		return false, session.ForPort(err)
	}
	return !a.OverFiles(s.State.Usage.On(now), session.SizeOf(r.Files), s.Factor()) && taker.TakesFiles(ctx, s), nil
}

var (
	_ session.FileTaker = apply.Application{}
	_ session.FileTaker = apply.Clarification{}
	_ session.FileTaker = visit.Visit{}
	_ bot.Wanter        = (*App)(nil)
)
