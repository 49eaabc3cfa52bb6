package simulator

import (
	"slices"
	"time"

	"izinbot/bot"
)

// Phone is a person's phone, as the demo sets it up.
type Phone struct {
	ID    string   `json:"id"`    // the chat id: the phone's address is "sim:<ID>"
	Name  string   `json:"name"`  // what the network calls the person
	Role  string   `json:"role"`  // one line under the name
	Hints []string `json:"hints"` // texts worth trying, shown above the keyboard
}

// Message is one bubble on a phone.
type Message struct {
	N        int64         `json:"n"`              // position in the network; grows
	Mine     bool          `json:"mine,omitempty"` // the person said it, not the bot
	Sent     bool          `json:"sent,omitempty"` // Mine: it is safely in the inbox
	At       time.Time     `json:"at"`
	Delivery string        `json:"delivery,omitempty"` // the bot's: id of the delivery
	Text     string        `json:"text,omitempty"`
	Choices  []bot.Choice  `json:"choices,omitempty"`
	Choice   string        `json:"choice,omitempty"` // Mine: id of the pressed choice; Text is its label
	Of       int64         `json:"of,omitempty"`     // Mine: the message whose choice was pressed
	Files    []File        `json:"files,omitempty"`
	Location *bot.Location `json:"location,omitempty"`
	Want     bot.Want      `json:"want,omitempty"`
}

// File is a file in a bubble, whichever way it went.
type File struct {
	Key     string          `json:"key,omitempty"` // SHA-256 of the content, hex; empty if it was not kept
	Name    string          `json:"name"`
	Type    string          `json:"type,omitempty"` // media type, if the bot said it
	Size    int64           `json:"size"`           // bytes
	Photo   bool            `json:"photo,omitempty"`
	Problem bot.FileProblem `json:"problem,omitempty"`
}

// Kind is the type of an event.
type Kind string

// The kinds of events.
const (
	KindMessage Kind = "message" // a bubble appeared
	KindSent    Kind = "sent"    // the person's message Of is in the inbox
	KindRead    Kind = "read"    // the person has read up to message Of
	KindTyping  Kind = "typing"  // the bot prepares an answer; not kept

	kindReserve Kind = "reserve" // ids up to Of may have been used; journal only
)

// Event is one thing that happened on the network.
type Event struct {
	N       int64    `json:"n"` // the cursor: grows, with gaps
	Kind    Kind     `json:"kind"`
	Phone   string   `json:"phone,omitempty"`
	Message *Message `json:"message,omitempty"` // KindMessage
	Of      int64    `json:"of,omitempty"`      // KindSent, KindRead
}

func fromBot(delivery string, at time.Time, m bot.Message) *Message {
	out := &Message{
		At: at, Delivery: delivery, Text: m.Text, Want: m.Want,
		Choices: slices.Clone(m.Choices),
	}
	for _, f := range m.Files {
		out.Files = append(out.Files, File{Key: f.Key, Name: f.Name, Type: f.Type, Size: f.Size})
	}
	return out
}

func fromPerson(at time.Time, s Say) *Message {
	out := &Message{Mine: true, At: at, Text: s.Text, Choice: s.Choice, Of: s.Of, Location: s.Location}
	for _, f := range s.Files {
		out.Files = append(out.Files, File{Key: f.Key, Name: f.Name, Size: f.Size, Photo: f.Photo, Problem: f.Problem})
	}
	return out
}

// inbound gives the message as the bot's port knows it. A pressed choice travels
// without its label, as on networks that have buttons.
func (m *Message) inbound(p Phone) bot.Inbound {
	in := bot.Inbound{
		ID: inboundID(m.N), Chat: bot.MakeAddress(Name, p.ID), Name: p.Name,
		At: m.At, Text: m.Text, Choice: m.Choice, Location: m.Location,
	}
	if m.Choice != "" {
		in.Text = ""
	}
	for _, f := range m.Files {
		in.Files = append(in.Files, bot.InboundFile{Key: f.Key, Name: f.Name, Size: f.Size, Photo: f.Photo, Problem: f.Problem})
	}
	return in
}
