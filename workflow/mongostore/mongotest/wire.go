package mongotest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

const (
	headerSize = 16       // length, request id, answered request, kind
	kindMsg    = 2013     // OP_MSG, what every command but the first greeting is
	maxMessage = 48 << 20 // bytes
	bodyAt     = headerSize + 4 + 1
)

// readMessage reads one message of the wire protocol.
func readMessage(r io.Reader) ([]byte, error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint32(size[:])
	if n < headerSize || n > maxMessage {
		return nil, fmt.Errorf("a message of %d bytes", n)
	}
	msg := make([]byte, n)
	copy(msg, size[:])
	_, err := io.ReadFull(r, msg[4:])
	return msg, err
}

// command gives the command that a message holds, nil if it is of another kind.
func command(msg []byte) bson.Raw {
	if len(msg) <= bodyAt+4 || binary.LittleEndian.Uint32(msg[12:]) != kindMsg || msg[bodyAt-1] != 0 {
		return nil
	}
	n := int(binary.LittleEndian.Uint32(msg[bodyAt:]))
	if n > len(msg)-bodyAt {
		return nil
	}
	return bson.Raw(msg[bodyAt : bodyAt+n])
}

// unwatched makes of an answer to a greeting that of a server that must be asked again
// whether it lives. From others drivers want it told: they ask a question that is
// answered after ten seconds, and then over and over, while a gate stands still for
// the answer.
func unwatched(answer []byte) []byte {
	if !bytes.Contains(answer, []byte("\x10maxWireVersion\x00")) {
		return answer
	}
	return bytes.Replace(answer, []byte("\x03topologyVersion\x00"), []byte("\x03topologyIgnored\x00"), 1)
}

// withTime adds the time of the operation to the answer to a command.
func withTime(answer []byte) []byte {
	doc := command(answer)
	if doc == nil {
		return answer
	}
	timed := bsoncore.AppendTimestampElement(slices.Clone(doc[:len(doc)-1]), "operationTime", 1, 1)
	return withCommand(answer, append(timed, 0))
}

// withoutConcern takes the read concern out of a command: FerretDB refuses one in writes.
func withoutConcern(msg []byte) []byte {
	doc := command(msg)
	if doc == nil || doc.Lookup("readConcern").Type == 0 {
		return msg
	}
	var fields bson.D
	if err := bson.Unmarshal(doc, &fields); err != nil {
		return msg
	}
	left, err := bson.Marshal(slices.DeleteFunc(fields, func(e bson.E) bool { return e.Key == "readConcern" }))
	if err != nil {
		return msg
	}
	return withCommand(msg, left)
}

// withCommand gives a message with another command, or answer, in it.
func withCommand(msg, doc []byte) []byte {
	made := slices.Concat(msg[:bodyAt], doc, msg[bodyAt+len(command(msg)):])
	sizes := binary.LittleEndian
	sizes.PutUint32(made[bodyAt:], uint32(len(doc)))
	sizes.PutUint32(made, uint32(len(made)))
	return made
}

// emptied makes of a query one of a collection that there is not.
func emptied(msg []byte) []byte {
	table := command(msg).Lookup("find").StringValue()
	asked := slices.Concat([]byte("\x02find\x00"), []byte{byte(len(table) + 1), 0, 0, 0})
	other := strings.Repeat("z", len(table))
	return bytes.Replace(msg, slices.Concat(asked, []byte(table)), slices.Concat(asked, []byte(other)), 1)
}

// verb gives the name of a command, such as "insert".
func verb(cmd bson.Raw) string {
	first, err := cmd.IndexErr(0)
	if err != nil {
		return ""
	}
	return first.Key()
}
