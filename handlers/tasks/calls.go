package tasks

import (
	"context"
	"slices"

	"izinbot/handlers/session"
	"izinbot/workflow/casework"
)

// OpenCalls lists the calls that the officer's roles should make.
func OpenCalls(ctx context.Context, s *session.Session) ([]casework.Call, error) {
	roles, err := s.Roles(ctx)
	if err != nil || len(roles) == 0 {
		return nil, err
	}
	all, err := casework.OpenCalls(ctx, s.Env.Store)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(c casework.Call) bool { return !slices.Contains(roles, c.Role) }), nil
}
