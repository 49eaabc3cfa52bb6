package mongostore

import (
	"slices"

	"izinbot/bot"
	"izinbot/workflow/internal/kept"
)

// maxChat bounds the bytes that wait in a chat, and what is remembered of it. A
// document may have 16 MiB. That is some ten thousand messages: nobody reads them any
// more.
const maxChat = 8 << 20

// What a message and a delivery have besides their texts, at least: names of fields,
// numbers, and the place in the list.
const (
	messageFrame  = 100
	deliveryFrame = 250
)

// chatDoc is everything about a chat. It is one document, so that one guarded write
// changes it as a whole: who holds its deliveries, what is unhandled, what is
// remembered.
type chatDoc struct {
	ID   string `bson:"_id"`            // its address
	V    int64  `bson:"v"`              // grows with every write, and guards it; 0: not stored yet
	Lock string `bson:"lock,omitempty"` // the unit of work that is about to change what is remembered

	Version int64  `bson:"version"` // of what is remembered
	Handled int64  `bson:"handled"`
	State   []byte `bson:"state,omitempty"`
	Term    int64  `bson:"office,omitempty"` // under which the last fenced unit of work wrote

	Last int64        `bson:"last"` // the greatest sequence number that was given here
	In   []waitingDoc `bson:"in"`   // unhandled messages in order
	Out  []pendingDoc `bson:"out"`  // deliveries that are neither sent nor dead, in order

	Past  []handledDoc `bson:"past,omitempty"`  // handled messages that are not archived yet
	Gone  []settledDoc `bson:"gone,omitempty"`  // settled deliveries that are not archived yet
	IDs   []byte       `bson:"ids,omitempty"`   // 8-byte hashes of the ids of archived ones
	Whole bool         `bson:"whole,omitempty"` // IDs lacks none

	Unit *record `bson:"unit,omitempty"` // what is left to do of a unit of work that was decided by a write here

	Aside []asideDoc `bson:"aside,omitempty"` // what could not be read

	// What chats are found by.
	Oldest int64 `bson:"oldest"` // sequence number of In[0]; 0: none
	First  int64 `bson:"first"`  // sequence number of Out[0]; 0: none
	Due    int64 `bson:"due"`    // when Out[0] may go
	Over   int64 `bson:"over"`   // when the oldest of Past was received, or of Gone settled; 0: none
}

// waitingDoc is an unhandled message.
type waitingDoc struct {
	Seq      int64  `bson:"seq"`
	ID       string `bson:"id"`
	Received int64  `bson:"received"`
	Message  []byte `bson:"message"` // JSON
}

// pendingDoc is a delivery that is on its way.
type pendingDoc struct {
	Seq       int64  `bson:"seq"`
	ID        string `bson:"id"`
	Unit      string `bson:"turn"` // that stored it
	Notice    bool   `bson:"notice"`
	Message   []byte `bson:"message,omitempty"` // JSON
	Created   int64  `bson:"created"`
	NotBefore int64  `bson:"notBefore"` // 0: at once
	Attempts  int64  `bson:"attempts"`
	Owner     string `bson:"owner"`
	Lease     int64  `bson:"lease"` // its end; 0: none
	Reason    string `bson:"reason"`
}

// index brings what the chat is found by up to date.
func (c *chatDoc) index() {
	c.Oldest, c.First, c.Due, c.Over = 0, 0, 0, 0
	if len(c.Past) > 0 {
		c.Over = c.Past[0].At
	}
	if n := len(c.Gone); n > 0 && (c.Over == 0 || c.Gone[0].At < c.Over) {
		c.Over = c.Gone[0].At
	}
	if len(c.In) > 0 {
		c.Oldest = c.In[0].Seq
	}
	if len(c.Out) > 0 {
		c.First, c.Due = c.Out[0].Seq, c.Out[0].NotBefore
	}
}

// room tells whether n more bytes may wait.
func (c *chatDoc) room(n int) bool {
	return n+c.size() <= maxChat
}

// size is about how many bytes the chat's document has.
func (c *chatDoc) size() int {
	n := len(c.State) + len(c.IDs) + c.pastSize()
	if c.Unit != nil {
		n += c.Unit.size()
	}
	for _, v := range c.Aside {
		n += len(v.Was.Value)
	}
	for _, m := range c.In {
		n += messageSize(m.ID, m.Message)
	}
	for _, d := range c.Out {
		n += deliverySize(d.ID, d.Message)
	}
	return n
}

// messageSize is about what a message takes of its chat's document.
func messageSize(id string, message []byte) int { return messageFrame + len(id) + len(message) }

// deliverySize is the same for a delivery.
func deliverySize(id string, message []byte) int { return deliveryFrame + len(id) + len(message) }

// hasMessage tells whether a message waits here, or was handled and is not archived.
func (c *chatDoc) hasMessage(id string) bool {
	return slices.ContainsFunc(c.In, func(m waitingDoc) bool { return m.ID == id }) ||
		slices.ContainsFunc(c.Past, func(m handledDoc) bool { return m.ID == id })
}

// settled tells whether a delivery was settled and is not archived.
func (c *chatDoc) settled(id string) bool {
	return slices.ContainsFunc(c.Gone, func(d settledDoc) bool { return d.ID == id })
}

// waits tells whether a delivery of that id is on its way.
func (c *chatDoc) waits(id string) bool {
	d, _ := c.pending(id)
	return d != nil
}

// pending gives a delivery that is on its way, and the sequence number of the one
// before it; nil if there is none of that id.
func (c *chatDoc) pending(id string) (d *pendingDoc, prev int64) {
	for i := range c.Out {
		if c.Out[i].ID == id {
			return &c.Out[i], prev
		}
		prev = c.Out[i].Seq
	}
	return nil, 0
}

// fenced tells whether somebody with a later term has written here.
func (c *chatDoc) fenced(term int64) bool { return term != 0 && c.Term > term }

// remember makes the talk the chat's, and takes the messages that are handled by it for
// over.
func (c *chatDoc) remember(t *talkPart) {
	c.Version, c.Handled, c.State = t.Version+1, t.Handled, t.State
	c.Term = max(c.Term, t.Term)
	var left []waitingDoc
	for _, m := range c.In {
		if m.Seq == t.Handled && t.Masked != nil {
			m.Message = t.Masked
		}
		if m.Seq <= t.Handled {
			c.Past = append(c.Past, handledDoc{ID: m.ID, Chat: c.ID, Seq: m.Seq, At: m.Received, Message: m.Message})
		} else {
			left = append(left, m)
		}
	}
	c.In = left
}

// add appends a delivery, leased if nothing before it forbids that.
func (c *chatDoc) add(d deliveryPart, seq int64, unit string) (added pendingDoc, prev int64) {
	added = pendingDoc{
		Seq: seq, ID: d.ID, Unit: unit, Notice: d.Notice, Message: d.Message, Created: d.Created, NotBefore: d.NotBefore,
	}
	others := func(p pendingDoc) bool { return p.Owner != d.Owner || p.Lease <= d.Now }
	if d.Owner != "" && !slices.ContainsFunc(c.Out, others) {
		added.Owner, added.Lease = d.Owner, d.Lease
	}
	if n := len(c.Out); n > 0 {
		prev = c.Out[n-1].Seq
	}
	c.Out = append(c.Out, added)
	c.Last = max(c.Last, seq)
	return added, prev
}

// delivery gives a waiting delivery as others know it.
func (d pendingDoc) delivery(chat string) bot.Delivery {
	out := bot.Delivery{
		Seq: d.Seq, ID: d.ID, Chat: bot.Address(chat), Notice: d.Notice, Created: kept.Instant(d.Created),
		NotBefore: kept.Instant(d.NotBefore), Attempts: int(d.Attempts), Leased: kept.Instant(d.Lease),
	}
	out.Message, out.Unreadable = kept.MessageOf(d.Message)
	return out
}
