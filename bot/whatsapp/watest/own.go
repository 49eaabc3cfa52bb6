package watest

import (
	"fmt"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/proto/waWeb"
	"google.golang.org/protobuf/proto"
)

// hearOwn takes what the linked device tells the account's own phone: copies of
// what it sent, and requests. The caller holds the mutex.
func (p *Phone) hearOwn(m *waE2E.Message) error {
	request := m.GetProtocolMessage().GetPeerDataOperationRequestMessage()
	for _, r := range request.GetPlaceholderMessageResendRequest() {
		p.requested = append(p.requested, r.GetMessageKey())
	}
	p.happened()
	return nil
}

// Requested gives the ids of the messages that the linked device asked its own
// phone for, because it could not read them.
func (p *Phone) Requested() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var ids []string
	for _, key := range p.requested {
		ids = append(ids, key.GetID())
	}
	return ids
}

// Forward gives the linked device the account phone's copy of a text that another
// phone sent and the device could not read.
func (p *Phone) Forward(id, text string) error {
	p.mu.Lock()
	var key *waCommon.MessageKey
	for _, k := range p.requested {
		if k.GetID() == id {
			key = k
		}
	}
	p.mu.Unlock()
	if key == nil {
		return fmt.Errorf("the device has not asked for the message %s", id)
	}
	copied, err := proto.Marshal(&waWeb.WebMessageInfo{
		Key: key, Message: &waE2E.Message{Conversation: &text}, MessageTimestamp: new(uint64(p.server.seconds())),
	})
	if err != nil {
		return fmt.Errorf("encode the copy: %w", err)
	}
	kind := waE2E.PeerDataOperationRequestType_PLACEHOLDER_MESSAGE_RESEND
	_, err = p.send(&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
		Type: waE2E.ProtocolMessage_PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE.Enum(),
		PeerDataOperationRequestResponseMessage: &waE2E.PeerDataOperationRequestResponseMessage{
			PeerDataOperationRequestType: &kind, StanzaID: &id,
			PeerDataOperationResult: []*waE2E.PeerDataOperationRequestResponseMessage_PeerDataOperationResult{{
				PlaceholderMessageResendResponse: &waE2E.PeerDataOperationRequestResponseMessage_PeerDataOperationResult_PlaceholderMessageResendResponse{
					WebMessageInfoBytes: copied,
				},
			}},
		},
	}}, waBinary.Attrs{"type": "text", "category": "peer"})
	return err
}
