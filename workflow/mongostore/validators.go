package mongostore

import (
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
)

// validators are the rules by which a server accepts official records, whoever writes them: the
// fields that make them what they are, with their types. A document that is nothing
// but a lock passes.
func validators() map[string]bson.D {
	return map[string]bson.D{
		cases: orLock(bson.D{
			{Key: "version", Value: counted()},
			{Key: "n", Value: counted()},
			{Key: "doc", Value: kind("binData")},
			{Key: "applicant", Value: kind("string")},
			{Key: "submitted", Value: kind("long")},
			{Key: "sop", Value: kind("string")},
			{Key: "sopVersion", Value: kind("string")},
			{Key: "step", Value: kind("long")},
			{Key: "stage", Value: kind("string")},
			{Key: "end", Value: kind("string")},
			{Key: "role", Value: kind("string")},
			{Key: "holder", Value: kind("string")},
			{Key: "due", Value: kind("long")},
			{Key: "words", Value: kind("array")},
		}),
		history: schema(bson.D{
			{Key: "case", Value: kind("string")},
			{Key: "seq", Value: counted()},
			{Key: "key", Value: kind("string")},
			{Key: "hash", Value: bson.D{{Key: "bsonType", Value: "string"}, {Key: "minLength", Value: 64}, {Key: "maxLength", Value: 64}}},
			{Key: "entry", Value: kind("binData")},
		}),
		numbers: schema(bson.D{
			{Key: "register", Value: kind("string")},
			{Key: "year", Value: kind("long")},
			{Key: "seq", Value: counted()},
			{Key: "key", Value: kind("string")},
			{Key: "status", Value: kind("string")},
			{Key: "taken", Value: kind("long")},
			{Key: "version", Value: kind("long")},
			{Key: "printed", Value: kind("string")},
		}),
		officers:    orLock(bson.D{{Key: "n", Value: counted()}, {Key: "doc", Value: kind("binData")}}),
		persons:     orLock(bson.D{{Key: "doc", Value: kind("binData")}}),
		delegations: orLock(bson.D{{Key: "doc", Value: kind("binData")}}),
		sops:        schema(bson.D{{Key: "source", Value: kind("binData")}}),
	}
}

func kind(name string) bson.D { return bson.D{{Key: "bsonType", Value: name}} }

// counted is a number from 1 on.
func counted() bson.D {
	return bson.D{{Key: "bsonType", Value: "long"}, {Key: "minimum", Value: int64(1)}}
}

// schema wants all of the fields.
func schema(fields bson.D) bson.D {
	return bson.D{{Key: "$jsonSchema", Value: bson.D{
		{Key: "bsonType", Value: "object"}, {Key: "required", Value: namesOf(fields)}, {Key: "properties", Value: fields},
	}}}
}

// orLock wants all of the fields, or a lock in the place of a document to come.
func orLock(fields bson.D) bson.D {
	lock := bson.D{
		{Key: "required", Value: bson.A{"v", "lock"}},
		{Key: "properties", Value: bson.D{{Key: "v", Value: bson.D{{Key: "bsonType", Value: "long"}, {Key: "maximum", Value: int64(0)}}}}},
	}
	whole := bson.D{
		{Key: "required", Value: append(bson.A{"v"}, namesOf(fields)...)},
		{Key: "properties", Value: append(bson.D{{Key: "v", Value: counted()}}, fields...)},
	}
	return bson.D{{Key: "$jsonSchema", Value: bson.D{
		{Key: "bsonType", Value: "object"}, {Key: "anyOf", Value: bson.A{lock, whole}},
	}}}
}

func namesOf(fields bson.D) bson.A {
	names := make(bson.A, len(fields))
	for i, f := range fields {
		names[i] = f.Key
	}
	return names
}

// validate holds a document to the schema of its table, as a server with validators does:
// CodeInvalid. A unit of work is held to it before it is decided, for what a server
// refuses after that can never be finished.
func (s *Store) validate(table string, doc bson.Raw) error {
	rule, ok := s.validators[table]
	if !ok {
		return nil
	}
	schema, _ := rule[0].Value.(bson.D)
	if why := misfit(schema, doc); why != "" {
		return fmt.Errorf("%w: %s", workflow.Refuse(workflow.CodeInvalid, table), why)
	}
	return nil
}

// misfit tells why a document breaks a schema; empty: it does not. It knows as much of
// JSON schemas as [validators] use, and names fields, never their values.
func misfit(schema bson.D, doc bson.Raw) string {
	for _, rule := range schema {
		var why string
		switch value := rule.Value.(type) {
		case bson.A:
			if rule.Key == "anyOf" {
				why = misfitAll(value, doc)
			} else {
				why = lacks(value, doc)
			}
		case bson.D:
			why = wrong(value, doc)
		}
		if why != "" {
			return why
		}
	}
	return ""
}

// misfitAll tells why a document breaks each of several schemas.
func misfitAll(schemas bson.A, doc bson.Raw) (why string) {
	for _, s := range schemas {
		part, _ := s.(bson.D)
		if why = misfit(part, doc); why == "" {
			return ""
		}
	}
	return why
}

func lacks(fields bson.A, doc bson.Raw) string {
	for _, f := range fields {
		name, _ := f.(string)
		if _, err := doc.LookupErr(name); err != nil {
			return "lacks " + name
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
		rules, _ := f.Value.(bson.D)
		for _, rule := range rules {
			if !holds(rule, v) {
				return f.Key + " breaks " + rule.Key
			}
		}
	}
	return ""
}

func holds(rule bson.E, v bson.RawValue) bool {
	switch limit := rule.Value.(type) {
	case string: // bsonType
		return typeName(v.Type) == limit
	case int64:
		n, ok := v.AsInt64OK()
		return ok && (rule.Key == "minimum" && n >= limit || rule.Key == "maximum" && n <= limit)
	case int:
		text, ok := v.StringValueOK()
		return ok && (rule.Key == "minLength" && len(text) >= limit || rule.Key == "maxLength" && len(text) <= limit)
	}
	return false
}

func typeName(t bson.Type) string {
	switch t { //nolint:exhaustive // validators ask for no others
	case bson.TypeString:
		return "string"
	case bson.TypeInt64:
		return "long"
	case bson.TypeBinary:
		return "binData"
	case bson.TypeArray:
		return "array"
	}
	return ""
}
