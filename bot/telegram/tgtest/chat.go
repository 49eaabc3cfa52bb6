package tgtest

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// chat is a private chat, or a group.
type chat struct {
	id       int64
	group    bool
	name     string
	language string
	blocked  bool // the person has blocked the bot
	messages []Message
	last     int // the last message id given, the person's included
	menu     []Command
	typing   int
}

// Message is a message of the bot.
type Message struct {
	ID       int
	Text     string // or caption
	File     *File
	Buttons  []Button   // inline, as they stand now
	Had      []Button   // inline, as they stood at first
	Keyboard [][]string // reply keyboard: the words of its buttons
	Asks     string     // what a button of the keyboard shares: "location" or "contact"
	Removes  bool       // it takes the reply keyboard away
	Preview  bool       // links are previewed
	Edits    int
}

// Button is a button under a message.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// File is a document of a message.
type File struct {
	Name    string
	Content []byte
}

// Command is an entry of a menu.
type Command struct {
	Name string `json:"command"`
	Text string `json:"description"`
}

// markup is any kind of keyboard.
type markup struct {
	Inline   [][]Button         `json:"inline_keyboard"`
	Keyboard [][]map[string]any `json:"keyboard"`
	Remove   bool               `json:"remove_keyboard"`
}

// set shows the markup on a message.
func (m *Message) set(k markup) error {
	m.Buttons = nil
	for _, row := range k.Inline {
		for _, b := range row {
			if b.Text == "" || b.Data == "" || len(b.Data) > 64 {
				return badRequest("BUTTON_DATA_INVALID")
			}
			m.Buttons = append(m.Buttons, b)
		}
	}
	m.Removes = k.Remove
	for _, row := range k.Keyboard {
		var words []string
		for _, b := range row {
			text, _ := b["text"].(string)
			words = append(words, text)
			if b["request_location"] == true {
				m.Asks = "location"
			}
			if b["request_contact"] == true {
				m.Asks = "contact"
			}
		}
		m.Keyboard = append(m.Keyboard, words)
	}
	return nil
}

// json gives the message as Telegram tells it.
func (m *Message) json(c *chat, date int64) map[string]any {
	out := map[string]any{"message_id": m.ID, "date": date, "chat": c.json()}
	if m.File == nil {
		out["text"] = m.Text
	} else {
		out["document"] = map[string]any{"file_id": "sent", "file_unique_id": "sent", "file_name": m.File.Name}
		if m.Text != "" {
			out["caption"] = m.Text
		}
	}
	if len(m.Buttons) > 0 {
		var rows [][]Button
		for _, b := range m.Buttons {
			rows = append(rows, []Button{b})
		}
		out["reply_markup"] = map[string]any{"inline_keyboard": rows}
	}
	return out
}

func (c *chat) json() map[string]any {
	if c.group {
		return map[string]any{"id": c.id, "type": "supergroup", "title": c.name}
	}
	return map[string]any{"id": c.id, "type": "private", "first_name": c.name}
}

func (c *chat) message(id int) *Message {
	i, ok := slices.BinarySearchFunc(c.messages, id, func(m Message, id int) int { return m.ID - id })
	if !ok {
		return nil
	}
	return &c.messages[i]
}

// checkText refuses what Telegram would.
func checkText(text string, limit int) error {
	if len(utf16.Encode([]rune(text))) > limit {
		return badRequest("message is too long")
	}
	if !utf8.ValidString(text) {
		return badRequest("strings must be encoded in UTF-8")
	}
	return nil
}
