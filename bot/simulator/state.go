package simulator

import (
	"slices"
	"time"
)

// CodePeriod is the time that a one-time code is valid (RFC 6238, 30 s, counted from
// the epoch).
const CodePeriod = 30 * time.Second

// State is the whole network at one instant.
type State struct {
	Cursor int64        `json:"cursor"` // for [Network.Events]: what came after
	Phones []PhoneState `json:"phones"`
}

// PhoneState is a snapshot of a phone's screen.
type PhoneState struct {
	Phone
	Messages []Message `json:"messages"` // the newest, oldest first
	ReadTo   int64     `json:"readTo"`   // read up to this message
	Unread   int       `json:"unread"`   // the bot's messages after it
}

// State gives every phone in the order of [Config], with at most last messages of
// each; 0 means all that are kept.
func (n *Network) State(last int) State {
	n.mu.Lock()
	defer n.mu.Unlock()
	s := State{Cursor: n.feed.last, Phones: []PhoneState{}}
	for _, set := range n.cfg.Phones {
		s.Phones = append(s.Phones, n.phones[set.ID].state(last))
	}
	return s
}

// IDs gives the ids of the phones in the order of [Config].
func (n *Network) IDs() []string {
	var out []string
	for _, p := range n.cfg.Phones {
		out = append(out, p.ID)
	}
	return out
}

// Phone gives what is on one phone. Error: [ErrNoPhone].
func (n *Network) Phone(id string) (PhoneState, error) {
	p, ok := n.phones[id]
	if !ok {
		return PhoneState{}, ErrNoPhone
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return p.state(0), nil
}

// Read notes that the person has read up to a message, a number of [Message].
// Going back is ignored. Error: [ErrNoPhone].
func (n *Network) Read(phone string, upTo int64) error {
	p, ok := n.phones[phone]
	if !ok {
		return ErrNoPhone
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if upTo = min(upTo, n.last); upTo <= p.readTo {
		return nil
	}
	_, err := n.record(Event{Kind: KindRead, Phone: p.ID, Of: upTo})
	return err
}

// Code is a one-time code as a phone shows it.
type Code struct {
	Value string        `json:"value"`
	Left  time.Duration `json:"-"` // how long it is still valid on the network's clock
}

// Code gives the one-time code that the phone shows now, if it shows one.
func (n *Network) Code(phone string) (Code, bool) {
	if n.cfg.Code == nil {
		return Code{}, false
	}
	now := n.cfg.Clock()
	value, ok := n.cfg.Code(phone, now)
	if !ok {
		return Code{}, false
	}
	into := time.Duration(now.UnixNano() % int64(CodePeriod))
	return Code{Value: value, Left: CodePeriod - into}, true
}

func (p *phone) state(last int) PhoneState {
	s := PhoneState{Phone: p.Phone, ReadTo: p.readTo, Unread: p.unread}
	s.Messages = slices.Clone(p.messages)
	if last > 0 && len(s.Messages) > last {
		s.Messages = s.Messages[len(s.Messages)-last:]
	}
	if s.Messages == nil {
		s.Messages = []Message{}
	}
	return s
}
