package mongostore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"
)

// recorder keeps one command of every shape that a store asks of its server, and every
// document that it stores as a whole.
type recorder struct {
	mu     sync.Mutex
	shapes map[string]asked
	stored []stored
	words  int // most that were looked for at once
	letter int // most bytes of a pattern
}

// asked gives the filter of a command.
type asked struct {
	table        string
	filter, sort bson.D
	command      bson.D // as a server can explain it
}

type stored struct {
	table string
	doc   bson.Raw
}

func (r *recorder) monitor() *event.CommandMonitor {
	return &event.CommandMonitor{Started: func(_ context.Context, e *event.CommandStartedEvent) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.note(e.CommandName, e.Command)
	}}
}

func (r *recorder) note(verb string, cmd bson.Raw) {
	first, err := cmd.IndexErr(0)
	if err != nil {
		return
	}
	table, ok := first.Value().StringValueOK()
	if !ok {
		return
	}
	switch verb {
	case "find":
		r.ask(verb, table, cmd, "filter")
	case "findAndModify":
		r.ask(verb, table, cmd, "query")
	case "update", "delete":
		r.each(cmd, verb+"s", func(part bson.Raw) {
			r.ask(verb, table, part, "q")
			if u, ok := part.Lookup("u").DocumentOK(); ok && !operators(u) {
				r.stored = append(r.stored, stored{table, slices.Clone(u)})
			}
		})
	case "insert":
		r.each(cmd, "documents", func(doc bson.Raw) { r.stored = append(r.stored, stored{table, slices.Clone(doc)}) })
	case "aggregate":
		if stages, err := cmd.Lookup("pipeline").Array().Values(); err == nil && len(stages) > 0 {
			r.ask(verb, table, stages[0].Document(), "$match")
		}
	case "count", "distinct", "mapReduce":
		r.shapes[verb] = asked{table: table} // not looked at: the store does without
	}
}

// operators tells whether an update is made of operators and is no document.
func operators(u bson.Raw) bool {
	first, err := u.IndexErr(0)
	return err == nil && strings.HasPrefix(first.Key(), "$")
}

func (r *recorder) each(cmd bson.Raw, field string, do func(bson.Raw)) {
	list, ok := cmd.Lookup(field).ArrayOK()
	if !ok {
		return
	}
	values, _ := list.Values()
	for _, v := range values {
		do(v.Document())
	}
}

func (r *recorder) ask(verb, table string, part bson.Raw, field string) {
	a := asked{table: table, filter: document(part, field), sort: document(part, "sort")}
	for _, e := range a.filter {
		if e.Key == "$and" {
			r.measure(as[bson.A](e.Value))
		}
	}
	key := fmt.Sprint(table, " ", shapeOf(a.filter), " sort ", shapeOf(a.sort))
	a.command = bson.D{{Key: "find", Value: table}, {Key: "filter", Value: a.filter}}
	if len(a.sort) > 0 {
		a.command = append(a.command, bson.E{Key: "sort", Value: a.sort})
	}
	r.shapes[verb+" "+key] = a
}

// measure notes how much is looked for at once.
func (r *recorder) measure(all bson.A) {
	r.words = max(r.words, len(all))
	for _, part := range all {
		for _, e := range as[bson.D](part) {
			if ops, ok := e.Value.(bson.D); ok && len(ops) > 0 && ops[0].Key == "$regex" {
				r.letter = max(r.letter, len(as[string](ops[0].Value)))
			}
		}
	}
}

func document(part bson.Raw, field string) bson.D {
	var d bson.D
	if raw, ok := part.Lookup(field).DocumentOK(); ok {
		if err := bson.Unmarshal(raw, &d); err != nil {
			panic(err)
		}
	}
	return d
}

// shapeOf gives a filter without its values.
func shapeOf(v any) string {
	switch v := v.(type) {
	case bson.D:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = e.Key + ":" + shapeOf(e.Value)
		}
		return "{" + strings.Join(parts, " ") + "}"
	case bson.A:
		if len(v) > 0 {
			return "[" + shapeOf(v[0]) + "]"
		}
	}
	return "?"
}

// as takes a value for what it must be.
func as[T any](v any) T {
	x, ok := v.(T)
	if !ok {
		panic(fmt.Sprintf("%T is no %T", v, x))
	}
	return x
}
