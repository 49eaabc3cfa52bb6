package mongotest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// standIn is a server that MONGODB_TEST_URI may name: what listens passes each
// connection on to FerretDB behind its gate, by way of carry.
func standIn(t *testing.T, listener net.Listener, carry func(client, server net.Conn)) {
	t.Helper()
	gate, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = client.Close() }()
				server, err := net.Dial("tcp", gate.Address()) //nolint:noctx // it ends with the client's
				if err != nil {
					return
				}
				defer func() { _ = server.Close() }()
				carry(client, server)
			}()
		}
	}()
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it lives until the test ends
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// plainly passes everything on both ways.
func plainly(client, server net.Conn) {
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.Close()
	}()
	_, _ = io.Copy(client, server)
}

func connect(t *testing.T, uri string) *mongo.Client {
	t.Helper()
	client, err := mongo.Connect(options.Client().ApplyURI(uri).SetTimeout(2 * time.Second))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Disconnect(context.WithoutCancel(t.Context())) })
	return client
}

// cutsOff looks whether a gate stands before the server that MONGODB_TEST_URI names
// now: an insertion goes through it, and the next one is done but not answered, after
// which it is closed.
func cutsOff(t *testing.T) {
	t.Helper()
	uri := URI(t)
	var inserted atomic.Int64
	gate := NewGate(t, func(verb string, cmd bson.Raw) Fate {
		if cmd.Lookup("maxAwaitTimeMS").Type != 0 {
			t.Error("the driver wants to be told of changes: the gate would stand still")
		}
		if verb == "insert" && inserted.Add(1) == 2 {
			return DropAfter
		}
		return Pass
	})
	name := func(uri string) string {
		at, _ := parse(uri)
		return at.db
	}
	by := connect(t, Through(gate.Address(), uri)).Database(name(uri)).Collection("things")
	if _, err := by.InsertOne(t.Context(), bson.D{{Key: "_id", Value: 1}}); err != nil {
		t.Fatal(err)
	}
	if _, err := by.InsertOne(t.Context(), bson.D{{Key: "_id", Value: 2}}); err == nil {
		t.Error("the second was answered")
	}
	if _, err := by.InsertOne(t.Context(), bson.D{{Key: "_id", Value: 3}}); err == nil {
		t.Error("a third went through")
	}
	direct := connect(t, uri).Database(name(uri)).Collection("things")
	if n, err := direct.CountDocuments(t.Context(), bson.D{}); err != nil || n != 2 {
		t.Errorf("%d are stored, want 2 (%v)", n, err)
	}
}

func TestGateBeforeFerretDB(t *testing.T) { cutsOff(t) }

func TestGateBeforeAServer(t *testing.T) {
	l := listen(t)
	standIn(t, l, plainly)
	t.Setenv(variable, "mongodb://"+l.Addr().String())
	cutsOff(t)
}

func TestGateBeforeTLS(t *testing.T) {
	cert, file := certificate(t)
	l := listen(t)
	standIn(t, tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}), plainly)
	t.Setenv(variable, "mongodb://"+l.Addr().String()+"/?tls=true&tlsCAFile="+file)
	cutsOff(t)
}

// certificate makes one for the loopback address, and a file that holds it.
func certificate(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "CONTOH"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}
