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
	"izinbot/workflow/store"
)

// Unreachable tells the office that an applicant's chat takes no messages any more,
// because he blocked the bot or left the network: somebody has to call him, or the
// clocks of his case run on without him.
type Unreachable struct {
	Store interface {
		store.Cases
		store.People
		Commit(ctx context.Context, now time.Time, t store.Turn) ([]bot.Delivery, error)
	}
	Texts  *texts.Catalogue
	Sender interface {
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
	switch reason {
	case "blocked", "deactivated", "chat_not_found":
	default:
		return // the message was at fault, not the address
	}
	if err := u.tell(ctx, d.Chat, reason); err != nil {
		u.Log.ErrorContext(ctx, "front office is not told of an unreachable applicant", slog.Any("error", err))
	}
}

func (u *Unreachable) tell(ctx context.Context, chat bot.Address, reason string) error {
	person, err := u.Store.PersonAt(ctx, chat)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load person: %w", err)
	}
	cases, err := u.Store.ByApplicant(ctx, person.ID, openCases)
	if err != nil {
		return fmt.Errorf("list cases: %w", err)
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
				turn.Deliveries = append(turn.Deliveries, u.notice(now, row, o, chat, reason))
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
func (u *Unreachable) notice(now time.Time, row store.TaskRow, to workflow.Person, chat bot.Address, reason string) bot.Delivery {
	hash := sha256.Sum256([]byte(chat))
	day := now.In(workflow.WIB()).Format(time.DateOnly)
	return bot.Delivery{
		ID:     fmt.Sprintf("unreachable/%s/%s/%s@%s", row.ID, hex.EncodeToString(hash[:8]), day, to.ID),
		Chat:   bot.Address(to.Addresses[0]),
		Notice: true, Created: now,
		Message: bot.Message{
			Text:    u.say("unreachable.told", "case", string(row.ID), "body", row.Label, "reason", u.why(reason)),
			Choices: []bot.Choice{{ID: "/buka " + string(row.ID), Label: u.say("menu.open")}},
		},
	}
}

func (u *Unreachable) say(key string, args ...any) string {
	return u.Texts.Say(workflow.Indonesian, key, args...)
}

func (u *Unreachable) why(reason string) string {
	switch reason {
	case "blocked":
		return u.say("unreachable.blocked")
	case "deactivated":
		return u.say("unreachable.deactivated")
	}
	return u.say("unreachable.chat_not_found")
}
