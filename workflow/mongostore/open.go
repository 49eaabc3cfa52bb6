package mongostore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"
)

// ErrNoDatabase is the reason why an address of a server is refused that does not
// say which of its databases is meant.
var ErrNoDatabase = errors.New("the address names no database: mongodb://host/DATABASE")

// callTime bounds every call that has no earlier end: longer than a server takes to
// elect another primary.
const callTime = 15 * time.Second

// Options are what a caller may want to change; the zero value is right.
type Options struct {
	Log *slog.Logger // nil: nothing is logged
	// Timeout bounds a call, choosing a server included; 0: 15 s.
	Timeout time.Duration
	// Monitor is told of every command; nil: nobody is.
	Monitor *event.CommandMonitor
}

// Store is a connection to a database.
type Store struct {
	db     *mongo.Database
	log    *slog.Logger
	closed sync.Once
}

// Open connects to the database that a connection string names, such as
// mongodb://host1,host2/izinbot?replicaSet=rs0, and sees that it answers. Writes are
// acknowledged by a majority and reads see only such writes, whatever the string
// says. Errors never hold the string, for it may hold a password. [ErrNoDatabase]:
// it names no database.
func Open(ctx context.Context, uri string, opts Options) (*Store, error) {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	name, err := DatabaseName(uri)
	if err != nil {
		return nil, err
	}
	client, err := mongo.Connect(clientOptions(uri, opts))
	if err != nil {
		return nil, errors.New("connect to MongoDB: the connection string is wrong")
	}
	s := &Store{db: client.Database(name), log: opts.Log}
	if err := client.Ping(ctx, readpref.Primary()); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to MongoDB: %w", err), client.Disconnect(context.WithoutCancel(ctx)))
	}
	return s, nil
}

// DatabaseName gives the name of the database in a connection string:
// [ErrNoDatabase] if there is none.
func DatabaseName(uri string) (string, error) {
	parsed, err := connstring.Parse(uri)
	if err != nil {
		return "", errors.New("connect to MongoDB: the connection string is wrong")
	}
	if parsed.Database == "" {
		return "", ErrNoDatabase
	}
	return parsed.Database, nil
}

func clientOptions(uri string, opts Options) *options.ClientOptions {
	timeout := callTime
	if opts.Timeout > 0 {
		timeout = opts.Timeout
	}
	o := options.Client().ApplyURI(uri).
		SetAppName("izinbot").
		SetTimeout(timeout).
		SetServerSelectionTimeout(timeout).
		SetRetryWrites(true).
		SetRetryReads(true).
		SetReadPreference(readpref.Primary()).
		SetReadConcern(readconcern.Majority()).
		SetWriteConcern(writeconcern.Majority())
	if opts.Monitor != nil {
		o.SetMonitor(opts.Monitor)
	}
	return o
}

// Database gives the database, for what is kept beside the store: files.
func (s *Store) Database() *mongo.Database { return s.db }

// Close lets calls under way finish and releases the connections. Later calls of any
// method fail with CodeUnavailable.
func (s *Store) Close() (err error) {
	s.closed.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), callTime)
		defer cancel()
		if err = s.db.Client().Disconnect(ctx); err != nil {
			err = fmt.Errorf("disconnect from MongoDB: %w", err)
		}
	})
	return err
}
