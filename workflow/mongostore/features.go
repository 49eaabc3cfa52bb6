package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
)

// Features that the store can do without.
const (
	// lackValidators: official records are held to their form by the program alone.
	lackValidators = "validators"
	// lackRetries: a write whose answer is lost, as when another server takes over,
	// fails; the message that caused it is then handled again.
	lackRetries = "retryable writes"
)

// tellFeatures says in one line what the server lacks.
func (s *Store) tellFeatures(ctx context.Context) error {
	var lacks []string
	checked, err := s.hasValidators(ctx)
	if err != nil {
		return err
	}
	if !checked {
		lacks = append(lacks, lackValidators)
	}
	retries, err := s.hasRetries(ctx)
	if err != nil {
		return err
	}
	if !retries {
		lacks = append(lacks, lackRetries)
	}
	if len(lacks) > 0 {
		s.log.WarnContext(ctx, "the database server lacks features; the program does without", "lacks", lacks)
	}
	return nil
}

func (s *Store) hasValidators(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	specs, err := s.db.ListCollectionSpecifications(ctx, bson.D{{Key: "name", Value: cases}})
	if err != nil || len(specs) == 0 {
		return false, translate(cases, err)
	}
	_, err = specs[0].Options.LookupErr("validator")
	return err == nil, nil
}

// hasRetries asks for what the driver needs for retryable writes: sessions, and a
// replica set or a cluster.
func (s *Store) hasRetries(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	var hello struct {
		Set      string `bson:"setName"`
		Router   string `bson:"msg"`
		Sessions int64  `bson:"logicalSessionTimeoutMinutes"`
	}
	err := s.db.RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
	s.sessions = hello.Sessions > 0
	return s.sessions && (hello.Set != "" || hello.Router == "isdbgrid"), translate("server", err)
}

// ping sees that the server answers.
func (s *Store) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	return s.db.Client().Ping(ctx, readpref.Primary())
}
