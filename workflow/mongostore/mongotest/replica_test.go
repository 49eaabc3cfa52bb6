package mongotest

import (
	"encoding/binary"
	"net"
	"slices"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// kindReply is OP_REPLY, the answer to a first greeting.
const kindReply = 1

// member carries a connection to a server that says it is the primary of a replica
// set, whose members cannot be reached but itself, and that could tell of changes by
// itself.
func member(t *testing.T, self string) func(client, server net.Conn) {
	t.Helper()
	return func(client, server net.Conn) {
		for {
			msg, err := readMessage(client)
			if err != nil {
				return
			}
			if _, err := server.Write(msg); err != nil {
				return
			}
			answer, err := readMessage(server)
			if err != nil {
				return
			}
			if _, err := client.Write(asPrimary(t, answer, self)); err != nil {
				return
			}
		}
	}
}

// asPrimary makes the answer to a greeting that of a primary.
func asPrimary(t *testing.T, answer []byte, self string) []byte {
	t.Helper()
	at := bodyAt
	if binary.LittleEndian.Uint32(answer[12:]) == kindReply {
		at = 36
	}
	var doc bson.D
	if err := bson.Unmarshal(answer[at:], &doc); err != nil {
		t.Error(err)
		return answer
	}
	if !slices.ContainsFunc(doc, func(e bson.E) bool { return e.Key == "maxWireVersion" }) {
		return answer // to something else
	}
	doc = append(bson.D{
		{Key: "setName", Value: "rs0"},
		{Key: "setVersion", Value: int32(1)},
		{Key: "hosts", Value: bson.A{"db1.invalid:27017", "db2.invalid:27017", self}},
		{Key: "primary", Value: self},
		{Key: "me", Value: "db1.invalid:27017"},
		{Key: "topologyVersion", Value: bson.D{{Key: "processId", Value: bson.NewObjectID()}, {Key: "counter", Value: int64(1)}}},
	}, doc...)
	raw, err := bson.Marshal(doc)
	if err != nil {
		t.Error(err)
	}
	made := append(slices.Clone(answer[:at]), raw...)
	binary.LittleEndian.PutUint32(made, uint32(len(made)))
	return made
}

// TestGateBeforeAPrimary has a member of a replica set name others to whoever greets
// it: the driver must neither go to them, past the gate, nor look for a primary that
// it knows.
func TestGateBeforeAPrimary(t *testing.T) {
	l := listen(t)
	self := l.Addr().String()
	standIn(t, l, member(t, self))
	t.Setenv(variable, "mongodb://"+self+"/?directConnection=true&replicaSet=rs0")
	cutsOff(t)
}

// TestGateFindsThePrimary gives an address of which only the second host is there.
func TestGateFindsThePrimary(t *testing.T) {
	l := listen(t)
	self := l.Addr().String()
	standIn(t, l, member(t, self))
	t.Setenv(variable, "mongodb://127.0.0.1:1,"+self+"/?replicaSet=rs0")
	cutsOff(t)
}
