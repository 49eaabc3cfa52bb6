package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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

// turn is one message being answered.
type turn struct {
	app     *Env
	in      bot.Received
	now     time.Time
	work    *casework.Work
	fence   store.Fence
	state   State
	person  workflow.Person
	officer *workflow.Officer // nil if the person is none

	replies     []bot.Message
	mail        []bot.Delivery // messages to other chats
	persons     []workflow.Person
	officers    []workflow.Officer
	invitations []workflow.Invitation
	delegations []workflow.Delegation
	claims      []string
	secret      bool // the message is a secret as a whole, see [turn.masked]
}

// load reads what is known of the chat and its person. A person seen for the first
// time is made with the turn.
// forgotten tells that what was remembered of the chat cannot be decoded.
func (t *turn) load(ctx context.Context, conv bot.Conversation) (forgotten bool, err error) {
	forgotten = t.remember(conv.State)
	if err := t.loadPerson(ctx); err != nil {
		return forgotten, err
	}
	return forgotten, t.loadOfficer(ctx)
}

// remember decodes what is known of the chat. What cannot be decoded is forgotten:
// else nothing would ever be answered there again.
func (t *turn) remember(state []byte) (forgotten bool) {
	if len(state) == 0 {
		return false
	}
	if err := json.Unmarshal(state, &t.state); err != nil {
		t.state = State{}
		return true
	}
	return false
}

// loadOfficer finds out whether the person is an officer.
func (t *turn) loadOfficer(ctx context.Context) error {
	t.officer = nil
	officer, err := t.app.Store.OfficerOf(ctx, t.person.ID)
	switch {
	case err == nil && !officer.Disabled:
		t.officer = &officer
	case err != nil && workflow.CodeOf(err) != workflow.CodeNotFound:
		return fmt.Errorf("load officer: %w", err)
	}
	return nil
}

// loadPerson finds out who writes. The chat remembers who did last; meanwhile it
// may have been linked to somebody else, or parted from him.
func (t *turn) loadPerson(ctx context.Context) error {
	if t.state.Person != "" {
		p, err := t.app.Store.Person(ctx, t.state.Person)
		if err == nil && slices.Contains(p.Addresses, string(t.in.Chat)) {
			t.meet(p)
			return nil
		}
		if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
			return fmt.Errorf("load person: %w", err)
		}
	}
	p, err := t.app.Store.PersonAt(ctx, t.in.Chat)
	switch {
	case err == nil:
		t.meet(p)
		return nil
	case workflow.CodeOf(err) != workflow.CodeNotFound:
		return fmt.Errorf("load person: %w", err)
	}
	t.person = workflow.Person{
		ID: personAt(t.in.Chat), Name: t.in.Name, Lang: workflow.Indonesian,
		Addresses: []string{string(t.in.Chat)}, Created: t.now,
	}
	t.state.Person = t.person.ID
	t.savePerson()
	return nil
}

// meet notes who writes, and that this is the chat in which he did last: news go
// there.
func (t *turn) meet(p workflow.Person) {
	t.person, t.state.Person = p, p.ID
	if t.person.Latest(string(t.in.Chat)) {
		t.savePerson()
	}
}

// personAt makes the id of the person first met at an address. It is a hash, since
// addresses hold phone numbers on some networks and ids go into histories and logs.
func personAt(chat bot.Address) workflow.PersonID {
	h := sha256.Sum256([]byte(chat))
	return workflow.PersonID("p-" + hex.EncodeToString(h[:10]))
}

func (t *turn) savePerson() { t.keepPerson(t.person) }

// keepPerson saves somebody with the turn.
func (t *turn) keepPerson(keep workflow.Person) {
	for i, p := range t.persons {
		if p.ID == keep.ID {
			t.persons[i] = keep
			return
		}
	}
	t.persons = append(t.persons, keep)
}

func (t *turn) saveOfficer() {
	for i, o := range t.officers {
		if o.ID == t.officer.ID {
			t.officers[i] = *t.officer
			return
		}
	}
	t.officers = append(t.officers, *t.officer)
}

func (t *turn) lang() workflow.Lang { return t.person.Lang }

// text gives a wording of the catalogue in the person's language.
func (t *turn) text(key string, args ...any) string {
	return t.app.Texts.Say(t.lang(), key, args...)
}

// say answers with a wording of the catalogue.
func (t *turn) say(key string, args ...any) { t.reply(bot.Message{Text: t.text(key, args...)}) }

// replyText answers with a text that is worded already.
func (t *turn) replyText(text string) { t.reply(bot.Message{Text: text}) }

func (t *turn) reply(m bot.Message) { t.replies = append(t.replies, m) }

// ask answers with a question and its choices, which become the chat's menu.
func (t *turn) ask(text string, items ...Item) { t.askFor(bot.Message{Text: text}, items...) }

// askFor is ask with files or a wanted kind of answer.
func (t *turn) askFor(m bot.Message, items ...Item) {
	t.state.Menu = nil
	if len(items) > 0 {
		t.state.Menu = &Menu{Nonce: strconv.FormatInt(t.in.Seq, 36), Items: items}
	}
	for _, item := range items {
		id := item.ID
		if id[0] != '/' {
			id = t.state.Menu.Nonce + ":" + id
		}
		m.Choices = append(m.Choices, bot.Choice{ID: id, Label: item.Label})
	}
	m.Open = len(items) > 0
	t.reply(m)
}

// item makes a choice labelled from the catalogue. A command is offered by its name
// in the person's language, since some networks show it to be typed.
func (t *turn) item(id, key string, args ...any) Item {
	if name, ok := strings.CutPrefix(id, "/"); ok {
		name, arg, _ := strings.Cut(name, " ")
		id = strings.TrimSpace("/" + commandIn(t.app.commands, t.lang(), name) + " " + arg)
	}
	return Item{ID: id, Label: t.text(key, args...)}
}

// begin opens a dialogue; what is half filled in is put aside.
func (t *turn) begin(name string, set func(*Data)) {
	t.putAside()
	t.state.Open = &Data{Name: name, Begun: t.now, Key: t.in.ID}
	if set != nil {
		set(t.state.Open)
	}
}

// end closes the dialogue.
func (t *turn) end() { t.state.Open, t.state.Menu = nil, nil }

// data gives the answers of the open dialogue; nil if none is open.
func (t *turn) data() *Data { return t.state.Open }

// askAgain puts the open dialogue's question once more, if there is one.
func (t *turn) askAgain(ctx context.Context) error {
	if d, ok := t.dialogue(); ok {
		return d.ask(ctx, t)
	}
	return nil
}

func (t *turn) dialogue() (dialogue, bool) {
	if t.state.Open == nil {
		return nil, false
	}
	d, ok := t.app.dialogues[t.state.Open.Name]
	return d.dialogue, ok
}

// officersOnly tells whether a dialogue is one that only officers have.
func (t *turn) officersOnly(name string) bool { return t.app.dialogues[name].officersOnly }

// deliveries makes the answers ready to be sent. Their ids come from the inbound
// message, so that a repeat of the turn makes the same ones.
func (t *turn) deliveries() []bot.Delivery {
	messages := merged(t.replies)
	out := make([]bot.Delivery, len(messages))
	for i, m := range messages {
		m.Lang = string(t.lang())
		out[i] = bot.Delivery{ID: t.in.ID + "/" + strconv.Itoa(i+1), Chat: t.in.Chat, Message: m, Created: t.now}
	}
	return append(out, t.mail...)
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
