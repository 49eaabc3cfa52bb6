package mongostore

import (
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
)

// validate holds a document to the schema of its table, as a server with validators does:
// CodeInvalid. A unit of work is held to it before it is decided, for what a server
// refuses after that can never be finished.
func validate(table string, doc bson.Raw) error {
	rule, ok := validators()[table]
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
		return typeNames()[v.Type] == limit
	case int64:
		n, ok := v.AsInt64OK()
		return ok && (rule.Key == "minimum" && n >= limit || rule.Key == "maximum" && n <= limit)
	case int:
		text, ok := v.StringValueOK()
		return ok && (rule.Key == "minLength" && len(text) >= limit || rule.Key == "maxLength" && len(text) <= limit)
	}
	return false
}

func typeNames() map[bson.Type]string {
	return map[bson.Type]string{
		bson.TypeString: "string", bson.TypeInt64: "long", bson.TypeBinary: "binData", bson.TypeArray: "array",
	}
}
