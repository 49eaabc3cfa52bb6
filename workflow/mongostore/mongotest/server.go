package mongotest

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// variable names a server to test against, without a database.
const variable = "MONGODB_TEST_URI"

// leftOut is set where there is no FerretDB and tests that need it are to be skipped.
const leftOut = "NO_FERRET"

// needsFerret skips the test where FerretDB is left out.
func needsFerret(tb testing.TB) {
	tb.Helper()
	if os.Getenv(leftOut) != "" {
		tb.Skip(leftOut + " is set: there is no MongoDB to test against")
	}
}

// Needed skips the test where there is no server to test against.
func Needed(tb testing.TB) {
	tb.Helper()
	if !Real() {
		needsFerret(tb)
	}
}

// shared is the gate that all of the test program's databases are behind.
var shared = sync.OnceValues(func() (*Gate, error) {
	db, err := ferret()
	if err != nil {
		return nil, err
	}
	return newGate(dialer(db.address, nil), &sync.Mutex{})
})

// Real tells whether the tests run against the server that MONGODB_TEST_URI names.
func Real() bool { return os.Getenv(variable) != "" }

// URI gives the connection string of an empty database on a server with atomic
// updates. It is dropped when the test ends.
func URI(tb testing.TB) string {
	tb.Helper()
	if Real() {
		return database(tb, os.Getenv(variable))
	}
	needsFerret(tb)
	gate, err := shared()
	if err != nil {
		tb.Fatal(err)
	}
	return database(tb, "mongodb://"+gate.Address())
}

// Bare gives the connection string of an empty database on FerretDB itself, where
// only one client at a time can be served rightly.
func Bare(tb testing.TB) string {
	tb.Helper()
	needsFerret(tb)
	db, err := ferret()
	if err != nil {
		tb.Fatal(err)
	}
	return database(tb, "mongodb://"+db.address)
}

// Through gives the connection string by which the database of another one is
// reached by way of an address: that of a [Gate], or of whatever else passes on what
// comes to it to [Upstream].
func Through(address, uri string) string {
	at, _ := parse(uri)
	return at.through(address).String()
}

// database adds a new name to the address of a server, and drops what is stored
// under it when the test ends.
func database(tb testing.TB, server string) string {
	tb.Helper()
	at, ok := parse(server)
	if !ok {
		tb.Fatalf("%s is no connection string", variable)
	}
	name := "izinbot_test_" + strings.ToLower(rand.Text()[:12])
	uri := at.of(name).String()
	tb.Cleanup(func() {
		if err := drop(uri, name); err != nil {
			tb.Errorf("drop the test's database: %v", err)
		}
	})
	return uri
}

func drop(uri, name string) error {
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	defer client.Disconnect(ctx) //nolint:errcheck // what it says of the drop counts
	return client.Database(name).Drop(ctx)
}
