package mongostore_test

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow/mongostore"
)

// fit holds every document that was stored as a whole to the schema of its table, as a
// server does that has validators. A whole suite stores some in each.
func (r *recorder) fit(t *testing.T, whole bool) {
	t.Helper()
	r.mu.Lock()
	docs := r.stored
	r.stored = nil
	r.mu.Unlock()
	seen := map[string]int{}
	for _, d := range docs {
		rule, ok := mongostore.Validators()[d.table]
		if !ok {
			continue
		}
		seen[d.table]++
		if why := mongostore.Misfit(as[bson.D](rule[0].Value), d.doc); why != "" {
			t.Errorf("%s: %s: %s", d.table, why, d.doc)
		}
	}
	for table := range mongostore.Validators() {
		if whole && seen[table] == 0 {
			t.Errorf("nothing was stored in %s", table)
		}
	}
}

func TestMisfitsAreSeen(t *testing.T) {
	for table, doc := range map[string]bson.D{
		"cases":    {{Key: "_id", Value: "x"}, {Key: "v", Value: int64(1)}},
		"history":  {{Key: "_id", Value: "x"}, {Key: "case", Value: 5}},
		"officers": {{Key: "v", Value: int64(1)}, {Key: "n", Value: int64(0)}, {Key: "doc", Value: []byte{1}}},
	} {
		raw, err := bson.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if mongostore.Misfit(as[bson.D](mongostore.Validators()[table][0].Value), raw) == "" {
			t.Errorf("%s: %v fits", table, doc)
		}
	}
}
