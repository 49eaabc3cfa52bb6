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

	// Meant is what an unclear answer may have meant: choices to offer with the next question.
	Meant []Choice

	replies     []bot.Message
	Mail        []bot.Delivery // messages to other chats
	Persons     []store.Person
	Officers    []workflow.Officer
	Invitations []workflow.Invitation
	Delegations []workflow.Delegation
	Claims      []string
	Calls       []store.Call
	Secret      bool // the message is a secret as a whole: the inbox keeps it masked
}

// Load reads what is known of the chat and its person. A person seen for the first
// time is made with the session's other effects. forgotten tells that what was
// remembered of the chat cannot be decoded.
func (s *Session) Load(ctx context.Context, conv bot.Conversation) (forgotten bool, err error) {
	forgotten = s.Remember(conv.State)
	if err := s.LoadPerson(ctx); err != nil {
		return forgotten, err
	}
	return forgotten, s.LoadOfficer(ctx)
}

// Remember decodes what is known of the chat. What cannot be decoded is forgotten:
// else nothing would ever be answered there again.
func (s *Session) Remember(state []byte) (forgotten bool) {
	if len(state) == 0 {
		return false
	}
	err := json.Unmarshal(state, &s.State)
	for _, d := range s.State.all() {
		err = errors.Join(err, s.Env.decode(d))
	}
	if err != nil {
		s.State = State{}
		return true
	}
	return false
}

// LoadOfficer finds out whether the person is an officer.
func (s *Session) LoadOfficer(ctx context.Context) error {
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

// LoadPerson finds out who writes. The chat remembers who did last; meanwhile it
// may have been linked to somebody else, or parted from him.
func (s *Session) LoadPerson(ctx context.Context) error {
	if s.State.Person != "" {
		p, err := s.Env.Store.Person(ctx, s.State.Person)
		if err == nil && slices.Contains(p.Addresses, s.In.Chat) {
			s.Meet(p)
			return nil
		}
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			return fmt.Errorf("load person: %w", err)
		}
	}
	p, err := s.Env.Store.PersonAt(ctx, s.In.Chat)
	switch {
	case err == nil:
		s.Meet(p)
		return nil
	case workflow.CodeOf(err) != workflow.CodeNotFound:
		return fmt.Errorf("load person: %w", err)
	}
	s.Person = store.Person{
		ID: PersonAt(s.In.Chat), Name: s.In.Name, Lang: workflow.Indonesian,
		Addresses: []bot.Address{s.In.Chat}, Created: s.Now,
	}
	s.State.Person = s.Person.ID
	s.SavePerson()
	return nil
}

// Meet notes who writes, and that this is the chat in which he did last: news go
// there.
func (s *Session) Meet(p store.Person) {
	s.Person, s.State.Person = p, p.ID
	if s.Person.Latest(s.In.Chat) {
		s.SavePerson()
	}
}

// PersonAt makes the id of the person first met at an address. It is a hash, since
// addresses hold phone numbers on some networks and ids go into histories and logs.
func PersonAt(chat bot.Address) workflow.PersonID {
	h := sha256.Sum256([]byte(chat))
	return workflow.PersonID("p-" + hex.EncodeToString(h[:10]))
}

// SavePerson saves the person of the session.
func (s *Session) SavePerson() { s.KeepPerson(s.Person) }

// KeepPerson saves somebody with the session's other effects.
func (s *Session) KeepPerson(keep store.Person) {
	for i, p := range s.Persons {
		if p.ID == keep.ID {
			s.Persons[i] = keep
			return
		}
	}
	s.Persons = append(s.Persons, keep)
}

// SaveOfficer saves the officer of the session.
func (s *Session) SaveOfficer() {
	for i, o := range s.Officers {
		if o.ID == s.Officer.ID {
			s.Officers[i] = *s.Officer
			return
		}
	}
	s.Officers = append(s.Officers, *s.Officer)
}

// Lang gives the person's language.
func (s *Session) Lang() workflow.Lang { return s.Person.Lang }

// Text gives a wording of the catalogue in the person's language.
func (s *Session) Text(key string, args ...any) string {
	return s.Env.Texts.Say(s.Lang(), key, args...)
}

// Say answers with a wording of the catalogue.
func (s *Session) Say(key string, args ...any) { s.Send(bot.Message{Text: s.Text(key, args...)}) }

// SayText answers with a text that is worded already.
func (s *Session) SayText(text string) { s.Send(bot.Message{Text: text}) }

// Remark says a sentence by itself, if there is one.
func (s *Session) Remark(text string) {
	if text != "" {
		s.Send(bot.Message{Text: text})
	}
}

// Send answers with a message.
func (s *Session) Send(m bot.Message) { s.replies = append(s.replies, m) }

// Ask answers with a question and its choices, which become the chat's menu.
func (s *Session) Ask(text string, items ...Choice) { s.AskFor(bot.Message{Text: text}, items...) }

// AskFor is [Session.Ask] with files or a wanted kind of answer.
func (s *Session) AskFor(m bot.Message, items ...Choice) {
	s.State.Menu = nil
	if len(items) > 0 {
		s.State.Menu = &Menu{Nonce: strconv.FormatInt(s.In.Seq, 36), Items: items}
	}
	for _, item := range items {
		id := item.ID
		if id[0] != '/' {
			id = s.State.Menu.Nonce + ":" + id
		}
		m.Choices = append(m.Choices, bot.Choice{ID: id, Label: item.Label})
	}
	m.Open = len(items) > 0
	s.Send(m)
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
func (s *Session) End() { s.State.Open, s.State.Menu = nil, nil }

// ErrAnswered tells that the person was told why what was asked for cannot be done, so that
// nothing more is to be said. The runner takes it for success.
var ErrAnswered = errors.New("answered")

// Repeat puts the open dialogue's question once more, if there is one.
func (s *Session) Repeat(ctx context.Context) error {
	if d := s.State.Open.Dialogue(); d != nil {
		if err := d.Ask(ctx, s); err != nil && !errors.Is(err, ErrAnswered) {
			return err
		}
	}
	return nil
}

// OfficersOnly tells whether a dialogue is one that only officers have.
func (s *Session) OfficersOnly(name string) bool { return s.Env.Dialogues[name].OfficersOnly }

// Deliveries makes the answers ready to be sent, and notes in the state whether they leave
// a keyboard. Their ids come from the inbound message, so that handling it again
// makes the same ones.
func (s *Session) Deliveries() []bot.Delivery {
	messages := merged(s.replies)
	s.clearKeyboard(messages)
	out := make([]bot.Delivery, len(messages))
	for i, m := range messages {
		m.Lang = string(s.Lang())
		out[i] = bot.Delivery{ID: s.In.ID + "/" + strconv.Itoa(i+1), Chat: s.In.Chat, Message: m, Created: s.Now}
	}
	return append(out, s.Mail...)
}

// clearKeyboard has the keyboard of the question before go with the first answer, unless an
// answer brings its own.
func (s *Session) clearKeyboard(answers []bot.Message) {
	if len(answers) == 0 {
		return
	}
	own := slices.ContainsFunc(answers, func(m bot.Message) bool { return m.Want.Keyboard() })
	answers[0].Clear = s.State.Keyboard && !own
	s.State.Keyboard = own
}

// mergeUpTo keeps merged messages well below what networks take as one (4,096
// UTF-16 units).
const mergeUpTo = 3000

// merged puts texts that follow each other into one message: networks allow a chat
// about one message a second, and people read one better than three.
func merged(replies []bot.Message) []bot.Message {
	var out []bot.Message
	for _, m := range replies {
		if n := len(out) - 1; n >= 0 && bare(out[n]) && len(m.Files) == 0 && len(out[n].Text)+len(m.Text) <= mergeUpTo {
			m.Text = out[n].Text + "\n\n" + m.Text
			out[n] = m
			continue
		}
		out = append(out, m)
	}
	return out
}

// bare tells whether a message is text and nothing else.
func bare(m bot.Message) bool {
	return len(m.Files) == 0 && len(m.Choices) == 0 && m.Want == bot.WantNothing
}
