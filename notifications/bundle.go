package notifications

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// bundle collects one person's reminders for one message.
type bundle struct {
	person store.Person
	lines  []line
}

// line is one reminder, with what can be done about it.
type line struct {
	key     string // of the claim
	id      workflow.CaseID
	text    string
	choices []bot.Choice
}

// pending is a line that goes to somebody if the case can be looked at to the end.
type pending struct {
	person store.Person
	line   line
}

// shownLines and shownChoices bound a message to what people read and networks take.
const (
	shownLines   = 20
	shownChoices = 8
)

// send puts a rung into the bundles of those who hear it.
func (r *round) send(ctx context.Context, def *workflow.SOP, c workflow.Case, m workflow.Reminder) error {
	reached := 0
	for _, n := range def.Recipients(c, m.Rung) {
		if n.Person != "" {
			p, ok, err := r.dir.person(ctx, n.Person)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			reached++
			r.put(p, line{key: m.Key, id: c.ID, text: r.wordReply(def, c, p.Lang), choices: r.replyChoices(c, p.Lang)})
			continue
		}
		for _, o := range r.dir.audience(def, n) {
			reached++
			l := line{key: m.Key, id: c.ID, text: r.word(def, c, m), choices: r.choices(def, c, n, m)}
			if err := r.add(ctx, o.Person, l); err != nil {
				return err
			}
		}
	}
	if reached == 0 {
		r.Log.WarnContext(ctx, "nobody can be reminded", "case", c.ID, "rung", m.When.String())
	}
	return nil
}

func (r *round) add(ctx context.Context, id workflow.PersonID, l line) error {
	p, ok, err := r.dir.person(ctx, id)
	if err == nil && ok {
		r.put(p, l)
	}
	return err
}

func (r *round) put(p store.Person, l line) { r.pending = append(r.pending, pending{p, l}) }

// bundle adds what is pending to the bundles, each line once.
func (r *round) bundle() {
	for _, n := range r.pending {
		b := r.bundles[n.person.ID]
		if b == nil {
			b = &bundle{person: n.person}
			r.bundles[n.person.ID] = b
			r.order = append(r.order, n.person.ID)
		}
		last := len(b.lines) - 1 // the lines of one rung come one after the other
		if last < 0 || !slices.ContainsFunc(b.lines[max(0, last-sameCase):], func(o line) bool { return o.key == n.line.key }) {
			b.lines = append(b.lines, n.line)
		}
	}
	r.pending = nil
}

// sameCase bounds how far back a person's lines of one case may lie.
const sameCase = 8

// deliveries makes one message a person, or a few if it would be too long. Its id comes from the rungs, so that the
// same bundle made again is known as one.
func (r *round) deliveries() []bot.Delivery {
	var out []bot.Delivery
	for _, id := range r.order {
		b := r.bundles[id]
		for lines := range slices.Chunk(b.lines, shownLines) {
			sum := sha256.New()
			for _, l := range lines {
				sum.Write([]byte(l.key + "\n"))
			}
			out = append(out, bot.Delivery{
				ID:   "ingat/" + hex.EncodeToString(sum.Sum(nil)[:12]) + "@" + string(id),
				Chat: b.person.Addresses[0], Notice: true, Message: r.message(b.person.Lang, lines), Created: r.now,
			})
		}
	}
	return out
}

func (r *round) message(lang workflow.Lang, lines []line) bot.Message {
	if len(lines) == 1 {
		return bot.Message{Text: lines[0].text, Lang: string(lang), Choices: lines[0].choices, Daytime: true}
	}
	var text strings.Builder
	text.WriteString(r.Texts.Say(lang, "remind.head", "n", len(lines)))
	var choices []bot.Choice
	for i, l := range lines {
		text.WriteString("\n" + strconv.Itoa(i+1) + ". " + l.text)
		if len(l.choices) > 0 && len(choices) < shownChoices {
			choices = append(choices, bot.Choice{ID: l.choices[0].ID, Label: l.choices[0].Label + " " + string(l.id)})
		}
	}
	return bot.Message{Text: text.String(), Lang: string(lang), Choices: choices, Daytime: true}
}

// choices gives what the reminded person can do at once: open the case; its holder
// can promise it for today or hand it over, his superior can give it to another.
func (r *round) choices(def *workflow.SOP, c workflow.Case, n workflow.Notice, m workflow.Reminder) []bot.Choice {
	choice := func(command, key string) bot.Choice {
		return bot.Choice{ID: "/" + command + " " + string(c.ID), Label: r.say(key)}
	}
	out := []bot.Choice{openTask(choice("buka", "menu.open"), c)}
	turn := c.WaitsFor(def)
	above := def.Above(turn)
	switch {
	case m.Clock == workflow.ClockStep && n.Role == turn:
		out = append(out, choice("kerjakan", "remind.today"), choice("alihkan", "menu.hand_over"))
	case slices.Contains(above, n.Role):
		out = append(out, choice("alihkan", "remind.reassign"))
	}
	return out
}

// word puts a rung into a sentence for an officer.
func (r *round) word(def *workflow.SOP, c workflow.Case, m workflow.Reminder) string {
	step, _ := def.Step(c.Step)
	holder, promise := "", ""
	if c.Holder != nil {
		holder = c.Holder.By.Shown()
	}
	if p, ok := c.Promised(); ok {
		promise = calendar.ShortDateTime(p.At, workflow.Indonesian)
	}
	args := []any{
		"case", string(c.ID), "body", c.Form.Of(def.Form, workflow.MeansBody), "no", step.No, "step", step.Activity,
		"due", shortDue(c.StepClock.Due, workflow.Indonesian), "service", dateOf(c.ServiceClock.Due, workflow.Indonesian),
		"n", m.When.N, "holder", holder, "role", r.roleName(c.WaitsFor(def)), "promise", promise,
	}
	switch {
	case m.Clock == workflow.ClockService && m.When.Kind == workflow.WhenMisfit:
		return r.say("remind.service_misfit", args...)
	case m.Clock == workflow.ClockService && m.When.Kind == workflow.WhenLeft:
		return r.say("remind.service_left", args...)
	case m.Clock == workflow.ClockService:
		return r.say("remind.service_broken", args...)
	case m.When.Kind == workflow.WhenUsed && step.Time.Unit == workflow.Day:
		return r.say("remind.step_today", args...)
	case m.When.Kind == workflow.WhenUsed:
		return r.say("remind.step_soon", args...)
	case m.When.Kind == workflow.WhenDue:
		return r.say("remind.step_due", args...)
	}
	return r.say("remind.step_late", args...)
}

func (r *round) wordReply(def *workflow.SOP, c workflow.Case, lang workflow.Lang) string {
	return r.Texts.Say(lang, "remind.reply", "body", c.Form.Of(def.Form, workflow.MeansBody),
		"n", len(c.Asked(def)), "reply", dateOf(c.ReplyClock.Due, lang))
}

func (r *round) replyChoices(c workflow.Case, lang workflow.Lang) []bot.Choice {
	command := "lengkapi"
	if r.CommandIn != nil {
		command = r.CommandIn(lang, command)
	}
	return []bot.Choice{{ID: "/" + command + " " + string(c.ID), Label: r.Texts.Say(lang, "menu.mend")}}
}
