package session

import (
	"context"
	"fmt"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Some messages stand beside the dialogue: they are about an earlier message, and no answer
// to what is asked. A better copy takes the place of a poor one without a word; what was
// deleted for everyone is taken out of what is being filled in, or told to the office.

// beside tells whether the message is about an earlier one.
func (s *Session) beside() bool {
	return s.In.Better != "" || s.In.Withdrawn != "" || s.In.Reaction && !s.reacts() ||
		s.In.Other == bot.OtherCall || s.In.Other == bot.OtherStaff
}

// reacts tells whether a reaction is an answer that the question offered; a heart is none.
func (s *Session) reacts() bool {
	quoted := &Menu{}
	for _, c := range s.In.Asked {
		quoted.Items = append(quoted.Items, Choice(c))
	}
	return quoted.answered(s.In.Text) != ""
}

// askAgain puts the open question once more, if a sign would answer it that was put on a message
// which is not known any more. A sign on that one is then known.
func (s *Session) askAgain(ctx context.Context) error {
	if len(s.In.Asked) > 0 || s.State.Open.Dialogue() == nil || s.State.Menu.answered(s.In.Text) == "" {
		return nil
	}
	s.Say("common.which_reaction", "sign", s.In.Text)
	return s.Repeat(ctx)
}

func (s *Session) answerBeside(ctx context.Context) error {
	u := s.count()
	if s.overMessages() {
		return nil
	}
	switch {
	case s.In.Withdrawn != "":
		return s.withdraw(ctx)
	case s.In.Other == bot.OtherCall:
		s.sayCalled()
		return nil
	case s.In.Other == bot.OtherStaff:
		return s.stepAside(ctx)
	case s.In.Reaction:
		return s.askAgain(ctx)
	case s.In.Better == "":
		return nil
	}
	u.keep(s.In.Files)
	holder, err := s.holder(ctx)
	if err != nil || holder == nil {
		return err
	}
	for _, f := range s.In.Files {
		if f.Key == "" || f.Problem != "" {
			continue
		}
		if err := holder.Improve(ctx, s, s.In.Better, f); err != nil {
			return fmt.Errorf("take a better copy: %w", err)
		}
	}
	return nil
}

// callPause is the time in which further calls of the same person are not answered.
const callPause = 4 * time.Hour

// sayCalled tells somebody who called how to reach the office.
func (s *Session) sayCalled() {
	if s.Now.Sub(s.State.Called) < callPause {
		return
	}
	s.State.Called = s.Now
	if opens := s.Env.Calendar.NextOpen(s.Now); opens.After(s.Now) {
		s.Say("common.call_closed", "opens", calendar.ShortDateTime(opens, s.Lang()))
		return
	}
	closes, _ := s.Env.Calendar.DayClose(s.Now)
	s.Say("common.call", "closes", calendar.Time(closes))
}

// improves tells whether the files of the message are wanted: what they are better copies of
// can still be replaced, and the chat's quota of the day is not used up.
func (s *Session) improves(ctx context.Context) (bool, error) {
	if err := s.loadPerson(ctx); err != nil {
		return false, err
	}
	if err := s.loadOfficer(ctx); err != nil {
		return false, err
	}
	if s.In.Better == "" {
		return false, nil
	}
	holder, err := s.holder(ctx)
	return holder != nil && !s.Env.overFiles(s.State.Usage.on(s.Now), sizeOf(s.In.Files), s.factor()), err
}

// holder gives the dialogue that keeps the file of which the message brings a better copy;
// nil for none.
func (s *Session) holder(ctx context.Context) (FileHolder, error) {
	for _, h := range s.holders() {
		holds, err := h.Holds(ctx, s, s.In.Better)
		if holds || err != nil {
			return h, err
		}
	}
	return nil, nil
}

// holders lists the dialogues of the chat, drafts included, that may keep files.
func (s *Session) holders() (out []FileHolder) {
	for _, d := range s.State.all() {
		if h, ok := d.Dialogue().(FileHolder); ok && s.inChat(d, s.In.Chat) {
			out = append(out, h)
		}
	}
	return out
}

// withdraw takes out the files of a message that was deleted. What was sent in stays with
// the case; then the officer who has it is told. A message without files leaves nothing.
func (s *Session) withdraw(ctx context.Context) error {
	for _, h := range s.holders() {
		told, err := h.Withdraw(ctx, s, s.In.Withdrawn)
		if err != nil {
			return fmt.Errorf("take out a deleted message: %w", err)
		}
		if told != "" {
			return s.Tell(ctx, told, s.Likely()...)
		}
	}
	for _, id := range s.Person.Known() {
		rows, err := s.Env.Store.ByApplicant(ctx, id, besideCases)
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		for _, row := range rows {
			def, c, err := s.Work.Case(ctx, row.ID)
			if s.Unreadable(ctx, row.ID, err) {
				continue
			}
			if err != nil {
				return fmt.Errorf("load case: %w", err)
			}
			if names := broughtBy(c, s.In.Withdrawn); names != "" {
				return s.tellKept(ctx, def, c, names)
			}
		}
	}
	return nil
}

// besideCases is the number of a person's cases that are searched, the newest first.
const besideCases = 20

// broughtBy lists the files of a case's documents that a message brought; "" for none.
func broughtBy(c workflow.Case, message string) string {
	var names []string
	for _, doc := range c.Documents {
		for _, f := range doc.Files {
			if f.Message == message {
				names = append(names, string(doc.Code)+" ("+f.Name+")")
			}
		}
	}
	return strings.Join(names, ", ")
}

// tellKept tells the applicant that what he sent in stays, and the officer who has the case,
// or those of the role, that the message is gone.
func (s *Session) tellKept(ctx context.Context, def *workflow.SOP, c workflow.Case, names string) error {
	news := bot.Message{
		Text: s.Env.Texts.Say(workflow.Indonesian, "talk.deleted_mail", "case", string(c.ID), "files", names),
		Lang: string(workflow.Indonesian), Choices: []bot.Choice{{ID: "/buka " + string(c.ID), Label: s.Env.Texts.Say(workflow.Indonesian, "talk.open_case")}},
	}
	told, err := s.mailHolder(ctx, def, c, news)
	if err != nil {
		return err
	}
	key := "withdrawn.kept"
	if told {
		key = "withdrawn.kept_told"
	}
	return s.Tell(ctx, s.Text(key, "case", string(c.ID), "files", names), s.Choice("/status "+string(c.ID), "menu.status"))
}

// mailHolder writes to the officer who has a case, or to those of the role whose turn it is.
// It tells whether anybody can be reached; nobody has a case that has ended.
func (s *Session) mailHolder(ctx context.Context, def *workflow.SOP, c workflow.Case, m bot.Message) (bool, error) {
	step, ok := def.Step(c.Step)
	if !c.Open() || !ok {
		return false, nil
	}
	if c.Holder != nil {
		o, err := s.Env.Store.Officer(ctx, c.Holder.By.Officer)
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			return false, fmt.Errorf("load officer: %w", err)
		}
		if err == nil && !o.Disabled && o.Person != "" {
			return s.MailTo(ctx, o.Person, m)
		}
	}
	n, err := s.MailRoles(ctx, []workflow.Role{step.Role}, m)
	return n > 0, err
}
