package session

import (
	"slices"
	"strconv"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Write collects what a session writes besides its answers, its cases and the chat's state.
type Write struct {
	Invitations []workflow.Invitation
	Delegations []workflow.Delegation
	Claims      []string // see [store.UnitOfWork]
	Calls       []store.Call
	Secret      bool // the message is a secret as a whole: the inbox keeps it masked

	persons  []store.Person
	officers []workflow.Officer
	mail     []bot.Delivery // messages to other chats
}

// Person saves somebody, in place of what was to be saved of him before.
func (w *Write) Person(p store.Person) {
	i := slices.IndexFunc(w.persons, func(o store.Person) bool { return o.ID == p.ID })
	if i < 0 {
		w.persons = append(w.persons, p)
		return
	}
	w.persons[i] = p
}

// Officer saves an officer, in place of what was to be saved of him before.
func (w *Write) Officer(o workflow.Officer) {
	i := slices.IndexFunc(w.officers, func(old workflow.Officer) bool { return old.ID == o.ID })
	if i < 0 {
		w.officers = append(w.officers, o)
		return
	}
	w.officers[i] = o
}

// send writes a notice to another chat.
func (s *Session) send(chat bot.Address, m bot.Message) {
	s.Write.mail = append(s.Write.mail, bot.Delivery{
		ID: s.In.ID + "/mail/" + strconv.Itoa(len(s.Write.mail)+1), Chat: chat, Notice: true, Message: m, Created: s.Now,
	})
}
