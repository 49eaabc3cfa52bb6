package mongostore

import (
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"izinbot/workflow"
)

// ErrNewer is the reason why a database cannot be opened that a newer version of
// the program has changed.
var ErrNewer = errors.New("the database was made by a newer version of the program")

// lockedError says that a unit of work is about to change a document.
type lockedError struct {
	at   place
	unit string
}

func (e *lockedError) Error() string { return e.at.Table + " is locked by a unit of work" }

// translate gives a driver's error its code. It is the only place that knows the
// driver's errors. What the server says may quote the document, so of that only the
// number goes on.
func translate(what string, err error) error {
	switch {
	case err == nil, workflow.CodeOf(err) != "":
		return err
	case errors.Is(err, mongo.ErrNoDocuments):
		return workflow.Refuse(workflow.CodeNotFound, what)
	case mongo.IsDuplicateKeyError(err):
		return workflow.Refuse(workflow.CodeConflict, what)
	}
	if _, ok := errors.AsType[*bson.DecodeError](err); ok { // the document is not of the form that it was written in
		return fmt.Errorf("%w: decode: %w", workflow.Refuse(workflow.CodeDamaged, what), err)
	}
	refused := workflow.Refuse(workflow.CodeUnavailable, what)
	if said, ok := errors.AsType[mongo.ServerError](err); ok && !mongo.IsNetworkError(err) && !mongo.IsTimeout(err) {
		return fmt.Errorf("%w: the server refused it with %v", refused, said.ErrorCodes())
	}
	return fmt.Errorf("%w: %w", refused, err)
}

// missing tells whether an error says that there is no such document.
func missing(err error) bool { return workflow.CodeOf(err) == workflow.CodeNotFound }
