package gridstore_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/workflow/filestore"
	"izinbot/workflow/filestore/filestoretest"
	"izinbot/workflow/gridstore"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

func start() time.Time { return time.Date(2026, 11, 23, 3, 12, 0, 0, time.UTC) }

// backend is a database with the files of one node.
type backend struct {
	*mongo.Database
	dir string
}

func newPlace(t *testing.T) backend {
	t.Helper()
	s, err := mongostore.Open(t.Context(), mongotest.URI(t), mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return backend{s.Database(), t.TempDir()}
}

func (p backend) keys() string { return filepath.Join(p.dir, filestore.KeyFile) }

func (p backend) open(t *testing.T) (*filestore.Store, error) {
	t.Helper()
	return p.openAt(t, start)
}

func (p backend) openAt(t *testing.T, now func() time.Time) (*filestore.Store, error) {
	t.Helper()
	g, err := gridstore.Open(t.Context(), p.Database, start())
	if err != nil {
		return nil, err
	}
	return filestore.New(t.Context(), g, filestore.Config{KeyFile: p.keys(), Spool: filepath.Join(p.dir, "spool"), Now: now})
}

func (p backend) must(t *testing.T) *filestore.Store {
	t.Helper()
	s, err := p.open(t)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	filestoretest.Run(t, func(t *testing.T) *filestoretest.Kit {
		t.Helper()
		p, clock := newPlace(t), filestoretest.NewClock()
		return &filestoretest.Kit{
			KeyFile: p.keys(),
			Clock:   clock,
			Open:    func() (*filestore.Store, error) { return p.openAt(t, clock.Now) },
			Kept:    p.kept, Change: p.change, Count: p.count, Dump: p.dump,
		}
	})
}

// idOf gives the id of a content, with its length.
func (p backend) idOf(t *testing.T, name string) (id bson.ObjectID) {
	t.Helper()
	var f struct {
		ID bson.ObjectID `bson:"_id"`
	}
	if err := p.Collection("files.files").FindOne(t.Context(), bson.M{"filename": name}).Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f.ID
}

type part struct {
	File bson.ObjectID `bson:"files_id"`
	N    int           `bson:"n"`
	Data []byte        `bson:"data"`
}

func (p backend) parts(t *testing.T, filter bson.M) []part {
	t.Helper()
	found, err := p.Collection("files.chunks").Find(t.Context(), filter, options.Find().SetSort(bson.M{"n": 1}))
	if err != nil {
		t.Fatal(err)
	}
	var list []part
	if err := found.All(t.Context(), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func (p backend) kept(t *testing.T, name string) []byte {
	t.Helper()
	var all []byte
	for _, c := range p.parts(t, bson.M{"files_id": p.idOf(t, name)}) {
		all = append(all, c.Data...)
	}
	return all
}

// change lets the document of the content be as long as the new bytes: nobody who
// changes a database leaves that out.
func (p backend) change(t *testing.T, name string, to []byte) {
	t.Helper()
	id := p.idOf(t, name)
	if _, err := p.Collection("files.chunks").DeleteMany(t.Context(), bson.M{"files_id": id}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for data := range slices.Chunk(to, 255<<10) {
		if _, err := p.Collection("files.chunks").InsertOne(t.Context(), part{File: id, N: n, Data: data}); err != nil {
			t.Fatal(err)
		}
		n++
	}
	set := bson.M{"$set": bson.M{"length": int64(len(to))}}
	if _, err := p.Collection("files.files").UpdateOne(t.Context(), bson.M{"_id": id}, set); err != nil {
		t.Fatal(err)
	}
}

// count counts contents that have parts or a name.
func (p backend) count(t *testing.T) int {
	t.Helper()
	ids := map[bson.ObjectID]bool{}
	for _, c := range p.parts(t, bson.M{}) {
		ids[c.File] = true
	}
	named, err := p.Collection("files.files").CountDocuments(t.Context(), bson.M{})
	if err != nil {
		t.Fatal(err)
	}
	uploads, err := p.Collection("files.uploads").CountDocuments(t.Context(), bson.M{})
	if err != nil {
		t.Fatal(err)
	}
	if uploads != 0 {
		t.Errorf("%d uploads are on record", uploads)
	}
	return max(len(ids), int(named))
}

// dump gives every document of every collection.
func (p backend) dump(t *testing.T) []byte {
	t.Helper()
	names, err := p.ListCollectionNames(t.Context(), bson.M{})
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, name := range names {
		found, err := p.Collection(name).Find(t.Context(), bson.M{})
		if err != nil {
			t.Fatal(err)
		}
		for found.Next(t.Context()) {
			all.Write(found.Current)
		}
	}
	return all.Bytes()
}

// TestNodesPutTheSame: what one node was the first to put, another has put since.
func TestNodesPutTheSame(t *testing.T) {
	p := newPlace(t)
	one := p.must(t)
	two := p.must(t)
	name := filestoretest.Put(t, one, filestoretest.Content(1000))
	filestoretest.Put(t, two, filestoretest.Content(1000))
	if err := one.Retract(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	if got, err := filestoretest.Get(t, two, name); err != nil || !bytes.Equal(got, filestoretest.Content(1000)) {
		t.Error(err)
	}
	if n := p.count(t); n != 1 {
		t.Errorf("%d contents", n)
	}
}
