//go:build !nowhatsapp

package whatsapp

import (
	"cmp"
	"context"
	"math"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"

	"izinbot/bot"
	"izinbot/bot/whatsapp/internal/vcard"
)

// content reads a message. false: there is nothing to answer.
func (c *Channel) content(e *events.Message) (bot.Inbound, bool) {
	m, child := unwrapChild(e.Message)
	if m.GetReactionMessage() != nil {
		return c.reaction(m.GetReactionMessage())
	}
	switch {
	case m == nil, deed(m), m.GetAlbumMessage() != nil:
		return bot.Inbound{}, false
	case m.GetProtocolMessage().GetType() == waE2E.ProtocolMessage_MESSAGE_EDIT && m.GetProtocolMessage() != nil, e.IsEdit:
		return edited(e, m), true
	case m.GetProtocolMessage().GetType() == waE2E.ProtocolMessage_REVOKE && m.GetProtocolMessage() != nil:
		id := m.GetProtocolMessage().GetKey().GetID()
		return bot.Inbound{Withdrawn: id}, id != ""
	case child != nil:
		return better(e, m, child)
	case m.GetProtocolMessage() != nil, m.GetSenderKeyDistributionMessage() != nil && plain(m) == "":
		return bot.Inbound{}, false
	case e.IsViewOnce:
		return bot.Inbound{Other: bot.OtherViewOnce}, true
	}
	in, ok := c.said(m)
	if ok && in.Other == "" {
		in.Album = m.GetMessageContextInfo().GetMessageAssociation().GetParentMessageKey().GetID()
	}
	in.Files = filesOf(e, m)
	return in, ok
}

// edited reads the new text of an earlier message. The network brings it within a note of the
// change, or bare.
func edited(e *events.Message, m *waE2E.Message) bot.Inbound {
	in := bot.Inbound{Other: bot.OtherEdited, Edits: e.Info.MsgBotInfo.EditTargetID, Text: plain(m)}
	if note := m.GetProtocolMessage(); note != nil {
		in.Edits, in.Text = note.GetKey().GetID(), plain(note.GetEditedMessage())
	}
	return in
}

// reaction reads a sign that a person put on a question of ours; "" takes one away.
func (c *Channel) reaction(r *waE2E.ReactionMessage) (bot.Inbound, bool) {
	choices := c.offered(r.GetKey().GetID())
	return bot.Inbound{Text: r.GetText(), Asked: choices, Reaction: true}, r.GetText() != "" && len(choices) > 0
}

// filesOf gives the file of a message, to be fetched; nil if it has none.
func filesOf(e *events.Message, m *waE2E.Message) []bot.InboundFile {
	file := mediaOf(m)
	if file == nil {
		return nil
	}
	ref, err := makeRef(e.Info, m)
	if err != nil {
		return nil
	}
	file.Ref = ref
	return []bot.InboundFile{*file}
}

// unwrapChild gives what a message holds, and how it belongs to an earlier one whose copy or
// addition it is: the sharp copy of a photo, the film of a live one. Those of an album are
// messages of their own. The network notes it within the child or around it.
func unwrapChild(m *waE2E.Message) (*waE2E.Message, *waE2E.MessageAssociation) {
	inner := m.GetAssociatedChildMessage().GetMessage()
	association := m.GetMessageContextInfo().GetMessageAssociation()
	if inner != nil {
		if within := inner.GetMessageContextInfo().GetMessageAssociation(); within != nil {
			association = within
		}
		if inner.MessageContextInfo == nil {
			inner.MessageContextInfo = m.GetMessageContextInfo()
		}
		m = inner
	}
	switch association.GetAssociationType() { //nolint:exhaustive // all others belong to an earlier message
	case waE2E.MessageAssociation_UNKNOWN, waE2E.MessageAssociation_MEDIA_ALBUM:
		if inner == nil || association.GetAssociationType() == waE2E.MessageAssociation_MEDIA_ALBUM {
			return m, nil
		}
		if association == nil {
			association = &waE2E.MessageAssociation{}
		}
	}
	return m, association
}

// better reads the addition to an earlier message: a picture is a better copy of that one's;
// all else, such as a film, says nothing.
func better(e *events.Message, m *waE2E.Message, child *waE2E.MessageAssociation) (bot.Inbound, bool) {
	parent := child.GetParentMessageKey().GetID()
	files := filesOf(e, m)
	if parent == "" || len(files) == 0 {
		return bot.Inbound{}, false
	}
	return bot.Inbound{Better: parent, Files: files}, true
}

// deed tells that a person did something with a message, rather than send one.
func deed(m *waE2E.Message) bool {
	return m.GetEncReactionMessage() != nil || m.GetPollUpdateMessage() != nil ||
		m.GetPinInChatMessage() != nil || m.GetKeepInChatMessage() != nil || m.GetEncEventResponseMessage() != nil
}

// said reads what a person said.
func (c *Channel) said(m *waE2E.Message) (bot.Inbound, bool) {
	switch {
	case plain(m) != "":
		info := m.GetExtendedTextMessage().GetContextInfo()
		return bot.Inbound{Text: plain(m), Asked: c.asked(info), Quotes: plain(info.GetQuotedMessage())}, true
	case m.GetImageMessage() != nil:
		return bot.Inbound{Text: m.GetImageMessage().GetCaption()}, true
	case m.GetDocumentMessage() != nil:
		return bot.Inbound{Text: m.GetDocumentMessage().GetCaption()}, true
	case m.GetLocationMessage() != nil:
		return pointOf(m.GetLocationMessage()), true
	case m.GetLiveLocationMessage() != nil:
		l := m.GetLiveLocationMessage()
		first := l.GetTimeOffset() == 0 // what follows is the same walk
		return place(bot.Location{
			Lat: l.GetDegreesLatitude(), Lon: l.GetDegreesLongitude(), Accuracy: float64(l.GetAccuracyInMeters()),
			Kind: kindOf(l.GetContextInfo(), bot.LocationLive),
		}), first
	case m.GetContactMessage() != nil:
		return bot.Inbound{Text: vcard.Phones(m.GetContactMessage())}, true
	case m.GetContactsArrayMessage() != nil:
		return bot.Inbound{Text: vcard.Phones(m.GetContactsArrayMessage().GetContacts()...)}, true
	}
	return bot.Inbound{Other: otherKind(m)}, true
}

// pointOf reads a point that was sent once. One with a name was picked from a list of
// places around.
func pointOf(l *waE2E.LocationMessage) bot.Inbound {
	kind := bot.LocationSent
	name := cmp.Or(l.GetName(), l.GetAddress())
	switch {
	case l.GetIsLive():
		kind = bot.LocationLive
	case name != "":
		kind = bot.LocationVenue
	}
	return place(bot.Location{
		Lat: l.GetDegreesLatitude(), Lon: l.GetDegreesLongitude(), Accuracy: float64(l.GetAccuracyInMeters()),
		Kind: kindOf(l.GetContextInfo(), kind), Name: name,
	})
}

// kindOf is the kind of a point that was sent, unless the message was forwarded.
func kindOf(info *waE2E.ContextInfo, sent bot.LocationKind) bot.LocationKind {
	if info.GetIsForwarded() || info.GetForwardingScore() > 0 {
		return bot.LocationForwarded
	}
	return sent
}

// place is a point on the ground. The sender's program can put any numbers there, also
// such as no inbox can hold.
func place(l bot.Location) bot.Inbound {
	if !(math.Abs(l.Lat) <= 90 && math.Abs(l.Lon) <= 180) { // not a number is neither
		return bot.Inbound{Other: "unknown"}
	}
	return bot.Inbound{Location: &l}
}

// plain is the text of a message that is nothing else.
func plain(m *waE2E.Message) string {
	if x := m.GetExtendedTextMessage(); x != nil {
		return x.GetText()
	}
	return m.GetConversation()
}

// otherKind names a kind of message that is not understood.
func otherKind(m *waE2E.Message) string {
	switch {
	case m.GetStickerMessage() != nil, m.GetLottieStickerMessage() != nil:
		return "sticker"
	case m.GetAudioMessage() != nil:
		return "voice"
	case m.GetVideoMessage() != nil, m.GetPtvMessage() != nil:
		return "video"
	case m.GetPollCreationMessage() != nil, m.GetPollCreationMessageV3() != nil:
		return "poll"
	}
	return "unknown"
}

// asked gives what an older message of ours offered that a person answers by quoting
// it. Such an answer is one to that message, not to the present one; the handlers know
// whether it still counts.
func (c *Channel) asked(info *waE2E.ContextInfo) []bot.Choice {
	return c.offered(info.GetStanzaID())
}

// offered gives the choices that a message of ours offered.
func (c *Channel) offered(id string) []bot.Choice {
	if id == "" {
		return nil
	}
	_, choices, err := c.session.ProgressOf(context.WithoutCancel(c.ctx), id)
	if err != nil {
		return nil // it is a text then
	}
	return choices
}
