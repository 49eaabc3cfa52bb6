package mongostore_test

import (
	"slices"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

// check looks at every shape of command that was recorded: that an index serves it,
// and, if there is a real server, that the server takes one. After a whole suite no
// shape may be missing.
func (r *recorder) check(t *testing.T, whole bool) {
	t.Helper()
	r.mu.Lock()
	shapes := r.shapes
	r.shapes = map[string]asked{}
	r.mu.Unlock()
	for shape, a := range shapes {
		if len(a.filter) == 0 {
			t.Errorf("%s: looks at everything", shape)
			continue
		}
		if why := unserved(a); why != "" && reasons()[shape] == "" {
			t.Errorf("%s: %s", shape, why)
		}
	}
	if r.letter > mostPattern || r.words > mostWords {
		t.Errorf("a search for %d words with a pattern of %d bytes", r.words, r.letter)
	}
	if whole {
		complete(t, shapes)
	}
	if mongotest.Real() {
		explain(t, shapes)
	}
}

const (
	mostPattern = 32_764 // bytes that MongoDB takes
	mostWords   = 32     // each costs a comparison for every case that has the first ones
)

// complete looks whether all shapes of a whole suite are there.
func complete(t *testing.T, shapes map[string]asked) {
	t.Helper()
	if len(shapes) < 30 {
		t.Errorf("only %d shapes were seen: is anything recorded?", len(shapes))
	}
	for shape := range reasons() {
		if _, ok := shapes[shape]; !ok {
			t.Errorf("%s was not seen", shape)
		}
	}
}

// reasons are the shapes whose order no index gives, and why that is right.
func reasons() map[string]string {
	const some = "the first words bound what is read; of that the newest few are kept"
	const merged = "one range of the index for each role and holder, each in order, merged"
	return map[string]string{
		"find cases {$and:[{words:{$regex:?}}]} sort {n:?}":                                                some,
		"find cases {role:{$in:[?]} holder:{$in:[?]}} sort {due:? _id:?}":                                  merged,
		"find cases {role:{$in:[?]} holder:{$in:[?]} due:{$gte:?} $or:[{due:{$gt:?}}]} sort {due:? _id:?}": merged,
	}
}

// unserved tells why no index serves a filter and its order; empty: one does. The
// fields that are compared for equality come first in an index, then the order, then
// at most one range.
func unserved(a asked) string {
	equal, ranged := constraints(a.filter)
	candidates := [][]string{{"_id"}}
	for _, i := range mongostore.Indexes() {
		if i.Table == a.table {
			candidates = append(candidates, i.Fields)
		}
	}
	why := "no index begins with a field of it"
	for _, fields := range candidates {
		if !slices.Contains(equal, fields[0]) && !slices.Contains(ranged, fields[0]) {
			continue
		}
		if ordered(fields, equal, a.sort) {
			return ""
		}
		why = "no index gives its order"
	}
	return why
}

// ordered tells whether an index gives documents in an order: its fields do, once
// those are left out that are equal in all of them. One way round, or the other.
func ordered(fields, equal []string, sort bson.D) bool {
	if len(sort) > 1 && slices.ContainsFunc(sort, func(e bson.E) bool { return e.Value != sort[0].Value }) {
		return false
	}
	if slices.Contains(equal, "_id") {
		return true // there is but one
	}
	at := 0
	for _, e := range sort {
		for at < len(fields) && fields[at] != e.Key && slices.Contains(equal, fields[at]) {
			at++
		}
		if at == len(fields) || fields[at] != e.Key {
			return false
		}
		at++
	}
	return true
}

// constraints gives the fields that a filter compares with one value, and those that
// it bounds.
func constraints(filter bson.D) (equal, ranged []string) {
	for _, e := range filter {
		if e.Key == "$and" {
			for _, part := range as[bson.A](e.Value) {
				eq, ra := constraints(as[bson.D](part))
				equal, ranged = append(equal, eq...), append(ranged, ra...)
			}
			continue
		}
		ops, ok := e.Value.(bson.D)
		if !ok {
			equal = append(equal, e.Key)
			continue
		}
		if len(ops) > 0 && slices.Contains([]string{"$in", "$gt", "$gte", "$lt", "$lte"}, ops[0].Key) {
			ranged = append(ranged, e.Key)
		}
		if pattern, ok := ops[0].Value.(string); ok && ops[0].Key == "$regex" && strings.HasPrefix(pattern, "^") {
			ranged = append(ranged, e.Key)
		}
	}
	return equal, ranged
}

// explain asks the server how it would find what was looked for.
func explain(t *testing.T, shapes map[string]asked) {
	t.Helper()
	s := openAt(t, mongotest.URI(t), nil)
	for shape, a := range shapes {
		var plan bson.Raw
		ask := bson.D{{Key: "explain", Value: a.command}, {Key: "verbosity", Value: "queryPlanner"}}
		if err := s.Database().RunCommand(t.Context(), ask).Decode(&plan); err != nil {
			t.Errorf("explain %s: %v", shape, err)
		}
		if strings.Contains(plan.String(), `"COLLSCAN"`) {
			t.Errorf("%s scans the collection", shape)
		}
	}
}

func TestUnservedFindsScans(t *testing.T) {
	field := func(k string, v any) bson.E { return bson.E{Key: k, Value: v} }
	up := int32(1)
	for name, a := range map[string]asked{
		"a field without an index": {table: "cases", filter: bson.D{field("label", "x")}},
		"not the first of a field": {table: "history", filter: bson.D{field("key", "x")}},
		"an order of its own":      {table: "cases", filter: bson.D{field("applicant", "x")}, sort: bson.D{field("label", up)}},
		"a loose pattern":          {table: "cases", filter: bson.D{field("words", bson.D{field("$regex", "x")})}},
		"a missing field":          {table: "chats", filter: bson.D{field("lock", bson.D{field("$exists", false)})}},
		"an order both ways": {
			table: "cases", filter: bson.D{field("applicant", "x")}, sort: bson.D{field("submitted", up), field("n", -up)},
		},
	} {
		if unserved(a) == "" {
			t.Errorf("%s is taken for served", name)
		}
	}
	good := asked{table: "cases", filter: bson.D{field("applicant", "x")}, sort: bson.D{field("submitted", up), field("n", up)}}
	if why := unserved(good); why != "" {
		t.Error(why)
	}
}
