package gridstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"izinbot/workflow/filestore"
)

// Open implements [filestore.Backend].
func (s *Store) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	f, err := s.find(ctx, name)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, translate("find file", err)
	}
	return &download{ctx: ctx, chunks: s.chunks, file: f.ID, left: f.Length}, nil
}

// download gives the parts of a content one after the other. Each is a read of its
// own, so a slow reader holds nothing at the server, and an election of another
// primary in between goes by unseen.
type download struct {
	ctx    context.Context //nolint:containedctx // of the reading; a reader is given none
	chunks *mongo.Collection
	file   bson.ObjectID
	next   int32
	left   int64  // of the content, after rest
	rest   []byte // of the part that came
}

func (d *download) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		if d.left == 0 {
			return 0, io.EOF
		}
		if err := d.fetch(); err != nil {
			return 0, err
		}
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// fetch gets the next part.
func (d *download) fetch() error {
	var c chunk
	err := d.chunks.FindOne(d.ctx, bson.D{{Key: "files_id", Value: d.file}, {Key: "n", Value: d.next}}).Decode(&c)
	switch {
	case errors.Is(err, mongo.ErrNoDocuments), err == nil && (len(c.Data) == 0 || int64(len(c.Data)) > d.left):
		return fmt.Errorf("%w: part %d is missing or not what was stored", filestore.ErrDamaged, d.next)
	case err != nil:
		return translate("read file", err)
	}
	d.next, d.left, d.rest = d.next+1, d.left-int64(len(c.Data)), c.Data
	return nil
}

// Close implements [io.Closer]; nothing is held.
func (*download) Close() error { return nil }
