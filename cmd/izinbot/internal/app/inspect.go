package app

import (
	"context"
	"io"

	"izinbot/workflow/inspect"
	"izinbot/workflow/letters"
)

// inspect looks into uploads: in processes apart, if there are any.
func (p *Program) inspect() func(context.Context, io.Reader) (inspect.Report, error) {
	if p.inspectors == nil {
		return inspect.Inspect
	}
	return p.inspectors.Inspect
}

// letterConfig has photos drawn into letters unpacked where uploads are looked into.
func (p *Program) letterConfig() letters.Config {
	cfg := letters.Config{Open: p.Files.Open}
	if p.inspectors != nil {
		cfg.Shrink = p.inspectors.Shrink
	}
	return cfg
}
