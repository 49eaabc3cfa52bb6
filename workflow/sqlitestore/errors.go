package sqlitestore

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"izinbot/workflow"
)

// ErrInUse is the reason why a database cannot be opened that another process
// has open.
var ErrInUse = errors.New("the database is in use by another process")

// ErrNewer is the reason why a database cannot be opened that a newer version of
// the program has changed.
var ErrNewer = errors.New("the database was made by a newer version of the program")

var errClosed = errors.New("the database is closed")

// translate gives a driver's error its code. It is the only place that knows the
// driver's errors.
func translate(what string, err error) error {
	switch {
	case err == nil, workflow.CodeOf(err) != "":
		return err
	case errors.Is(err, sql.ErrNoRows):
		return workflow.Refuse(workflow.CodeNotFound, what)
	}
	var e *sqlite.Error
	if errors.As(err, &e) && isUnique(e.Code()) {
		if strings.Contains(e.Error(), "history.key") || strings.Contains(e.Error(), "numbers.printed") {
			return workflow.Refuse(workflow.CodeDuplicate, what)
		}
		return workflow.Refuse(workflow.CodeConflict, what)
	}
	if e != nil && isDamage(e.Code()) {
		return fmt.Errorf("%w: %w", workflow.Refuse(workflow.CodeDamaged, what), err)
	}
	return fmt.Errorf("%w: %w", workflow.Refuse(workflow.CodeUnavailable, what), err)
}

// isDamage tells whether SQLite found pages that it did not write. An extended code
// holds the primary one in its lowest byte.
func isDamage(code int) bool {
	return code&0xff == sqlitelib.SQLITE_CORRUPT || code&0xff == sqlitelib.SQLITE_NOTADB
}

func isUnique(code int) bool {
	return code == sqlitelib.SQLITE_CONSTRAINT_UNIQUE || code == sqlitelib.SQLITE_CONSTRAINT_PRIMARYKEY
}
