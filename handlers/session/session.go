package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/normalize"
	"izinbot/workflow/store"
)

// Session is one inbound message being handled.
type Session struct {
	Env     *Env
	In      bot.Received
	Now     time.Time
	Work    *casework.Work
	Term    int64 // of the active node; 0: there is one node
	State   State
	Person  store.Person
	Officer *workflow.Officer // nil if the person is none

	// Parts is the number of messages in which the text came, if these were several.
	Parts int
	// Meant holds the likely readings of an unclear answer: choices to offer with the next question.
	Meant []Choice
	Write Write

	replies []bot.Message
	parts   []bot.Inbound // the messages in which the text came, if these were several
}

// load reads what is known of the chat and its person. A person seen for the first
// time is made with the session's other effects. forgotten tells that what was
// remembered of the chat cannot be decoded.
func (s *Session) load(ctx context.Context, conv bot.Conversation) (forgotten bool, err error) {
	forgotten = s.remember(conv.State)
	if err := s.loadPerson(ctx); err != nil {
		return forgotten, err
	}
	return forgotten, s.loadOfficer(ctx)
}

// remember decodes what is known of the chat. What cannot be decoded is forgotten:
// else nothing would ever be answered there again.
func (s *Session) remember(state []byte) (forgotten bool) {
	if len(state) == 0 {
		return false
	}
	err := json.Unmarshal(state, &s.State)
	for _, d := range append(s.State.all(), s.State.Sequel) {
		err = errors.Join(err, s.Env.decode(d))
	}
	if err != nil {
		s.State = State{}
		return true
	}
	return false
}

// loadOfficer finds out whether the person is an officer.
func (s *Session) loadOfficer(ctx context.Context) error {
	s.Officer = nil
	officer, err := s.Env.Store.OfficerOf(ctx, s.Person.ID)
	switch {
	case err == nil && !officer.Disabled:
		s.Officer = &officer
	case err != nil && workflow.CodeOf(err) != workflow.CodeNotFound:
		return fmt.Errorf("load officer: %w", err)
	}
	return nil
}

// loadPerson finds out who writes. The chat remembers who did last; meanwhile it
// may have been linked to somebody else, or parted from him.
func (s *Session) loadPerson(ctx context.Context) error {
	if s.State.Person != "" {
		p, err := s.Env.Store.Person(ctx, s.State.Person)
		if err == nil && slices.Contains(p.Addresses, s.In.Chat) {
			s.meet(p)
			return nil
		}
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			return fmt.Errorf("load person: %w", err)
		}
	}
	p, err := s.Env.Store.PersonAt(ctx, s.In.Chat)
	switch {
	case err == nil:
		s.meet(p)
		return nil
	case workflow.CodeOf(err) != workflow.CodeNotFound:
		return fmt.Errorf("load person: %w", err)
	}
	s.Person = store.Person{
		ID: PersonAt(s.In.Chat), Name: s.In.Name, Lang: firstLang(s.In.Lang, s.In.Text),
		Addresses: []bot.Address{s.In.Chat}, Created: s.Now,
	}
	s.State.Person = s.Person.ID
	s.Write.Person(s.Person)
	return nil
}

// meet notes the person who writes, and that this is his latest chat: news go
// there.
func (s *Session) meet(p store.Person) {
	s.Person, s.State.Person = p, p.ID
	if s.Person.Latest(s.In.Chat) {
		s.Write.Person(s.Person)
	}
}

// Become goes on as somebody else, in the name of whom the chat speaks from now on.
func (s *Session) Become(ctx context.Context, p store.Person) error {
	s.meet(p)
	return s.loadOfficer(ctx)
}

// PersonAt makes the id of the person first met at an address. It is a hash, since
// addresses hold phone numbers on some networks and ids go into histories and logs.
func PersonAt(chat bot.Address) workflow.PersonID {
	h := sha256.Sum256([]byte(chat))
	return workflow.PersonID("p-" + hex.EncodeToString(h[:10]))
}

// Lang gives the person's language.
func (s *Session) Lang() workflow.Lang { return s.Person.Lang }

// Text gives a wording of the catalogue in the person's language. Examples of dates name the
// next year, so that none is ever past.
func (s *Session) Text(key string, args ...any) string {
	args = append(slices.Clip(args), "next_year", s.Now.In(workflow.WIB()).Year()+1)
	return s.Env.Texts.Say(s.Lang(), key, args...)
}

// Say answers with a wording of the catalogue.
func (s *Session) Say(key string, args ...any) { s.Send(bot.Message{Text: s.Text(key, args...)}) }

// SayText answers with a text that is worded already, if there is one.
func (s *Session) SayText(text string) {
	if text != "" {
		s.Send(bot.Message{Text: text})
	}
}

// Send answers with a message.
func (s *Session) Send(m bot.Message) { s.replies = append(s.replies, m) }

// Ask answers with a question and its choices, which become the chat's menu.
func (s *Session) Ask(text string, items ...Choice) { s.AskFor(bot.Message{Text: text}, items...) }

// longestID is the most that networks carry behind a button, in bytes.
const longestID = 64

// placed are buttons of choices with longer ids: they name the place of the choice in the menu.
const placed Numbered = "#"

// AskFor is [Session.Ask] with files or a wanted kind of answer. What an unclear answer may have
// meant is offered first.
func (s *Session) AskFor(m bot.Message, items ...Choice) {
	s.keepMeant()
	items, s.Meant = append(s.Meant, items...), nil
	s.State.Menu = nil
	if len(items) > 0 {
		s.State.Menu = &Menu{Nonce: strconv.FormatInt(s.In.Seq, 36), Items: items}
		s.State.notePast()
	}
	for i, item := range items {
		id := item.ID
		switch {
		case id[0] == '/':
		case len(s.State.Menu.Nonce)+1+len(id) > longestID:
			id = s.State.Menu.Nonce + ":" + placed.ID(i)
		default:
			id = s.State.Menu.Nonce + ":" + id
		}
		m.Choices = append(m.Choices, bot.Choice{ID: id, Label: item.Label})
	}
	m.Open = len(items) > 0
	s.Send(m)
}

// Tell answers without taking the place of the open question, which is put once more. The
// choices are offered where none is open.
func (s *Session) Tell(ctx context.Context, text string, items ...Choice) error {
	if s.State.Open != nil {
		s.SayText(text)
		return s.Repeat(ctx)
	}
	s.Ask(text, items...)
	return nil
}

// Choose answers what is none of the choices: an officer's command is one here, since no words
// are wanted; else the question is put once more.
func (s *Session) Choose(ctx context.Context) error {
	if text := strings.TrimSpace(normalize.Text(s.In.Text)); s.Officer != nil && text != "" && s.In.Choice == "" {
		cmd, arg, ok := s.findCommand(text, false)
		if !ok {
			cmd, arg, ok = s.Mistyped(text)
		}
		if ok {
			return s.RunCommand(ctx, cmd, arg)
		}
	}
	s.Say("common.choose")
	return s.Repeat(ctx)
}

// Choice makes a choice labelled from the catalogue. A command is offered by its name
// in the person's language, since some networks show it to be typed.
func (s *Session) Choice(id, key string, args ...any) Choice {
	if name, ok := strings.CutPrefix(id, "/"); ok {
		name, arg, _ := strings.Cut(name, " ")
		id = strings.TrimSpace("/" + CommandIn(s.Env.Commands, s.Lang(), name) + " " + arg)
	}
	return Choice{ID: id, Label: s.Text(key, args...)}
}

// Begin opens a dialogue and puts its first question; an open draft is put aside.
func (s *Session) Begin(ctx context.Context, d Dialogue) error { return s.BeginAt(ctx, d, "", 0) }

// BeginAt is [Session.Begin] for a dialogue about a case, and the step where it is.
func (s *Session) BeginAt(ctx context.Context, d Dialogue, id workflow.CaseID, step int) error {
	s.PutAside()
	s.State.Open = &Stored{Name: d.Name(), Case: id, Step: step, Begun: s.Now, Key: s.In.ID, dialogue: d}
	return s.Repeat(ctx)
}

// End closes the dialogue.
func (s *Session) End() {
	s.rememberEnded(s.State.Open)
	s.State.Open, s.State.Menu, s.State.Meant = nil, nil, nil
}

// ErrAnswered tells that the person was told why what was asked for cannot be done, so that
// nothing more is to be said. The runner takes it for success.
var ErrAnswered = errors.New("answered")

// Repeat puts the open dialogue's question once more, if there is one.
func (s *Session) Repeat(ctx context.Context) error {
	s.offerMeant()
	if d := s.State.Open.Dialogue(); d != nil {
		if err := d.Ask(ctx, s); err != nil && !errors.Is(err, ErrAnswered) {
			return err
		}
	}
	return nil
}
