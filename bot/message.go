package bot

import (
	"encoding/json"
	"time"
)

// Address is a chat on a channel: "<channel>:<the network's own chat id>".
type Address string

// MakeAddress gives the address of a chat of a channel.
func MakeAddress(channel, chat string) Address { return Address(channel + ":" + chat) }

// Channel gives the name of the channel that the chat is on.
func (a Address) Channel() string { ch, _ := a.split(); return ch }

// Chat gives the network's own chat id.
func (a Address) Chat() string { _, chat := a.split(); return chat }

func (a Address) split() (channel, chat string) {
	for i := range len(a) {
		if a[i] == ':' {
			return string(a[:i]), string(a[i+1:])
		}
	}
	return "", string(a)
}

// Inbound is one message from a person. ID is the network's own id prefixed with
// the channel, so that a repeat by the network is known as one.
type Inbound struct {
	ID       string        `json:"id"`
	Chat     Address       `json:"chat"`
	Name     string        `json:"name,omitempty"` // what the network calls the sender
	Lang     string        `json:"lang,omitempty"` // the language of the sender's app, an IETF tag such as "en-GB"; "": not told
	At       time.Time     `json:"at"`
	Text     string        `json:"text,omitempty"`
	Choice   string        `json:"choice,omitempty"` // ID of the pressed [Choice]
	Asked    []Choice      `json:"asked,omitempty"`  // those of the message of ours that the text quotes, on networks without buttons
	Quotes   string        `json:"quotes,omitempty"` // text of the message of ours that the text quotes
	Files    []InboundFile `json:"files,omitempty"`
	Album    string        `json:"album,omitempty"` // the same for messages that were sent at once; the network does not tell how many
	Location *Location     `json:"location,omitempty"`
	// Better is the ID of an earlier message whose file the one here is a better copy of: some
	// networks send a poor one first. It is no message of its own.
	Better string `json:"better,omitempty"`
	// Message names the message as [Inbound.Edits] of a later one does; "": its ID does.
	Message string `json:"message,omitempty"`
	// Edits names an earlier message whose text was changed, to Text.
	Edits string `json:"edits,omitempty"`
	// Withdrawn is the ID of an earlier message that its sender deleted for everyone.
	Withdrawn string `json:"withdrawn,omitempty"`
	// Reaction says that Text is a sign put on the message of ours that offered Asked; without
	// Asked it is not known on which.
	Reaction bool   `json:"reaction,omitempty"`
	Other    string `json:"other,omitempty"` // a kind of message that is not understood: "sticker", "voice", "poll"
}

// Values of [Inbound.Other] that are answered in words of their own.
const (
	OtherGroup  = "group"  // somebody spoke in a chat of many people
	OtherEdited = "edited" // an earlier message was changed
	// OtherUnreadable is a message that came so that nobody but its sender can
	// read it; he is asked to send it again.
	OtherUnreadable = "unreadable"
	OtherViewOnce   = "view_once" // a picture that only the phone may show, once
	OtherContact    = "contact"   // somebody else's phone number
	OtherCall       = "call"      // somebody called
	// OtherStaff says that an officer wrote in the chat himself, on the office's own phone.
	OtherStaff = "staff"
	// OtherLost is a message that was stored and cannot be decoded any more.
	OtherLost = "lost"
)

// InboundFile is a file that came with an inbound message. Its content is in the file store
// when the message is handled: the channel has put it there before the message was
// accepted, or, if the network keeps it, it is fetched by its Ref in between (see
// [Fetching]). Key is empty if it cannot be had, and Problem then says why.
type InboundFile struct {
	Key string `json:"key,omitempty"` // SHA-256 of the content, hex
	Ref string `json:"ref,omitempty"` // the network's own id of the content, while it is not fetched
	// Fetched says that the content was fetched for this very try to handle the message,
	// so that nothing that is stored names it yet on its account.
	Fetched bool        `json:"-"`
	Name    string      `json:"name"`
	Size    int64       `json:"size"`            // bytes
	Photo   bool        `json:"photo,omitempty"` // sent as a picture, so shrunk by the network
	Problem FileProblem `json:"problem,omitempty"`
}

// FileProblem says why a file could not be taken.
type FileProblem string

// The problems.
const (
	FileTooLarge FileProblem = "too_large"
	FileGone     FileProblem = "gone"   // the network no longer has it
	FileUnkept   FileProblem = "unkept" // it could not be had in time, or not kept
)

// MaxFileSize is the size of the largest file that is taken, in bytes.
const MaxFileSize = 20 << 20

// Location is a point on the ground, in degrees, and how it came to be sent.
type Location struct {
	Lat  float64      `json:"lat"`
	Lon  float64      `json:"lon"`
	Kind LocationKind `json:"kind,omitempty"`
	// Accuracy is the radius within which the sender's device knew itself to be, in metres; 0: not told.
	Accuracy float64 `json:"accuracy,omitempty"`
	// At is when the point was taken, where the network tells; zero: as the message.
	At   time.Time `json:"at,omitzero"`
	Name string    `json:"name,omitempty"` // of a place that was picked from a list or a map
}

// LocationKind says where a point comes from.
type LocationKind string

// The kinds of locations.
const (
	LocationSent      LocationKind = ""          // the sender sent a point
	LocationForwarded LocationKind = "forwarded" // an earlier message, mostly somebody else's, was passed on
	LocationVenue     LocationKind = "venue"     // a place that was picked by its name
	LocationLive      LocationKind = "live"      // the first point of a position that is shared for a while
)

// Message is sent to a person. A channel shows Choices as buttons, or as a
// numbered list where it has none.
type Message struct {
	Text string `json:"text"`
	// Lang is the language of the text, as an ISO 639 code, for words that the
	// channel adds; "": the channel's first.
	Lang    string   `json:"lang,omitempty"`
	Choices []Choice `json:"choices,omitempty"`
	// Open says that the choices are the chat's open question, so that a number
	// that is typed next means one of them. Those of a notice are not: it stands
	// beside that question.
	Open bool `json:"open,omitempty"`
	// Daytime says that a notice is for working hours: if it could not go in them, it
	// waits for the next, or until its person speaks.
	Daytime bool         `json:"daytime,omitempty"`
	Files   []Attachment `json:"files,omitempty"`
	Want    Want         `json:"want,omitempty"`
	// Clear says that the keyboard by which an earlier question asked for its [Want] is to
	// go, on channels that have such keyboards. It comes from what the chat remembers, so
	// that the keyboard goes after a restart too.
	Clear bool `json:"clear,omitempty"`
	// Menu replaces the commands that the chat's menu offers, on channels that
	// have one; empty: they stay.
	Menu []Command `json:"menu,omitempty"`
}

// Command is an entry of a chat's menu of commands.
type Command struct {
	Name string `json:"name"` // without a slash: small letters, digits and _
	Text string `json:"text"` // what it does, in a few words
}

// Choice is an offered answer. ID comes back in [Inbound.Choice]; it is at most
// 64 bytes. An ID that starts with "/" is a command that stands for itself; any
// other belongs to one question and is refused once that was answered.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Attachment is a file of the file store that goes out with a message.
type Attachment struct {
	Key  string `json:"key"` // SHA-256 of the content, hex
	Name string `json:"name"`
	Type string `json:"type"` // media type
	Size int64  `json:"size"` // bytes
}

// Want is a hint at what the person should send next, for channels that have a
// button for it.
type Want string

// The wants.
const (
	WantNothing  Want = ""
	WantLocation Want = "location"
	WantContact  Want = "contact" // the person's own phone number
	WantFile     Want = "file"
)

// Keyboard tells whether a channel may ask for it with a keyboard in place of the
// person's own, which stays until it is taken away.
func (w Want) Keyboard() bool { return w == WantLocation || w == WantContact }

// Received is an inbound message that is safely stored. Seq grows within the
// store; within a chat it is the order of arrival.
type Received struct {
	Seq int64
	Inbound

	// Behind are the messages that wait behind this one in its chat, as far as they are
	// known; for the handler alone, which must not change them.
	Behind []Received
	// Settled says that no message has come for as long as the handler asked ([EarlyError]).
	Settled bool
}

// Conversation is the state that the handlers keep of a chat. Handled is the sequence
// number of the last inbound message whose effects are stored: what stands in the
// inbox after it is still to be handled.
type Conversation struct {
	Chat    Address
	Version int // guards every save; 0 for a new one
	Handled int64
	State   json.RawMessage
}

// Delivery is a message on its way to a chat. Within a chat deliveries leave in
// the order of Seq.
type Delivery struct {
	Seq     int64  // set by the store
	ID      string // unique: made from the inbound id or the case entry, so that a repeat is known as one
	Chat    Address
	Notice  bool // not an answer to what the chat just said
	Message Message
	Created time.Time
	// NotBefore is zero for "at once". A delivery that is not due holds back the
	// later ones of its chat too: what should be said tomorrow is created tomorrow.
	NotBefore time.Time
	Attempts  int // failed tries that count; 0 at birth, then from [Settlement]
	// Prev is the Seq of the latest delivery of the chat that was neither sent nor
	// dead when this one was stored, those before it in the same unit of work included; 0
	// for none. Set by the store at birth; who claims need not read it.
	Prev int64
	// Leased is the end of the lease under which the store gave the delivery out,
	// by Commit or by Claim. Zero: not leased.
	Leased time.Time
	// Unreadable says that the stored Message cannot be decoded any more; it is empty.
	Unreadable bool
}

// Settlement is the outcome of a try to deliver.
type Settlement struct {
	Seq   int64
	Chat  Address // of the delivery
	State DeliveryState
	Retry time.Time // DeliveryRetry: not before; zero: at once
	// Attempts is the new value of Delivery.Attempts (DeliveryRetry). A delivery that
	// is given back untried, or that the network asked to wait, keeps its number.
	Attempts int
	Reason   string // DeliveryRetry, DeliveryDead: a short code, never message text
	// Owner fences DeliveryRetry: it has no effect on a delivery that is leased to
	// somebody else by now.
	Owner string
}

// DeliveryState is the progress of a delivery.
type DeliveryState string

// The states.
const (
	DeliveryPending DeliveryState = "pending"
	DeliverySent    DeliveryState = "sent"
	DeliveryRetry   DeliveryState = "retry"
	DeliveryDead    DeliveryState = "dead" // given up; the address does not take messages
)
