package watest

import (
	"bytes"
	"context"
	"fmt"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/serialize"
	"go.mau.fi/libsignal/session"
	"go.mau.fi/libsignal/state/record"
	"go.mau.fi/libsignal/tests"
	"go.mau.fi/libsignal/util/keyhelper"
)

// signalKeys are a phone's keys, and its session with the bot. It is not safe for
// concurrent use.
type signalKeys struct {
	*tests.InMemoryIdentityKey

	serializer *serialize.Serializer
	sessions   *tests.InMemorySession
	once       *tests.InMemoryPreKey
	signed     *tests.InMemorySignedPreKey
	signedKey  *record.SignedPreKey
	made       uint32 // keys for sessions, so far
	bot        *protocol.SignalAddress
}

func newSignalKeys() (*signalKeys, error) {
	pair, err := keyhelper.GenerateIdentityKeyPair()
	if err != nil {
		return nil, fmt.Errorf("make identity: %w", err)
	}
	k := &signalKeys{
		InMemoryIdentityKey: tests.NewInMemoryIdentityKey(pair, keyhelper.GenerateRegistrationID()),
		serializer:          serialize.NewProtoBufSerializer(),
		once:                tests.NewInMemoryPreKey(),
		signed:              tests.NewInMemorySignedPreKey(),
	}
	k.forget()
	if k.signedKey, err = keyhelper.GenerateSignedPreKey(pair, 1, k.serializer.SignedPreKeyRecord); err != nil {
		return nil, fmt.Errorf("make signed key: %w", err)
	}
	return k, k.signed.StoreSignedPreKey(context.Background(), 1, k.signedKey)
}

// forget ends the session with the bot, as a new installation does. A message that
// the bot encrypts for the old one cannot be read.
func (k *signalKeys) forget() {
	k.sessions = tests.NewInMemorySession(k.serializer)
	k.bot = protocol.NewSignalAddress("bot", 1)
}

// offer gives a key that a session can be begun with, once.
func (k *signalKeys) offer(ctx context.Context) (publicKey, error) {
	pair, err := ecc.GenerateKeyPair()
	if err != nil {
		return publicKey{}, fmt.Errorf("make a key: %w", err)
	}
	k.made++
	err = k.once.StorePreKey(ctx, k.made, record.NewPreKey(k.made, pair, k.serializer.PreKeyRecord))
	return publicKey{id: k.made, value: pair.PublicKey().PublicKey()}, err
}

func (k *signalKeys) cipher() (*session.Builder, *session.Cipher) {
	b := session.NewBuilder(k.sessions, k.once, k.signed, k, k.bot, k.serializer)
	return b, session.NewCipher(b, k.bot)
}

// encrypt encrypts for the bot. A bundle begins a new session; one is needed if
// there is none.
func (k *signalKeys) encrypt(ctx context.Context, plain []byte, bundle func() *prekey.Bundle, anew bool) (kind string, sealed []byte, err error) {
	builder, cipher := k.cipher()
	known, err := k.sessions.ContainsSession(ctx, k.bot)
	if err != nil {
		return "", nil, err
	}
	if !known || anew {
		if err := builder.ProcessBundle(ctx, bundle()); err != nil {
			return "", nil, fmt.Errorf("begin session: %w", err)
		}
	}
	message, err := cipher.Encrypt(ctx, pad(plain))
	if err != nil {
		return "", nil, fmt.Errorf("encrypt: %w", err)
	}
	if message.Type() == protocol.PREKEY_TYPE {
		return "pkmsg", message.Serialize(), nil
	}
	return "msg", message.Serialize(), nil
}

// decrypt reads what the bot encrypted.
func (k *signalKeys) decrypt(ctx context.Context, kind string, sealed []byte) ([]byte, error) {
	_, cipher := k.cipher()
	var plain []byte
	if kind == "pkmsg" {
		m, err := protocol.NewPreKeySignalMessageFromBytes(sealed, k.serializer.PreKeySignalMessage, k.serializer.SignalMessage)
		if err != nil {
			return nil, fmt.Errorf("parse first message: %w", err)
		}
		if plain, err = cipher.DecryptMessage(ctx, m); err != nil {
			return nil, fmt.Errorf("decrypt first message: %w", err)
		}
		return unpad(plain), nil
	}
	m, err := protocol.NewSignalMessageFromBytes(sealed, k.serializer.SignalMessage)
	if err != nil {
		return nil, fmt.Errorf("parse message: %w", err)
	}
	if plain, err = cipher.Decrypt(ctx, m); err != nil {
		return nil, fmt.Errorf("decrypt message: %w", err)
	}
	return unpad(plain), nil
}

// pad hides the length of a text a little: by n bytes of the value n.
func pad(plain []byte) []byte {
	const n = 5
	return append(bytes.Clone(plain), bytes.Repeat([]byte{n}, n)...)
}

func unpad(plain []byte) []byte {
	if len(plain) == 0 {
		return nil
	}
	return plain[:max(0, len(plain)-int(plain[len(plain)-1]))]
}
