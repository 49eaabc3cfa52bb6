package tgtest

import (
	"context"
	"net/http"
	"strings"
)

// botName is the bot's username.
const botName = "contoh_izin_bot"

// call does what a method says.
func (s *Server) call(ctx context.Context, method string, p params) (any, error) {
	switch strings.ToLower(method) {
	case "getme":
		return map[string]any{"id": 1, "is_bot": true, "first_name": "Izin CONTOH", "username": botName}, nil
	case "getupdates":
		return s.getUpdates(ctx, p)
	case "setwebhook":
		return s.setWebhook(p) //nolint:contextcheck // deliveries outlive the call
	case "deletewebhook":
		return s.deleteWebhook()
	case "getfile":
		return s.getFile(p)
	case "sendmessage", "senddocument":
		return s.send(p, strings.EqualFold(method, "sendDocument"))
	case "editmessagetext", "editmessagecaption", "editmessagereplymarkup":
		return s.edit(p, !strings.EqualFold(method, "editMessageReplyMarkup"))
	case "answercallbackquery":
		return s.answer(p)
	case "sendchataction":
		return s.act(p)
	case "setmycommands":
		return s.setCommands(p)
	case "setmydescription", "setmyshortdescription":
		return true, nil
	}
	return nil, &apiError{code: 404, text: "Not Found: method not found"}
}

// reach gives the chat of a call, or why it takes no messages. The caller holds
// the lock.
func (s *Server) reach(p params) (*chat, error) {
	c, ok := s.chats[p.number("chat_id")]
	switch {
	case !ok:
		return nil, badRequest("chat not found")
	case c.blocked:
		return nil, &apiError{code: 403, text: "Forbidden: bot was blocked by the user"}
	}
	return c, nil
}

func (s *Server) send(p params, document bool) (any, error) {
	m, err := newMessage(p, document)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reach(p)
	if err != nil {
		return nil, err
	}
	now := s.cfg.Now()
	if s.cfg.Limits {
		if err := s.limits.pass(now, c.id); err != nil {
			s.refused++
			return nil, err
		}
	}
	s.served++
	c.last++
	m.ID = c.last
	if s.cfg.Forgetful {
		c.messages = nil
	}
	c.messages = append(c.messages, m)
	s.changed()
	if s.cfg.Shown != nil {
		s.mu.Unlock()
		s.cfg.Shown(c.id, m)
		s.mu.Lock()
	}
	return m.json(c, now.Unix()), nil
}

func newMessage(p params, document bool) (Message, error) {
	m, limit := Message{Text: p.values["text"]}, 4096
	if document {
		m.Text, limit = p.values["caption"], 1024
		m.File = &File{p.name, p.upload}
		if p.name == "" || len(p.upload) == 0 {
			return m, badRequest("file must be non-empty")
		}
	} else if strings.TrimSpace(m.Text) == "" {
		return m, badRequest("message text is empty")
	}
	if err := checkText(m.Text, limit); err != nil {
		return m, err
	}
	var preview struct {
		Off bool `json:"is_disabled"`
	}
	var k markup
	if err := p.into("reply_markup", &k); err != nil {
		return m, err
	}
	if err := p.into("link_preview_options", &preview); err != nil {
		return m, err
	}
	m.Preview = !preview.Off
	err := m.set(k)
	m.Had = m.Buttons
	return m, err
}

func (s *Server) edit(p params, text bool) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reach(p)
	if err != nil {
		return nil, err
	}
	m := c.message(int(p.number("message_id")))
	if m == nil {
		return nil, badRequest("message to edit not found")
	}
	var k markup
	if err := p.into("reply_markup", &k); err != nil {
		return nil, err
	}
	edited := *m
	if text {
		edited.Text = p.values["text"] + p.values["caption"]
	}
	if err := edited.set(k); err != nil {
		return nil, err
	}
	if edited.Text == m.Text && len(edited.Buttons) == len(m.Buttons) {
		return nil, badRequest("message is not modified")
	}
	edited.Edits++
	*m = edited
	s.changed()
	return m.json(c, s.cfg.Now().Unix()), nil
}

func (s *Server) answer(p params) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := p.values["callback_query_id"]
	a, ok := s.answers[id]
	if !ok || a.Answered {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	s.answers[id] = Answer{Answered: true, Text: p.values["text"], Alert: p.values["show_alert"] == "true"}
	s.changed()
	return true, nil
}

func (s *Server) act(p params) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.reach(p)
	if err != nil {
		return nil, err
	}
	c.typing++
	s.changed()
	return true, nil
}

func (s *Server) setCommands(p params) (any, error) {
	var list []Command
	var scope struct {
		Type string `json:"type"`
		Chat int64  `json:"chat_id"`
	}
	if err := p.into("commands", &list); err != nil {
		return nil, err
	}
	if err := p.into("scope", &scope); err != nil {
		return nil, err
	}
	for _, c := range list {
		if c.Text == "" || strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if scope.Type == "chat" {
		if c, ok := s.chats[scope.Chat]; ok {
			c.menu = list
		}
	} else {
		s.menus[p.values["language_code"]] = list
	}
	s.changed()
	return true, nil
}

// file is a file that a person sent.
type file struct {
	path string
	size int64 // as Telegram tells it
	gone bool
}

func (s *Server) getFile(p params) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[p.values["file_id"]]
	switch {
	case !ok || f.gone:
		return nil, badRequest("invalid file_id")
	case f.size > 20<<20:
		return nil, badRequest("file is too big")
	}
	return map[string]any{"file_id": p.values["file_id"], "file_unique_id": "u", "file_size": f.size, "file_path": f.path}, nil
}

func (s *Server) serveFile(w http.ResponseWriter, path string) {
	s.count("file")
	if fault := s.fault("file"); fault != FaultNone {
		if fault == FaultReset || fault == FaultLost {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	s.mu.Lock()
	content := s.contents[path]
	s.mu.Unlock()
	if content == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = w.Write(content)
}

func (s *Server) count(method string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
}

// Calls counts the calls of a method; "file" counts downloads.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Sent counts the messages that went through, and those that the limits refused.
func (s *Server) Sent() (served, refused int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.served, s.refused
}

// Menu is the commands that a language's persons are offered.
func (s *Server) Menu(language string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.menus[language]
}
