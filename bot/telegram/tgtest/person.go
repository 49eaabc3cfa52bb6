package tgtest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// Person is somebody with Telegram on his phone, in a private chat with the bot.
type Person struct {
	s  *Server
	id int64
}

// Answer is the bot's answerCallbackQuery for a press.
type Answer struct {
	Answered bool
	Text     string
	Alert    bool
}

// Person gives the person with an id, who is new at the first call. The name is
// the first one given.
func (s *Server) Person(id int64, name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chats[id] == nil {
		s.chats[id] = &chat{id: id, name: name, language: "id"}
	}
	return &Person{s, id}
}

// ID is the person's id, and that of his chat.
func (p *Person) ID() int64 { return p.id }

// say makes an update of a message; what is its content.
func (p *Person) say(kind string, what map[string]any) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.id]
	c.last++
	body := map[string]any{"message_id": c.last, "date": p.s.cfg.Now().Unix(), "chat": c.json(), "from": p.json(c)}
	maps.Copy(body, what)
	p.s.push(p.id, kind, body)
}

func (p *Person) json(c *chat) map[string]any {
	return map[string]any{"id": p.id, "is_bot": false, "first_name": c.name, "language_code": c.language}
}

// Type sends a text.
func (p *Person) Type(text string) { p.say("message", map[string]any{"text": text}) }

// Send sends a message of any kind, its fields as in the Bot API.
func (p *Person) Send(fields map[string]any) { p.say("message", fields) }

// Edit edits an earlier message; fields are those of the new one.
func (p *Person) Edit(fields map[string]any) {
	fields["edit_date"] = p.s.cfg.Now().Unix()
	p.say("edited_message", fields)
}

// EditLast edits the newest message of the person to another text.
func (p *Person) EditLast(text string) {
	p.s.mu.Lock()
	id := p.s.chats[p.id].last
	p.s.mu.Unlock()
	p.Edit(map[string]any{"message_id": id, "text": text})
}

// React puts a sign on a message of the bot.
func (p *Person) React(message int, sign string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.id]
	p.s.push(p.id, "message_reaction", map[string]any{
		"chat": c.json(), "user": p.json(c), "message_id": message, "date": p.s.cfg.Now().Unix(),
		"old_reaction": []any{}, "new_reaction": []map[string]string{{"type": "emoji", "emoji": sign}},
	})
}

// ShareLocation sends a place.
func (p *Person) ShareLocation(lat, lon float64) {
	p.Send(map[string]any{"location": map[string]any{"latitude": lat, "longitude": lon}})
}

// SendDocument sends a file. A size of 0 is the content's own.
func (p *Person) SendDocument(name string, content []byte, size int64, caption string) (id string) {
	id, size = p.s.keep("documents/"+name, content, size)
	p.Send(map[string]any{"caption": caption, "document": map[string]any{"file_id": id, "file_unique_id": "u" + id, "file_name": name, "file_size": size}})
	return id
}

// SendPhoto sends a picture, which Telegram offers in two sizes.
func (p *Person) SendPhoto(content []byte, album string) {
	small, _ := p.s.keep("photos/small.jpg", []byte("small"), 0)
	large, size := p.s.keep("photos/large.jpg", content, 0)
	what := map[string]any{"photo": []map[string]any{
		{"file_id": large, "file_unique_id": "l", "width": 1600, "height": 1200, "file_size": size},
		{"file_id": small, "file_unique_id": "s", "width": 90, "height": 67, "file_size": 5},
	}}
	if album != "" {
		what["media_group_id"] = album
	}
	p.Send(what)
}

// keep stores what a person sends.
func (s *Server) keep(path string, content []byte, size int64) (id string, told int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if size == 0 {
		size = int64(len(content))
	}
	n := strconv.Itoa(len(s.files) + 1)
	id = "file" + n
	f := file{path: n + "/" + path, size: size}
	s.files[id], s.contents[f.path] = f, content
	return id, size
}

// Lose makes a file that was sent unavailable for ever.
func (s *Server) Lose(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	f.gone = true
	s.files[id] = f
}

// Press presses the newest button with these data, also one that is gone from the
// screen by now, and gives the id of the press.
func (p *Person) Press(data string) (query string, err error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.id]
	for _, m := range slices.Backward(c.messages) {
		if !slices.ContainsFunc(m.Had, func(b Button) bool { return b.Data == data }) {
			continue
		}
		p.s.last++ // ids of presses come from the same counter
		query = strconv.FormatInt(p.s.last, 10)
		p.s.answers[query] = Answer{}
		p.s.push(p.id, "callback_query", map[string]any{
			"id": query, "from": p.json(c), "message": m.json(c, p.s.cfg.Now().Unix()), "chat_instance": "1", "data": data,
		})
		return query, nil
	}
	return "", fmt.Errorf("no button with data %q", data)
}

// Answer gives the bot's answer to a press by its query id.
func (s *Server) Answer(query string) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answers[query]
}

// Block makes the person block the bot, or not any more.
func (p *Person) Block(blocked bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.chats[p.id].blocked = blocked
}

// Messages lists the bot's messages to the person.
func (p *Person) Messages() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return slices.Clone(p.s.chats[p.id].messages)
}

// Menu is the menu that the person's chat was given.
func (p *Person) Menu() []Command {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.chats[p.id].menu
}

// Typing counts how often the bot showed that it was writing.
func (p *Person) Typing() int {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.chats[p.id].typing
}

// Until waits until something is true of the server, which is looked at after every
// change.
func (s *Server) Until(ctx context.Context, reached func() bool) error {
	for {
		s.mu.Lock()
		wake := s.wake
		s.mu.Unlock()
		if reached() {
			return nil
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Group is a chat of many people with the bot in it.
func (s *Server) Group(id int64, name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id] = &chat{id: id, name: name, group: true, language: "id"}
	return &Person{s, id}
}
