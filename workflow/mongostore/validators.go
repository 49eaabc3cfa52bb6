package mongostore

import "go.mongodb.org/mongo-driver/v2/bson"

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
