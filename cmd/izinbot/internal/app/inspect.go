package app

import (
	"context"
	"image"
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

// copyPicture unpacks a picture of which a JPEG is made: in a process apart, if there is one.
func (p *Program) copyPicture() func(context.Context, io.Reader) (*image.RGBA, error) {
	if p.inspectors == nil {
		return nil
	}
	return p.inspectors.Copy
}

// letterConfig has photos drawn into letters unpacked where uploads are looked into.
func (p *Program) letterConfig() letters.Config {
	cfg := letters.Config{Open: p.Files.Open, Calendar: p.Calendar}
	if p.inspectors != nil {
		cfg.Shrink = p.inspectors.Shrink
	}
	return cfg
}
