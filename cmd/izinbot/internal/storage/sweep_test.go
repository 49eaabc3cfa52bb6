package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// office is open data whose clock is set by the test.
type office struct {
	*Data
	now time.Time
}

func sweepable(t *testing.T, cfg Config) *office {
	t.Helper()
	o := &office{now: time.Date(2026, 11, 23, 3, 12, 0, 0, time.UTC)}
	cfg.Clock = func() time.Time { return o.now }
	o.Data = openAt(t, cfg)
	return o
}

// file puts a content and gives its key.
func (o *office) file(t *testing.T, content string) string {
	t.Helper()
	key, _, err := o.Files.Put(t.Context(), strings.NewReader(content+" CONTOH"))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (o *office) has(t *testing.T, key string) bool {
	t.Helper()
	r, err := o.Files.Open(t.Context(), key)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	return true
}

func (o *office) sweep(t *testing.T) Swept {
	t.Helper()
	swept, err := Sweep(t.Context(), o.Data, "", o.now.Add(-24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return swept
}

// put stores a record of a kind.
func (o *office) put(t *testing.T, kind store.Kind, id string, order int64, v any) {
	t.Helper()
	doc, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := portable(t, o.Data).Put(t.Context(), kind, []store.Record{{ID: id, Order: order, Doc: doc}}, "x"); err != nil {
		t.Fatal(kind, err)
	}
}

func naming(key string) []byte { return []byte(`{"files":[{"name":"akta.pdf","key":"` + key + `"}]}`) }

// named puts a record of each kind that can name a file, and gives the keys by where
// they are named.
func (o *office) named(t *testing.T) map[string]string {
	t.Helper()
	keys := map[string]string{}
	for _, where := range []string{"case", "entry", "conversation", "waiting message", "waiting delivery", "person"} {
		keys[where] = o.file(t, where)
	}
	const id = "LKS-2026-00001-3"
	o.put(t, store.KindPerson, "P-1", 1, store.PortableDoc{Doc: []byte(`{"id":"P-1","version":1,"name":"` + keys["person"] + `"}`)})
	o.put(t, store.KindCase, id, 1, store.PortableCase{Case: []byte(`{"id":"` + id + `","version":1,"label":"` + keys["case"] + `"}`)})
	o.put(t, store.KindEntry, id+"/000001", 0, store.PortableEntry{
		Case: id, Seq: 1, Key: "k1", Hash: strings.Repeat("ab", 32), Entry: naming(keys["entry"]),
	})
	o.put(t, store.KindConversation, "test:a", 0, store.PortableConversation{
		Chat: "test:a", Version: 1, Handled: 5, State: naming(keys["conversation"]),
	})
	o.put(t, store.KindMessage, "test:6", 6, store.PortableMessage{ID: "test:6", Chat: "test:a", Seq: 6, Received: o.now, Message: naming(keys["waiting message"])})
	o.put(t, store.KindDelivery, "d1", 7, store.PortableDelivery{
		ID: "d1", Chat: "test:a", Seq: 7, Created: o.now, Message: naming(keys["waiting delivery"]),
	})
	return keys
}

// over puts what names a file and is over.
func (o *office) over(t *testing.T) map[string]string {
	t.Helper()
	keys := map[string]string{"handled message": o.file(t, "handled"), "sent delivery": o.file(t, "sent"), "nobody": o.file(t, "nobody")}
	o.put(t, store.KindMessage, "test:4", 4, store.PortableMessage{ID: "test:4", Chat: "test:a", Seq: 4, Received: o.now, Message: naming(keys["handled message"])})
	o.put(t, store.KindDelivery, "d0", 3, store.PortableDelivery{
		ID: "d0", Chat: "test:a", Created: o.now, Message: naming(keys["sent delivery"]), State: bot.DeliverySent, Settled: o.now,
	})
	return keys
}

func mongoConfig(t *testing.T) Config {
	t.Helper()
	return Config{Dir: t.TempDir(), MongoURI: mongotest.URI(t), Now: time.Date(2026, 11, 23, 3, 12, 0, 0, time.UTC)}
}

func places(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	for name, cfg := range map[string]func(*testing.T) Config{
		"SQLite": func(t *testing.T) Config { t.Helper(); return Config{Dir: t.TempDir()} }, "MongoDB": mongoConfig,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, sweepable(t, cfg(t)))
		})
	}
}

// TestSweep: what a record names stays, whatever kind it is of; the rest goes once it is
// a day old.
func TestSweep(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, o *office) {
		t.Helper()
		named, over := o.named(t), o.over(t)
		again := o.file(t, "put again")
		o.now = o.now.Add(23 * time.Hour)
		young := o.file(t, "young")
		o.file(t, "put again")
		if swept := o.sweep(t); swept.Files != 0 {
			t.Errorf("%+v before a day had passed", swept)
		}
		o.now = o.now.Add(2 * time.Hour)
		swept := o.sweep(t)
		if swept.Files != len(over) || swept.Bytes < 30 || swept.Next != "" {
			t.Errorf("swept %+v, want %d files", swept, len(over))
		}
		for where, key := range named {
			if !o.has(t, key) {
				t.Errorf("what a %s names is gone", where)
			}
		}
		for where, key := range over {
			if o.has(t, key) {
				t.Errorf("what a %s named is there", where)
			}
		}
		if !o.has(t, young) || !o.has(t, again) {
			t.Error("what was put within the day is gone")
		}
		if swept := o.sweep(t); swept.Files != 0 {
			t.Errorf("%+v at once again", swept)
		}
	})
}

// TestSweepRemovesNothingInDoubt: records that cannot be read, in part or at all.
func TestSweepRemovesNothingInDoubt(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, o *office) {
		t.Helper()
		key := o.file(t, "nobody")
		o.now = o.now.Add(48 * time.Hour)
		for _, kind := range kindsToSweep() {
			for name, fault := range map[string]*faulty{
				"away":          {at: kind, err: workflow.Refuse(workflow.CodeUnavailable, "store")},
				"damaged":       {at: kind, err: workflow.Refuse(workflow.CodeDamaged, "record")},
				"no record":     {at: kind, doc: []byte("{")},
				"half a record": {at: kind, doc: half(kind)},
			} {
				fault.Portable = portable(t, o.Data)
				swept, err := Sweep(t.Context(), &Data{Store: fault, Files: o.Files}, "", o.now)
				if err == nil || swept.Files != 0 || !o.has(t, key) {
					t.Errorf("%s, %s: %+v, %v", kind, name, swept, err)
				}
			}
		}
	})
}

// faulty is a store whose records of one kind fail, or are these.
type faulty struct {
	store.Portable
	at  store.Kind
	err error
	doc []byte
}

func (f *faulty) Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error) {
	if kind != f.at {
		return f.Portable.Records(ctx, kind, from, limit)
	}
	return store.Page{Records: []store.Record{{ID: "x", Doc: f.doc}}}, f.err
}

// half is a record of a kind whose own document is cut off.
func half(kind store.Kind) []byte {
	cut := []byte(`{"sha256":"`)
	all, err := json.Marshal(map[string]any{"doc": cut, "case": cut, "entry": cut, "state": cut, "message": cut, "seq": 9})
	switch kind {
	case store.KindCase:
		all, err = json.Marshal(store.PortableCase{Case: cut})
	case store.KindEntry:
		all, err = json.Marshal(store.PortableEntry{Entry: cut})
	case store.KindConversation:
		all, err = json.Marshal(store.PortableConversation{Chat: "test:a", State: cut})
	case store.KindMessage:
		all, err = json.Marshal(store.PortableMessage{Seq: 9, Message: cut})
	case store.KindDelivery:
		all, err = json.Marshal(store.PortableDelivery{Message: cut})
	case store.KindSOP, store.KindPerson, store.KindAddress, store.KindOfficer, store.KindInvitation, store.KindDelegation,
		store.KindMilestone, store.KindNumber, store.KindClaim, store.KindCall:
	}
	if err != nil {
		return nil
	}
	return all
}

// moving is a store in which a key goes from one record to another whenever a walk of a
// kind has come to its end.
type moving struct {
	store.Portable
	move func(kind store.Kind)
}

func (m *moving) Records(ctx context.Context, kind store.Kind, from string, limit int) (store.Page, error) {
	page, err := m.Portable.Records(ctx, kind, from, limit)
	if page.Next == "" {
		m.move(kind)
	}
	return page, err
}

// TestSweepWhileKeysMove: a message that waited long is handled while the sweep reads: its
// key goes to the conversation, then to a case.
func TestSweepWhileKeysMove(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, o *office) {
		t.Helper()
		key := o.file(t, "slow")
		message := bot.Inbound{ID: "test:1", Chat: "test:a", Files: []bot.InboundFile{{Key: key, Name: "akta.pdf"}}}
		received, err := o.Store.Accept(t.Context(), o.now, message)
		if err != nil || len(received) != 1 {
			t.Fatal(received, err)
		}
		o.now = o.now.Add(48 * time.Hour)
		moved := 0
		m := &moving{Portable: portable(t, o.Data), move: func(kind store.Kind) {
			conv, err := o.Store.Conversation(t.Context(), "test:a")
			if err != nil {
				t.Error(err)
				return
			}
			switch {
			case kind == store.KindConversation && conv.Version == 0: // before the messages are read
				conv.State = naming(key)
			case kind == store.KindConversation && moved == 1: // after the conversations
				conv.State = []byte("{}")
			default:
				return
			}
			moved++
			conv.Handled = received[0].Seq
			unit := store.UnitOfWork{Conversation: &conv}
			if moved == 2 {
				unit.Deliveries = []bot.Delivery{{ID: "d1", Chat: "test:a", Created: o.now, Message: bot.Message{Files: []bot.Attachment{{Key: key, Name: "akta.pdf"}}}}}
			}
			if _, err := o.Store.Commit(t.Context(), o.now, unit); err != nil {
				t.Error(err)
			}
		}}
		swept, err := Sweep(t.Context(), &Data{Store: m, Files: o.Files}, "", o.now.Add(-24*time.Hour))
		if err != nil || swept.Files != 0 || !o.has(t, key) || moved != 2 {
			t.Errorf("%+v, %v, moved %d times", swept, err, moved)
		}
	})
}

// TestEachKey finds keys wherever they stand.
func TestEachKey(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("0123456789abcdef", 4)
	for text, want := range map[string]int{
		"": 0, key[1:]: 0, key: 1, `{"a":"` + key + `","b":["` + key + `"]}`: 2, key + "0": 2, strings.ToUpper(key): 0, "x" + key + "/" + key[:63]: 1,
	} {
		n := 0
		eachKey([]byte(text), func(k fileKey) {
			if n++; n == 1 && k.String() != key {
				t.Errorf("%s: found %s", text, k)
			}
		})
		if n != want {
			t.Errorf("%s: %d keys, want %d", text, n, want)
		}
	}
	if fmt.Sprint(len(kindsToSweep())) != "9" {
		t.Errorf("kinds %v", kindsToSweep())
	}
}
