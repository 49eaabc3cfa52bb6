package mycases

import (
	"context"

	"izinbot/handlers/session"
)

// Application is the name of the dialogue of an application in a chat's state.
const Application = "apply"

// Draft gives the application that the person began and did not send, in this chat or
// another; nil for none.
func Draft(ctx context.Context, s *session.Session) (*session.Stored, error) {
	return s.Draft(ctx, func(d *session.Stored) bool { return d.Name == Application })
}
