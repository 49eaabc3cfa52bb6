package bot

import (
	"context"
	"errors"
	"io"
	"time"
)

// Channel is a network that carries messages.
type Channel interface {
	// Name is the prefix of the channel's addresses.
	Name() string
	// Send delivers one message. id is the delivery's own id, the same at
	// every try. It returns nil once the network has taken the message, a
	// [*SendError] if it says what to do, or any other error for "try again".
	Send(ctx context.Context, id string, to Address, m Message) error
}

// Typist is a channel that can show that an answer is being prepared.
type Typist interface {
	Typing(ctx context.Context, to Address) error
}

// Linker is a channel that has links to the bot.
type Linker interface {
	// Link gives a link that opens a chat with the bot, which then hears "/start"
	// and the word: letters, digits, "-" and "_". It is "" while the network has
	// not told what the bot is called.
	Link(word string) string
}

// SendError is a failure to send of which the channel knows what it means.
type SendError struct {
	Reason string        // short code, for people who look at the outbox
	After  time.Duration // wait at least so long before the next try
	Lasts  bool          // it may stay so for long: who has another way should take it
	Dead   bool          // do not try again: the address does not take messages
}

func (e *SendError) Error() string {
	return "send: " + e.Reason
}

// ErrNoChannel is the reason of a delivery whose address names no channel that
// runs.
var ErrNoChannel = errors.New("no such channel")

// Files is the file store as channels see it.
type Files interface {
	// Put stores the content and gives its key, the SHA-256 in hex, and its
	// size. The same content twice is stored once.
	Put(ctx context.Context, content io.Reader) (key string, size int64, err error)
	// Open gives the content of a key, or an error that matches fs.ErrNotExist.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
}

// Inbox stores inbound messages.
type Inbox interface {
	// Accept stores the messages in order and gives those that were not stored
	// before, with their sequence numbers. When it returns without error they
	// survive any crash. [ErrFull]: those that it gives do, the others are not stored.
	Accept(ctx context.Context, now time.Time, messages ...Inbound) ([]Received, error)
	// Unhandled gives the stored messages whose effects are not stored yet, in
	// order.
	Unhandled(ctx context.Context) ([]Received, error)
	// UnhandledOf gives those of one chat whose sequence number is greater than
	// after, in order, at most limit.
	//
	// Within a chat sequence numbers grow in the order in which messages become
	// visible here: one that is stored after this call is greater than all that it
	// gave.
	UnhandledOf(ctx context.Context, chat Address, after int64, limit int) ([]Received, error)
}

// Handler does what a message asks for and stores all its effects, the answers
// included, in one write that also marks the message handled. An error means that
// nothing was stored; the message will be given again. It must be safe to call
// for different chats at once; for one chat it is called in order.
type Handler interface {
	Handle(ctx context.Context, r Received) error
}

// Outbox stores deliveries: pending until they are settled as sent or dead.
//
// Only the active process sends. A lease tells it which deliveries it has already; those
// of any other owner, whose term is over, are void. Leases keep the order of a chat: they
// are taken from its oldest pending delivery on, and only while none is live in that chat.
type Outbox interface {
	// Claim leases pending deliveries and gives them in order of Seq. It takes
	// chats in which no pending delivery has a lease of Owner's that he knows of,
	// the one with the oldest delivery first, and of each chat the oldest up to the first that is not due (NotBefore after Now). A lease that ends at or
	// before Now is not live.
	Claim(ctx context.Context, c Claim) ([]Delivery, error)
	// Settle records what became of deliveries, in the order given. Sent and dead
	// are final: such a delivery is never claimed again, and what is settled for
	// it later has no effect. DeliveryRetry ends the lease and makes the delivery
	// pending again from Retry on. Unknown sequence numbers have no effect.
	Settle(ctx context.Context, now time.Time, settlements ...Settlement) error
}

// Claim asks for deliveries to send.
type Claim struct {
	Owner string
	Now   time.Time
	Until time.Time // end of the lease
	Limit int       // about so many at most
	// Knows tells of a live lease of Owner's, by its end, whether he knows that he has
	// it. One that he does not is void: the answer to its writing was lost. Nil: he
	// knows them all.
	Knows func(chat Address, seq int64, until time.Time) bool
}

// Live tells whether a lease that ends after Now keeps others from a delivery.
func (c Claim) Live(owner string, chat Address, seq int64, until time.Time) bool {
	return owner == c.Owner && (c.Knows == nil || c.Knows(chat, seq, until))
}

// Pacer is a channel whose network takes only so many messages a second.
type Pacer interface {
	// Pace says how long the next message to a chat has to wait; 0 means that it
	// is sent now and counts. It is asked again after that time. A notice is no
	// answer to what the chat just said: it waits while answers do.
	Pace(now time.Time, to Address, notice bool) time.Duration
}
