package mongotest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Dial opens a connection to a server.
type Dial func() (net.Conn, error)

// Upstream tells how the server is reached that [URI] gives databases on: of several
// the one that takes writes. If it speaks TLS, what is read from the connection is
// clear already.
func Upstream(tb testing.TB) Dial {
	tb.Helper()
	dial, err := upstream()
	if err != nil {
		tb.Fatal(err)
	}
	return dial
}

func upstream() (Dial, error) {
	if Real() {
		return dialReal(os.Getenv(variable))
	}
	gate, err := shared()
	if err != nil {
		return nil, err
	}
	return dialer(gate.Address(), nil), nil
}

// dialer reaches a host; secret may be nil.
func dialer(host string, secret *tls.Config) Dial {
	if secret == nil {
		return func() (net.Conn, error) { return net.Dial("tcp", host) } //nolint:noctx // it ends with the client's
	}
	return func() (net.Conn, error) { return tls.Dial("tcp", host, secret) } //nolint:noctx // as above
}

// dialReal reaches the server that takes writes of those that a connection string
// names.
func dialReal(uri string) (Dial, error) {
	opts := options.Client().ApplyURI(uri)
	if opts.Validate() != nil || len(opts.Hosts) == 0 {
		return nil, fmt.Errorf("%s is no connection string", variable)
	}
	host := opts.Hosts[0]
	if opts.Direct == nil || !*opts.Direct {
		primary, err := primaryOf(opts)
		if err != nil {
			return nil, err
		}
		if primary != "" {
			host = primary
		}
	}
	if _, _, err := net.SplitHostPort(host); err != nil {
		host += ":27017"
	}
	return dialer(host, opts.TLSConfig), nil
}

// primaryOf asks which server of a replica set takes writes; "": it is none.
func primaryOf(opts *options.ClientOptions) (host string, err error) {
	client, err := mongo.Connect(opts)
	if err != nil {
		return "", fmt.Errorf("%s is no connection string", variable)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	defer func() { err = errors.Join(err, client.Disconnect(ctx)) }()
	var hello struct {
		Primary string `bson:"primary"`
	}
	if err := client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err != nil {
		return "", fmt.Errorf("greet the server: %w", err)
	}
	return strings.TrimSpace(hello.Primary), nil
}
