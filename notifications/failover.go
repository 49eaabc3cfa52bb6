package notifications

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// atFault names, by the reason that a channel gives, the text that says why an
// address takes no messages; "" if the message was at fault, which would be so on
// any other address too.
func atFault(reason string) string {
	switch reason {
	case "blocked":
		return "unreachable.blocked"
	case "deactivated":
		return "unreachable.deactivated"
	case "chat_not_found":
		return "unreachable.chat_not_found"
	case "no_recent_inbound", "reachout_timelock":
		return "unreachable.not_allowed"
	case "not_on_whatsapp", "no_such_phone", "bad_address":
		return "unreachable.not_there"
	}
	if strings.HasPrefix(reason, reasonGaveUp) {
		return "unreachable.no_answer"
	}
	return ""
}

// reroute sends a notice to another address of its person, each address once; ok
// is false if none is left. The addresses at which it failed stand in its id as
// hashes, so that they need not be kept elsewhere.
func (u *Unreachable) reroute(ctx context.Context, d bot.Delivery, p workflow.Person) (ok bool, err error) {
	if !d.Notice {
		return false, nil // the answer to what was said there means nothing elsewhere
	}
	failed := d.ID + "~" + addressHash(d.Chat)
	for _, a := range p.Addresses {
		if strings.Contains(failed, "~"+addressHash(bot.Address(a))) {
			continue
		}
		m := d.Message
		m.Choices = slices.DeleteFunc(slices.Clone(m.Choices), func(c bot.Choice) bool {
			return !strings.HasPrefix(c.ID, "/") // it belongs to a question of the other chat
		})
		now := u.Now()
		return true, u.send(ctx, now, store.Turn{Deliveries: []bot.Delivery{
			{ID: failed, Chat: bot.Address(a), Notice: true, Message: m, Created: now},
		}})
	}
	return false, nil
}

func addressHash(a bot.Address) string {
	sum := sha256.Sum256([]byte(a))
	return hex.EncodeToString(sum[:5])
}

// callOfficer asks the superiors of an officer whom no message reaches to call him,
// each once a day. Where there is no superior, the admins are asked.
func (u *Unreachable) callOfficer(ctx context.Context, d bot.Delivery, o workflow.Officer, why string) error {
	now := u.Now()
	dir, err := openDirectory(ctx, u.Store, now)
	if err != nil {
		return err
	}
	var superiors []workflow.Officer
	for _, role := range o.Roles {
		above := u.Library.Current().Above(role)
		for i := 0; i < len(above) && len(superiors) == 0; i++ {
			superiors = append(superiors, dir.inRole(above[i])...)
		}
	}
	if len(superiors) == 0 {
		superiors = dir.inRole(workflow.RoleAdmin)
	}
	turn := store.Turn{}
	for _, s := range superiors {
		to, ok, err := dir.person(ctx, s.Person)
		if err != nil {
			return err
		}
		if ok && s.ID != o.ID {
			turn.Deliveries = append(turn.Deliveries, u.call(d, o, to, why, now))
		}
	}
	return u.send(ctx, now, turn)
}

// call words the wish; the case of the message that did not arrive is offered.
func (u *Unreachable) call(d bot.Delivery, o workflow.Officer, to workflow.Person, why string, now time.Time) bot.Delivery {
	m := bot.Message{Text: u.Texts.Say(workflow.Indonesian, "unreachable.officer", "name", o.Name, "reason", u.Texts.Say(workflow.Indonesian, why))}
	for _, c := range d.Message.Choices {
		command, id, _ := strings.Cut(c.ID, " ")
		if _, err := workflow.ParseCaseID(id); err == nil && command == "/buka" {
			m.Choices = append(m.Choices, bot.Choice{ID: c.ID, Label: u.Texts.Say(workflow.Indonesian, "menu.open") + " " + id})
			m.Choices = append(m.Choices, bot.Choice{ID: "/alihkan " + id, Label: u.Texts.Say(workflow.Indonesian, "remind.reassign")})
			break
		}
	}
	return bot.Delivery{
		ID:   fmt.Sprintf("unreachable/%s/%s@%s", o.ID, day(now), to.ID),
		Chat: bot.Address(to.Addresses[0]), Notice: true, Message: m, Created: now,
	}
}
