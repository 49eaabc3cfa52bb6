package gridstore

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"izinbot/workflow/filestore"
)

// upload is a document of files.uploads; its id, which holds the time, will be that
// of the content.
type upload struct {
	ID   bson.ObjectID `bson:"_id"`
	Name string        `bson:"filename"`
}

// chunk is a document of files.chunks, as GridFS has it.
type chunk struct {
	ID   bson.ObjectID `bson:"_id"`
	File bson.ObjectID `bson:"files_id"`
	N    int32         `bson:"n"`
	Data []byte        `bson:"data"`
}

// Create implements [filestore.Backend]. The upload is written down before its first
// part, so that no part is ever there that nothing leads to.
func (s *Store) Create(ctx context.Context, name string, at time.Time) (filestore.Draft, error) {
	u := upload{ID: bson.NewObjectID(), Name: name}
	if err := s.insert(ctx, s.uploads, u); err != nil {
		return nil, translate("begin file", err)
	}
	ctx, cancel := context.WithTimeout(ctx, uploadTime)
	return &draft{store: s, ctx: ctx, cancel: cancel, upload: u, at: at}, nil
}

// insert stores a document, within the time of one call: the driver applies its own limit
// only to contexts without any.
func (s *Store) insert(ctx context.Context, into *mongo.Collection, doc any) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	_, err := into.InsertOne(ctx, doc)
	return err
}

// draft is an upload under way. It holds one part in memory.
type draft struct {
	upload

	store  *Store
	ctx    context.Context //nolint:containedctx // of the upload; a writer is given none
	cancel context.CancelFunc
	at     time.Time
	part   []byte
	parts  int32
	length int64
	// named is set once a document in files.files may lead to the parts.
	named bool
	kept  bool
}

func (d *draft) Write(p []byte) (n int, err error) {
	for n < len(p) {
		taken := min(len(p)-n, chunkSize-len(d.part))
		d.part = append(d.part, p[n:n+taken]...)
		n += taken
		if len(d.part) == chunkSize {
			if err := d.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (d *draft) flush() error {
	c := chunk{ID: bson.NewObjectID(), File: d.ID, N: d.parts, Data: d.part}
	if err := d.store.insert(d.ctx, d.store.chunks, c); err != nil {
		return translate("write file", err)
	}
	d.length += int64(len(d.part))
	d.parts, d.part = d.parts+1, d.part[:0]
	return nil
}

// Keep implements [filestore.Draft].
func (d *draft) Keep() error {
	if len(d.part) > 0 {
		if err := d.flush(); err != nil {
			return err
		}
	}
	for range keepTries {
		err := d.store.insert(d.ctx, d.store.files, stored{ID: d.ID, Length: d.length, Chunk: chunkSize, Date: d.at, Name: d.Name})
		if !mongo.IsDuplicateKeyError(err) {
			return d.inserted(err)
		}
		// Somebody stored the same meanwhile: Discard takes these parts away.
		if there, err := d.store.Renew(d.ctx, d.Name, d.at); there || err != nil {
			return err
		}
	}
	return translate("keep file", errTaken)
}

// keepTries bounds how often a draft may find its name taken, and free when it looks again.
const keepTries = 5

var errTaken = errors.New("the name was taken and given up again and again")

// inserted notes how the insertion of the content's document ended.
func (d *draft) inserted(err error) error {
	d.named, d.kept = true, err == nil
	if d.kept {
		d.store.remember(d.Name, d.ID)
	}
	return translate("keep file", err)
}

// Discard implements [filestore.Draft]. What cannot be removed now is found by its
// upload later; so is a draft of which nobody knows whether it got its name: the
// server may still be about to give it.
func (d *draft) Discard() {
	d.cancel()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), tidyTime)
	defer cancel()
	switch {
	case d.kept:
		_, _ = d.store.uploads.DeleteOne(ctx, bson.D{{Key: "_id", Value: d.ID}})
	case !d.named:
		_ = d.store.cleanOne(ctx, d.upload)
	}
}
