package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
)

// Person is somebody who talks to the office; an applicant, an officer or both.
// Somebody first met on WhatsApp and on Telegram is two persons until he links his
// chats. One then goes on and the other points to him, so that records under either id
// stay true (docs/adr/0013).
type Person struct {
	ID        workflow.PersonID `json:"id"`
	Version   int               `json:"version"` // guards every save; 0 for a new one
	Name      string            `json:"name"`    // as the network or the form gives it
	Lang      workflow.Lang     `json:"lang"`
	Addresses []bot.Address     `json:"addresses"` // chats ("telegram:123"), the last used first
	Created   time.Time         `json:"created"`
	// Barred is the last instant at which an officer's rights were taken from this
	// person. Messages written to him before are not delivered any more.
	Barred time.Time `json:"barred,omitzero"`

	// Into is the person that this one was merged into, who has the addresses then;
	// empty for everybody else.
	Into workflow.PersonID `json:"into,omitempty"`
	// Links are the persons that were merged into this one, in the order of linking.
	Links   []Link  `json:"links,omitempty"`
	Linking Linking `json:"linking,omitzero"`
	// Drafts gives, by draft, the chat that holds it now: a draft begun in one chat may
	// be continued in another, and the copies in his other chats are void. A chat that
	// is not his counts for nothing.
	Drafts map[string]bot.Address `json:"drafts,omitempty"`
}

// Link is a person that was merged into another one.
type Link struct {
	Persons   []workflow.PersonID `json:"persons"`   // he, then those merged into him before
	Addresses []bot.Address       `json:"addresses"` // the chats that came with him
	Since     time.Time           `json:"since"`
}

// Linking is the state of a person's one-time codes for linking.
type Linking struct {
	Code   string    `json:"code,omitempty"`  // hash of the only code that is good; empty: none
	Tries  int       `json:"tries,omitempty"` // wrong codes in a row that he entered
	Locked time.Time `json:"locked,omitzero"` // no code is looked at before
}

// MaxAddresses is the largest number of chats of one person.
const MaxAddresses = 5

// Known gives every id of the person, his own first.
func (p Person) Known() []workflow.PersonID {
	ids := []workflow.PersonID{p.ID}
	for _, l := range p.Links {
		ids = append(ids, l.Persons...)
	}
	return ids
}

// Is tells whether an id means this person.
func (p Person) Is(id workflow.PersonID) bool { return id != "" && slices.Contains(p.Known(), id) }

// Latest puts an address first among the person's; false if it was there already
// or is not his.
func (p *Person) Latest(address bot.Address) bool {
	i := slices.Index(p.Addresses, address)
	if i <= 0 {
		return false
	}
	p.Addresses = slices.Concat([]bot.Address{address}, p.Addresses[:i], p.Addresses[i+1:])
	return true
}

// Merge makes two persons one: p goes on, with the other's addresses behind his
// own, and the other points to him. Codes that either gave out are void.
func (p Person) Merge(other Person, now time.Time) (goesOn, merged Person) {
	link := Link{Persons: other.Known(), Addresses: slices.Clone(other.Addresses), Since: now}
	p.Links = append(slices.Clone(p.Links), link)
	p.Addresses = slices.Concat(p.Addresses, other.Addresses)
	p.Drafts = drafts(other.Drafts, p.Drafts)
	if other.Barred.After(p.Barred) {
		p.Barred = other.Barred
	}
	p.Linking.Code, other.Linking.Code = "", ""
	other.Into, other.Addresses = p.ID, nil
	return p, other
}

// Part undoes a [Person.Merge]: the other has his addresses back. ok is false if he
// was not merged into p. That the other was parted already, by a write that broke
// off, is no matter.
func (p Person) Part(other Person) (goesOn, parted Person, ok bool) {
	i := slices.IndexFunc(p.Links, func(l Link) bool { return l.Persons[0] == other.ID })
	if i < 0 || other.Into != p.ID && other.Into != "" {
		return p, other, false
	}
	his := func(a bot.Address) bool { return slices.Contains(p.Links[i].Addresses, a) }
	other.Addresses = slices.DeleteFunc(slices.Clone(p.Addresses), func(a bot.Address) bool { return !his(a) })
	p.Addresses = slices.DeleteFunc(slices.Clone(p.Addresses), his)
	p.Links = slices.Delete(slices.Clone(p.Links), i, i+1)
	other.Drafts = drafts(other.Drafts, p.Drafts)
	p.Linking.Code, other.Into = "", ""
	return p, other, true
}

// drafts merges the drafts of two persons; the second wins.
func drafts(a, b map[string]bot.Address) map[string]bot.Address {
	if len(a)+len(b) == 0 {
		return nil
	}
	all := map[string]bot.Address{}
	maps.Copy(all, a)
	maps.Copy(all, b)
	return all
}

// PersonNow gives the person that an id means now: himself, or who he turned out to
// be (Person.Into). CodeNotFound.
func PersonNow(ctx context.Context, people interface {
	Person(ctx context.Context, id workflow.PersonID) (Person, error)
}, id workflow.PersonID,
) (Person, error) {
	p, err := people.Person(ctx, id)
	for range MaxAddresses {
		if err != nil || p.Into == "" {
			break
		}
		p, err = people.Person(ctx, p.Into)
	}
	return p, err
}
