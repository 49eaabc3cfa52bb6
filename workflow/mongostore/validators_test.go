package mongostore_test

import (
	"fmt"
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
		if why := misfit(as[bson.D](rule[0].Value), d.doc); why != "" {
			t.Errorf("%s: %s: %s", d.table, why, d.doc)
		}
	}
	for table := range mongostore.Validators() {
		if whole && seen[table] == 0 {
			t.Errorf("nothing was stored in %s", table)
		}
	}
}

// misfit tells why a document breaks a schema; empty: it does not. It knows as much of
// JSON schemas as the store's use.
func misfit(schema bson.D, doc bson.Raw) string {
	for _, rule := range schema {
		var why string
		switch rule.Key {
		case "bsonType": // of the document itself
		case "required":
			why = lacks(as[bson.A](rule.Value), doc)
		case "properties":
			why = wrong(as[bson.D](rule.Value), doc)
		case "anyOf":
			for _, part := range as[bson.A](rule.Value) {
				if why = misfit(as[bson.D](part), doc); why == "" {
					break
				}
			}
		default:
			why = "unknown rule " + rule.Key
		}
		if why != "" {
			return why
		}
	}
	return ""
}

func lacks(fields bson.A, doc bson.Raw) string {
	for _, f := range fields {
		if _, err := doc.LookupErr(as[string](f)); err != nil {
			return "lacks " + as[string](f)
		}
	}
	return ""
}

func wrong(fields bson.D, doc bson.Raw) string {
	for _, f := range fields {
		v, err := doc.LookupErr(f.Key)
		if err != nil {
			continue
		}
		for _, rule := range as[bson.D](f.Value) {
			if !holds(rule, v) {
				return fmt.Sprintf("%s breaks %v", f.Key, rule)
			}
		}
	}
	return ""
}

func holds(rule bson.E, v bson.RawValue) bool {
	switch rule.Key {
	case "bsonType":
		names := map[bson.Type]string{
			bson.TypeString: "string", bson.TypeInt64: "long", bson.TypeInt32: "int", bson.TypeBinary: "binData", bson.TypeArray: "array",
		}
		return names[v.Type] == rule.Value
	case "minimum":
		return v.AsInt64() >= as[int64](rule.Value)
	case "maximum":
		return v.AsInt64() <= as[int64](rule.Value)
	case "minLength":
		return len(v.StringValue()) >= as[int](rule.Value)
	case "maxLength":
		return len(v.StringValue()) <= as[int](rule.Value)
	}
	return false
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
		if misfit(as[bson.D](mongostore.Validators()[table][0].Value), raw) == "" {
			t.Errorf("%s: %v fits", table, doc)
		}
	}
}
