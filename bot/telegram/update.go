package telegram

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// batch holds the messages and presses decoded from a list of updates.
type batch struct {
	inbound []bot.Inbound
	presses []press
}

// read adds what an update says to the batch. Some updates say nothing.
func (c *Channel) read(b *batch, u *models.Update) {
	switch {
	case u.Message != nil:
		c.readMessage(b, u.ID, u.Message)
	case u.EditedMessage != nil:
		c.readEdited(b, u.ID, u.EditedMessage)
	case u.CallbackQuery != nil:
		c.readPress(b, u.ID, u.CallbackQuery)
	case u.MessageReaction != nil:
		c.readReaction(b, u.ID, u.MessageReaction)
	case u.MyChatMember != nil:
		if isGroup(u.MyChatMember.Chat) && isMember(u.MyChatMember.NewChatMember) {
			c.readGroup(b, u.MyChatMember.Chat)
		}
	}
}

func (c *Channel) readMessage(b *batch, update int64, m *models.Message) {
	if isGroup(m.Chat) {
		c.readGroup(b, m.Chat)
		return
	}
	if !isPrivate(m.Chat) || isService(m) {
		return
	}
	b.inbound = append(b.inbound, c.message(update, m))
}

// readEdited tells which message has another text now. A live location is edited at each step of its sender;
// only its first fix counts.
func (c *Channel) readEdited(b *batch, update int64, m *models.Message) {
	if !isPrivate(m.Chat) || m.Location != nil {
		return
	}
	in := c.inbound(update, m.Chat, sender(m), c.at(m.EditDate))
	in.Other, in.Edits, in.Text = bot.OtherEdited, messageOf(m), cmp.Or(m.Text, m.Caption)
	b.inbound = append(b.inbound, in)
}

// readGroup lets a group be told once that the bot speaks with one person at a
// time: the inbox drops a second message with this id.
func (c *Channel) readGroup(b *batch, chat models.Chat) {
	in := c.inbound(0, chat, &models.User{}, c.cfg.Now())
	in.ID = Name + ":" + c.botID + ":group:" + strconv.FormatInt(chat.ID, 10)
	in.Name, in.Other = "", bot.OtherGroup
	b.inbound = append(b.inbound, in)
}

// inbound gives a message with who and where. The id holds the bot's, since another
// bot on the same data counts its updates anew.
func (c *Channel) inbound(update int64, chat models.Chat, from *models.User, at time.Time) bot.Inbound {
	return bot.Inbound{
		ID:   Name + ":" + c.botID + ":" + strconv.FormatInt(update, 10),
		Chat: address(chat.ID),
		Name: strings.TrimSpace(from.FirstName + " " + from.LastName),
		Lang: from.LanguageCode,
		At:   at,
	}
}

func address(chat int64) bot.Address {
	return bot.MakeAddress(Name, strconv.FormatInt(chat, 10))
}

// message gives what a person's message says.
func (c *Channel) message(update int64, m *models.Message) bot.Inbound {
	from := sender(m)
	in := c.inbound(update, m.Chat, from, c.at(m.Date))
	in.Text, in.Message = cmp.Or(m.Text, m.Caption), messageOf(m)
	if q := m.ReplyToMessage; q != nil && q.From != nil && q.From.IsBot {
		in.Quotes = cmp.Or(q.Text, q.Caption)
	}
	in.Album = m.MediaGroupID
	switch {
	case m.Text != "":
		in.Text = c.command(m.Text)
	case m.Location != nil:
		in.Location = location(m)
	case m.Document != nil && m.Animation == nil:
		in.Files = []bot.InboundFile{attached(m.Document)}
	case len(m.Photo) > 0:
		in.Files = []bot.InboundFile{photo(m)}
	case m.Contact != nil && m.Contact.UserID == from.ID:
		in.Text = phone(m.Contact.PhoneNumber)
	default:
		in.Text, in.Other = "", kind(m)
	}
	return in
}

// messageOf names a message of a person as an edit of it does.
func messageOf(m *models.Message) string { return strconv.Itoa(m.ID) }

// command takes the bot's name off a command, which Telegram adds in places
// ("/status@dairi_izin_bot LKS-…").
func (c *Channel) command(text string) string {
	if !strings.HasPrefix(text, "/") {
		return text
	}
	word, rest, _ := strings.Cut(text, " ")
	word, _, _ = strings.Cut(word, "@")
	return strings.TrimSpace(word + " " + rest)
}

// phone writes a number as people do; Telegram leaves out the plus sign.
func phone(number string) string {
	if strings.HasPrefix(number, "+") || strings.HasPrefix(number, "0") {
		return number
	}
	return "+" + number
}

// sender gives the author of a message in a private chat. Telegram may leave it out: the chat
// is with him, and has his id and name.
func sender(m *models.Message) *models.User {
	if m.From != nil {
		return m.From
	}
	return &models.User{ID: m.Chat.ID, FirstName: m.Chat.FirstName, LastName: m.Chat.LastName}
}

// at is the instant of a date, or now if there is none.
func (c *Channel) at(date int) time.Time {
	if date == 0 {
		return c.cfg.Now()
	}
	return time.Unix(int64(date), 0)
}

// isPrivate tells whether a chat is with one person. Only such chats have ids above
// zero, for servers that leave the type out.
func isPrivate(chat models.Chat) bool {
	return chat.ID > 0 && (chat.Type == models.ChatTypePrivate || chat.Type == "")
}

func isGroup(chat models.Chat) bool {
	return chat.ID < 0 && (chat.Type == models.ChatTypeGroup || chat.Type == models.ChatTypeSupergroup)
}

func isMember(m models.ChatMember) bool {
	return m.Type == models.ChatMemberTypeMember || m.Type == models.ChatMemberTypeAdministrator
}

// isService tells whether a message is one that nobody wrote.
func isService(m *models.Message) bool {
	return m.PinnedMessage != nil || m.MessageAutoDeleteTimerChanged != nil || m.WriteAccessAllowed != nil || m.ForumTopicCreated != nil
}

// kind names a message that is not understood.
func kind(m *models.Message) string {
	switch {
	case m.Sticker != nil:
		return "sticker"
	case m.Voice != nil, m.Audio != nil:
		return "voice"
	case m.Video != nil, m.VideoNote != nil, m.Animation != nil:
		return "video"
	case m.Poll != nil:
		return "poll"
	case m.Contact != nil:
		return bot.OtherContact
	}
	return "unknown"
}
