package notifications

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// Outage tells persons that what they sent waits, for the database or for a file, once an
// outage and chat. Nothing can be stored then, so it speaks to the channel without the
// outbox, at best effort: what cannot be said is not said. A chat's outage is over when one of its messages
// was handled. Its methods wait for nothing.
type Outage struct {
	cfg      OutageConfig
	channels map[string]bot.Channel
	queue    chan excuse

	mu   sync.Mutex
	told map[bot.Address]bool          // chats whose outage is not over
	lost map[bot.Address]*time.Timer   // chats of which a message could not be stored, until they are told
	lang map[bot.Address]workflow.Lang // in which chats are spoken to
	said int

	stop    context.CancelFunc
	running sync.WaitGroup
}

// OutageConfig configures an Outage. Texts and Clock are required.
type OutageConfig struct {
	Texts *texts.Catalogue
	Clock func() time.Time
	// Elsewhere tells whether another process is active and this one is not cut off from
	// the store; nil: there is none.
	Elsewhere func() bool
	// Rest is the time for which a chat waits before it is told, for Elsewhere to find out;
	// default 2 s if there is one, else none.
	Rest time.Duration
	// Supervise keeps the loops running; nil: nobody does.
	Supervise bot.Supervise
	Log       *slog.Logger // default: none
}

// excuse is a message about an outage for a chat.
type excuse struct {
	chat bot.Address
	key  string // of the text
	due  time.Time
}

const (
	mostExcuses = 1_000            // that wait; no more are made then
	mostKnown   = 50_000           // chats that are remembered
	excuseTime  = 20 * time.Second // for one try
	excuseWaits = 20               // for a channel that minds its pace
)

// NewOutage gives one that has to be started.
func NewOutage(channels []bot.Channel, cfg OutageConfig) *Outage {
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	if cfg.Elsewhere != nil {
		cfg.Rest = cmp.Or(cfg.Rest, 2*time.Second)
	} else {
		cfg.Elsewhere = func() bool { return false }
	}
	o := &Outage{
		cfg: cfg, channels: map[string]bot.Channel{}, queue: make(chan excuse, mostExcuses),
		told: map[bot.Address]bool{}, lost: map[bot.Address]*time.Timer{}, lang: map[bot.Address]workflow.Lang{},
	}
	for _, c := range channels {
		o.channels[c.Name()] = c
	}
	return o
}

// Start begins to speak; until Stop, not until the end of ctx.
func (o *Outage) Start(ctx context.Context) {
	ctx, o.stop = context.WithCancel(context.WithoutCancel(ctx))
	o.running.Go(func() { o.cfg.Supervise.Loop(ctx, "outage", o.speak) })
}

func (o *Outage) speak(ctx context.Context) {
	for {
		select {
		case e := <-o.queue:
			o.tell(ctx, e)
		case <-ctx.Done():
			return
		}
	}
}

// Stop ends it; what waits is not said. Stopping twice, or what never started, is
// harmless.
func (o *Outage) Stop() {
	if o.stop != nil {
		o.stop()
	}
	o.running.Wait()
}

// Stored tells a chat whose messages are stored that they wait.
func (o *Outage) Stored(_ context.Context, chat bot.Address) { o.excuse(chat, "outage.stored") }

// Kept tells a chat whose messages could not be stored, but are kept by its network
// until they are.
func (o *Outage) Kept(_ context.Context, chat bot.Address) { o.excuse(chat, "outage.kept") }

// Late tells the sender of a message that is stored, but has not been handled for long.
func (o *Outage) Late(_ context.Context, r bot.Received) {
	key := "outage.stored"
	if len(r.Files) > 0 {
		key = "outage.file"
	}
	o.excuse(r.Chat, key)
}

// unstoredAfter is the time that a message may fail to be stored before its chat is told.
const unstoredAfter = 10 * time.Second

// Unstored tells a chat that its message could not be stored, if none of the chat is
// stored within ten seconds. Whether its network delivers it again is not known.
func (o *Outage) Unstored(chat bot.Address) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.lost[chat] != nil || len(o.lost) >= mostKnown {
		return
	}
	var timer *time.Timer
	timer = time.AfterFunc(unstoredAfter, func() {
		o.mu.Lock()
		still := o.lost[chat] == timer
		if still {
			delete(o.lost, chat)
		}
		o.mu.Unlock()
		if still {
			o.excuse(chat, "outage.unstored")
		}
	})
	o.lost[chat] = timer
}

// Accepted notes that a message of a chat was stored.
func (o *Outage) Accepted(chat bot.Address) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stored(chat)
}

// stored stops the wait of [Outage.Unstored]. The caller holds the lock.
func (o *Outage) stored(chat bot.Address) {
	if timer := o.lost[chat]; timer != nil {
		timer.Stop()
		delete(o.lost, chat)
	}
}

// Spoke notes that a message of a chat was handled, and in which language.
func (o *Outage) Spoke(chat bot.Address, lang workflow.Lang) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.told, chat)
	o.stored(chat)
	if len(o.lang) >= mostKnown {
		clear(o.lang)
	}
	o.lang[chat] = lang
}

func (o *Outage) excuse(chat bot.Address, key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.told[chat] || len(o.told) >= mostKnown {
		return
	}
	select {
	case o.queue <- excuse{chat, key, o.cfg.Clock().Add(o.cfg.Rest)}:
		o.told[chat] = true
	default: // the next try may find room
	}
}

// tell says it, if it is still true.
func (o *Outage) tell(ctx context.Context, e excuse) {
	bot.Pause(ctx, e.due.Sub(o.cfg.Clock()))
	channel := o.channels[e.chat.Channel()]
	if channel == nil || !o.pace(ctx, channel, e.chat) {
		return
	}
	m, id, ok := o.word(e)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, excuseTime)
	defer cancel()
	if err := channel.Send(ctx, id, e.chat, m); err != nil {
		o.cfg.Log.InfoContext(ctx, "outage is not told", slog.String("channel", e.chat.Channel()), slog.Any("error", err))
	}
}

// word words it; ok is false if it is no longer true.
func (o *Outage) word(e excuse) (m bot.Message, id string, ok bool) {
	o.mu.Lock()
	told := o.told[e.chat]
	lang, known := o.lang[e.chat]
	o.said++
	id = fmt.Sprintf("outage/%d/%d", o.cfg.Clock().UnixNano(), o.said)
	o.mu.Unlock()
	if !told {
		return m, id, false
	}
	if o.cfg.Elsewhere() {
		o.forget(e.chat)
		return m, id, false
	}
	if known {
		return bot.Message{Text: o.cfg.Texts.Say(lang, e.key)}, id, true
	}
	return bot.Message{
		Text: o.cfg.Texts.Say(workflow.Indonesian, e.key) + "\n\n" + o.cfg.Texts.Say(workflow.English, e.key),
	}, id, true
}

func (o *Outage) forget(chat bot.Address) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.told, chat)
}

// pace waits for the channel's leave.
func (o *Outage) pace(ctx context.Context, channel bot.Channel, chat bot.Address) bool {
	p, ok := channel.(bot.Pacer)
	if !ok {
		return true
	}
	for range excuseWaits {
		wait := p.Pace(o.cfg.Clock(), chat, true)
		if wait <= 0 {
			return true
		}
		if !bot.Pause(ctx, wait) {
			return false
		}
	}
	return false
}
