package gridstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"izinbot/workflow"
)

// tidyTime is the time that the removal of a given-up upload may take.
const tidyTime = 10 * time.Second

// translate gives the driver's errors their code: a database that cannot be asked,
// or refuses, is unavailable. What the caller ended himself stays as it is.
func translate(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", what, err)
	}
	return fmt.Errorf("%w: %s: %w", workflow.Refuse(workflow.CodeUnavailable, "file"), what, err)
}
