package padestest

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"testing"

	"software.sslmate.com/src/go-pkcs12"

	"izinbot/workflow/pades"
)

// PEM gives a key file of PEM blocks.
func PEM(tb testing.TB, key pades.Key) []byte {
	tb.Helper()
	raw, err := x509.MarshalPKCS8PrivateKey(key.Signer)
	if err != nil {
		tb.Fatal(err)
	}
	out := bytes.NewBuffer(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}))
	for _, c := range key.Chain {
		out.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
	}
	return out.Bytes()
}

// PKCS12 gives a key file that a passphrase opens.
func PKCS12(tb testing.TB, key pades.Key, passphrase string) []byte {
	tb.Helper()
	raw, err := pkcs12.Modern.Encode(key.Signer, key.Chain[0], key.Chain[1:], passphrase)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}
