package watest

import (
	"encoding/binary"
	"errors"
	"fmt"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/util/optional"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waWa6"
)

// publicKey is a key that others may begin a session with.
type publicKey struct {
	id        uint32
	value     [32]byte
	signature [64]byte // signed keys only
}

// deviceKeys are the public keys of the linked device.
type deviceKeys struct {
	registration uint32
	identity     [32]byte
	signed       publicKey
	once         []publicKey // each is given out once
}

var errKeys = errors.New("malformed keys")

// register takes the keys that a client shows before it is linked.
func (k *deviceKeys) register(d *waWa6.ClientPayload_DevicePairingRegistrationData) {
	k.registration = number(d.GetERegid())
	copy(k.identity[:], d.GetEIdent())
	k.signed = publicKey{id: number(d.GetESkeyID())}
	copy(k.signed.value[:], d.GetESkeyVal())
	copy(k.signed.signature[:], d.GetESkeySig())
}

// upload takes keys that the client uploads.
func (k *deviceKeys) upload(node *waBinary.Node) error {
	list := node.GetChildByTag("list")
	for _, child := range list.GetChildren() {
		key, err := parseKey(child)
		if err != nil {
			return err
		}
		k.once = append(k.once, key)
	}
	signed, err := parseKey(node.GetChildByTag("skey"))
	if err == nil {
		k.signed = signed
	}
	return err
}

// bundle gives the prekey bundle for a new session. It uses up a one-time key.
func (k *deviceKeys) bundle(device uint16) *prekey.Bundle {
	id := optional.NewEmptyUint32()
	var once ecc.ECPublicKeyable
	if len(k.once) > 0 {
		id, once = optional.NewOptionalUint32(k.once[0].id), ecc.NewDjbECPublicKey(k.once[0].value)
		k.once = k.once[1:]
	}
	return prekey.NewBundle(k.registration, uint32(device), id, k.signed.id, once, ecc.NewDjbECPublicKey(k.signed.value),
		k.signed.signature, identity.NewKey(ecc.NewDjbECPublicKey(k.identity)))
}

// retryBundle reads the keys that come with a request to send a message again.
func retryBundle(receipt *waBinary.Node, device uint16) (*prekey.Bundle, error) {
	registration, _ := receipt.GetChildByTag("registration").Content.([]byte)
	keys := receipt.GetChildByTag("keys")
	id, _ := keys.GetChildByTag("identity").Content.([]byte)
	once, err := parseKey(keys.GetChildByTag("key"))
	if err != nil || len(id) != 32 {
		return nil, errors.Join(errKeys, err)
	}
	signed, err := parseKey(keys.GetChildByTag("skey"))
	if err != nil {
		return nil, err
	}
	k := deviceKeys{registration: number(registration), identity: [32]byte(id), signed: signed, once: []publicKey{once}}
	return k.bundle(device), nil
}

func parseKey(node waBinary.Node) (key publicKey, err error) {
	id, _ := node.GetChildByTag("id").Content.([]byte)
	value, _ := node.GetChildByTag("value").Content.([]byte)
	if len(id) != 3 || len(value) != len(key.value) {
		return key, fmt.Errorf("%w in <%s>", errKeys, node.Tag)
	}
	key.id, key.value = number(id), [32]byte(value)
	if signature, ok := node.GetChildByTag("signature").Content.([]byte); ok && len(signature) == len(key.signature) {
		key.signature = [64]byte(signature)
	}
	return key, nil
}

func keyNode(tag string, key publicKey) waBinary.Node {
	content := []waBinary.Node{
		{Tag: "id", Content: binary.BigEndian.AppendUint32(nil, key.id)[1:]},
		{Tag: "value", Content: key.value[:]},
	}
	if tag == "skey" {
		content = append(content, waBinary.Node{Tag: "signature", Content: key.signature[:]})
	}
	return waBinary.Node{Tag: tag, Content: content}
}

// number reads a big-endian number of any length.
func number(b []byte) (n uint32) {
	for _, c := range b {
		n = n<<8 | uint32(c)
	}
	return n
}
