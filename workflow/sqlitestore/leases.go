package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
)

// freeDeliveries ends the leases that an earlier run left behind. Only one process
// has the file at a time, so nobody can be sending under them any more, and what a
// crash interrupted need not wait for their end.
func freeDeliveries(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `UPDATE outbox SET owner = '', lease = 0 WHERE settled IS NULL AND lease <> 0`); err != nil {
		return fmt.Errorf("free deliveries: %w", err)
	}
	return nil
}
