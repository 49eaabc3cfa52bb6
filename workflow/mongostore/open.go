package mongostore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"izinbot/bot"
	"izinbot/workflow/store"
)

// ErrNoDatabase is the reason why an address of a server is refused that does not
// say which of its databases is meant.
var ErrNoDatabase = errors.New("the address names no database: mongodb://host/DATABASE")

// callTime bounds every call that has no earlier end: longer than a server takes to
// elect another primary.
const callTime = 15 * time.Second

// Options can be changed by a caller; the zero value is right.
type Options struct {
	Log *slog.Logger // nil: nothing is logged
	// Supervise keeps the sweeping of units of work that were left behind running; nil: nobody does.
	Supervise bot.Supervise
	// Timeout bounds a call, choosing a server included; 0: 15 s.
	Timeout time.Duration
	// Monitor is told of every command; nil: nobody is.
	Monitor *event.CommandMonitor

	sweepPage int64         // records that a sweep reads in one query; 0: 1000
	oldBeat   time.Duration // see oldBeat; 0: that
}

var _ store.Store = (*Store)(nil)

// Store is a connection to a database.
type Store struct {
	db      *mongo.Database
	log     *slog.Logger
	timeout time.Duration
	seqs    sequence

	caseQueues, chatQueues, bookQueues *queues
	known                              knownChats
	validators                         map[string]bson.D
	sessions                           bool // the server has them

	patience  int   // see clear
	sweepPage int64 // see Options
	oldBeat   time.Duration

	closed sync.Once
	stop   context.CancelFunc // ends the sweep
	swept  chan struct{}      // closed when it has ended
}

// Open connects to the database that a connection string names, such as
// mongodb://host1,host2/izinbot?replicaSet=rs0, and sees that it answers. Writes are
// acknowledged by a majority and reads see only such writes, whatever the string
// says; both are tried again after a change of servers, unless it forbids that.
// The first to open a database makes its collections and indexes. Errors never hold
// the string, for it may hold a password. [ErrNoDatabase]: it names no database.
func Open(ctx context.Context, uri string, opts Options) (*Store, error) {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Timeout <= 0 {
		opts.Timeout = callTime
	}
	name, err := DatabaseName(uri)
	if err != nil {
		return nil, err
	}
	client, err := mongo.Connect(clientOptions(uri, opts))
	if err != nil {
		return nil, errors.New("connect to MongoDB: the connection string is wrong")
	}
	s := &Store{
		db: client.Database(name), log: opts.Log, timeout: opts.Timeout, patience: patience, sweepPage: cmp.Or(opts.sweepPage, sweepPage),
		oldBeat: cmp.Or(opts.oldBeat, oldBeat), validators: validators(), swept: make(chan struct{}),
	}
	s.known.docs = map[string]*chatDoc{}
	s.seqs.calls = newQueues(opts.Timeout)
	s.caseQueues, s.chatQueues, s.bookQueues = newQueues(opts.Timeout), newQueues(opts.Timeout), newQueues(opts.Timeout)
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, client.Disconnect(context.WithoutCancel(ctx)))
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	go func() {
		defer close(s.swept)
		opts.Supervise.Loop(background, "units of work", s.sweep)
	}()
	return s, nil
}

// start sees that the database answers, and brings it up to date.
func (s *Store) start(ctx context.Context) error {
	if err := s.ping(ctx); err != nil {
		return fmt.Errorf("connect to MongoDB: %w", err)
	}
	if err := s.refuseOldNodes(ctx); err != nil {
		return err
	}
	if err := s.migrate(ctx, steps()); err != nil {
		return err
	}
	return s.tellFeatures(ctx)
}

// table gives a collection.
func (s *Store) table(name string) table { return table{c: s.db.Collection(name), store: s} }

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
	o := options.Client().ApplyURI(uri).
		SetAppName("izinbot").
		SetTimeout(opts.Timeout).
		SetServerSelectionTimeout(opts.Timeout).
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
		s.stop()
		<-s.swept
		ctx, cancel := context.WithTimeout(context.Background(), callTime)
		defer cancel()
		if err = s.db.Client().Disconnect(ctx); err != nil {
			err = fmt.Errorf("disconnect from MongoDB: %w", err)
		}
	})
	return err
}
