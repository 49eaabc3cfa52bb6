package sqlitestore

import (
	"context"
	"database/sql"
	"errors"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
)

// numberBefore is a number without what it is printed as.
type numberBefore struct {
	workflow.Number
	key, status string
	taken       int64
}

// printNumbers moves the numbers of before to their new table. Of several that were printed
// alike the one that was reserved first keeps the text; the others get the names of their rows.
func printNumbers(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT register, year, seq, key, status, taken FROM numbers_before ORDER BY taken, register, year, seq`)
	if err != nil {
		return err
	}
	list, err := collect(rows, func(row scanner) (n numberBefore, err error) {
		err = row.Scan(&n.Register, &n.Year, &n.Seq, &n.key, &n.status, &n.taken)
		return n, err
	})
	if err != nil {
		return err
	}
	const move = `INSERT INTO numbers (register, year, seq, key, status, taken, printed) VALUES (?1, ?2, ?3, ?4, ?5, ?6,
		CASE WHEN ?7 = '' OR EXISTS (SELECT 1 FROM numbers WHERE printed = ?7) THEN ?8 ELSE ?7 END)`
	for _, n := range list {
		printed, err := printedBefore(ctx, tx, n.Number, n.key)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, move, n.Register, n.Year, n.Seq, n.key, n.status, n.taken, printed, n.Row()); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `DROP TABLE numbers_before`)
	return err
}

// rowReader is a transaction or a connection.
type rowReader interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// printedBefore finds in its case what a number of before was printed as; empty if that
// cannot be read.
func printedBefore(ctx context.Context, in rowReader, n workflow.Number, key string) (string, error) {
	var packed []byte
	err := in.QueryRowContext(ctx, `SELECT doc FROM cases WHERE id = ?`, kept.CaseOf(key)).Scan(&packed)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	doc, err := kept.Unpack(packed)
	if err != nil {
		doc = nil
	}
	return kept.PrintedBefore(n, doc), nil
}
