package handlerstest

import (
	"errors"
	"fmt"

	"izinbot/bot"
	"izinbot/handlers/session"
)

// Bubbles sends messages right after each other, as people write a thought, and gives the
// answers: each is handled with those behind it, and once the chat is quiet.
func (g *Guest) Bubbles(messages ...bot.Inbound) string {
	g.T.Helper()
	queue := g.Queue(messages...)
	for i := range queue {
		g.Take(queue[i:])
	}
	return Transcript(g.Sent[g.Chat])
}

// Queue stores messages as one that a network brought at once, and has the program wait for
// quiet from now on.
func (g *Guest) Queue(messages ...bot.Inbound) []bot.Received {
	g.T.Helper()
	g.App.Quiet = session.DefaultQuiet
	g.Sent = map[bot.Address][]bot.Message{}
	for i := range messages {
		g.Count++
		m := &messages[i]
		m.ID, m.Chat, m.Name, m.At = fmt.Sprintf("test:%d", g.Count), g.Chat, "Pemohon CONTOH", g.Now
	}
	queue, err := g.Store.Accept(g.T.Context(), g.Now, messages...)
	if err != nil || len(queue) != len(messages) {
		g.T.Fatalf("accept: %d, %v", len(queue), err)
	}
	return queue
}

// Take handles the first message of a queue as the dispatcher does. It tells whether the chat
// had to be quiet first.
func (g *Guest) Take(queue []bot.Received) (waited bool) {
	g.T.Helper()
	r := queue[0]
	r.Behind = queue[1:]
	err := g.handle(r)
	if early := (*bot.EarlyError)(nil); errors.As(err, &early) {
		waited, r.Settled = true, true
		err = g.handle(r)
	}
	if err != nil {
		g.T.Fatalf("handle %q: %v", r.Text, err)
	}
	return waited
}

// handle asks whether files are wanted and handles a message.
func (g *Guest) handle(r bot.Received) error {
	if len(r.Files) > 0 {
		if _, err := g.App.WantsFiles(g.T.Context(), r); err != nil {
			return err
		}
	}
	return g.App.Handle(g.T.Context(), r)
}

// Texts makes a message of each text.
func Texts(texts ...string) []bot.Inbound {
	messages := make([]bot.Inbound, len(texts))
	for i, text := range texts {
		messages[i].Text = text
	}
	return messages
}
