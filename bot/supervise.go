package bot

import "context"

// Supervise runs a long-lived part of the program until ctx ends. A part that returns
// before that, or panics, is begun again after a pause; its supervisor logs why. A
// nil Supervise runs the part once.
type Supervise func(ctx context.Context, part string, run func(ctx context.Context) error)

// Run runs a part under the supervisor, if there is one.
func (s Supervise) Run(ctx context.Context, part string, run func(ctx context.Context) error) {
	if s == nil {
		_ = run(ctx)
		return
	}
	s(ctx, part, run)
}

// Once is Run for work that is done when it returns.
func (s Supervise) Once(ctx context.Context, part string, run func(ctx context.Context)) {
	s.Loop(ctx, part, func(ctx context.Context) {
		run(ctx)
		if s != nil {
			<-ctx.Done()
		}
	})
}

// Loop is Run for a part that returns no error.
func (s Supervise) Loop(ctx context.Context, part string, run func(ctx context.Context)) {
	s.Run(ctx, part, func(ctx context.Context) error {
		run(ctx)
		return nil
	})
}
