package notifications

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// Unreachable sees to what no address takes: a notice goes by another address of
// its person. If there is none, somebody has to call: Front Office an applicant, for
// the clocks of his case run on without him; the superior an officer.
type Unreachable struct {
	Store interface {
		store.Cases
		store.People
		Commit(ctx context.Context, now time.Time, t store.Turn) ([]bot.Delivery, error)
	}
	Library *casework.Library
	Texts   *texts.Catalogue
	Sender  interface {
		Lease(now time.Time) (owner string, until time.Time)
		Push(deliveries ...bot.Delivery)
	}
	Now func() time.Time
	Log *slog.Logger
}

// frontOffice is the role that deals with applicants.
const frontOffice workflow.Role = "front_office"

// openCases bounds how many of an applicant's cases are told of.
const openCases = 20

// Dead is the [OutboxConfig.Dead] of a program that has an office. Each officer of
// Front Office is told once a day and case.
func (u *Unreachable) Dead(ctx context.Context, d bot.Delivery, reason string) {
	why := atFault(reason)
	if why == "" {
		return // the message was at fault, not the address
	}
	if err := u.handle(ctx, d, why); err != nil {
		u.Log.ErrorContext(ctx, "nobody is told of an unreachable person", slog.Any("error", err))
	}
}

func (u *Unreachable) handle(ctx context.Context, d bot.Delivery, why string) error {
	person, err := u.Store.PersonAt(ctx, d.Chat)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load person: %w", err)
	}
	if ok, err := u.reroute(ctx, d, person); ok || err != nil {
		return err
	}
	officer, err := u.Store.OfficerOf(ctx, person.ID)
	switch {
	case err == nil && !officer.Disabled:
		if err := u.callOfficer(ctx, d, officer, why); err != nil {
			return err
		}
	case err != nil && workflow.CodeOf(err) != workflow.CodeNotFound:
		return fmt.Errorf("load officer: %w", err)
	}
	return u.callApplicant(ctx, person, d.Chat, why)
}

// callApplicant asks Front Office to call an applicant who has open cases.
func (u *Unreachable) callApplicant(ctx context.Context, person workflow.Person, chat bot.Address, why string) error {
	var cases []store.TaskRow
	for _, id := range person.Known() {
		rows, err := u.Store.ByApplicant(ctx, id, openCases)
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		cases = append(cases, rows...)
	}
	officers, err := u.officers(ctx)
	if err != nil {
		return err
	}
	turn := store.Turn{}
	now := u.Now()
	for _, row := range cases {
		if row.End != "" {
			continue
		}
		for _, o := range officers {
			if o.ID != person.ID {
				turn.Deliveries = append(turn.Deliveries, u.notice(now, row, o, chat, why))
			}
		}
	}
	return u.send(ctx, now, turn)
}

func (u *Unreachable) send(ctx context.Context, now time.Time, turn store.Turn) error {
	if len(turn.Deliveries) == 0 {
		return nil
	}
	turn.Owner, turn.Lease = u.Sender.Lease(now)
	sent, err := u.Store.Commit(ctx, now, turn)
	if err != nil {
		return fmt.Errorf("commit notices: %w", err)
	}
	u.Sender.Push(sent...)
	return nil
}

// officers gives the persons of Front Office that can be written to.
func (u *Unreachable) officers(ctx context.Context) ([]workflow.Person, error) {
	all, err := u.Store.Officers(ctx)
	if err != nil {
		return nil, fmt.Errorf("list officers: %w", err)
	}
	var out []workflow.Person
	for _, o := range all {
		if o.Disabled || o.Person == "" || !o.HasRole(frontOffice) {
			continue
		}
		p, err := u.Store.Person(ctx, o.Person)
		switch {
		case workflow.CodeOf(err) == workflow.CodeNotFound:
		case err != nil:
			return nil, fmt.Errorf("load officer's person: %w", err)
		case len(p.Addresses) > 0:
			out = append(out, p)
		}
	}
	return out, nil
}

// notice words the news. Its id holds the day, so that it is not told at every
// message that does not arrive.
func (u *Unreachable) notice(now time.Time, row store.TaskRow, to workflow.Person, chat bot.Address, why string) bot.Delivery {
	hash := sha256.Sum256([]byte(chat))
	day := now.In(workflow.WIB()).Format(time.DateOnly)
	return bot.Delivery{
		ID:     fmt.Sprintf("unreachable/%s/%s/%s@%s", row.ID, hex.EncodeToString(hash[:8]), day, to.ID),
		Chat:   bot.Address(to.Addresses[0]),
		Notice: true, Created: now,
		Message: bot.Message{
			Text:    u.say("unreachable.told", "case", string(row.ID), "body", row.Label, "reason", u.say(why)),
			Choices: []bot.Choice{{ID: "/buka " + string(row.ID), Label: u.say("menu.open")}},
		},
	}
}

func (u *Unreachable) say(key string, args ...any) string {
	return u.Texts.Say(workflow.Indonesian, key, args...)
}
