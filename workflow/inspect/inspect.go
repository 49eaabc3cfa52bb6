package inspect

import (
	"context"
	"fmt"
	"io"
	"time"
)

// timeLimit is after how long the parser of a PDF stops between two objects. An
// honest file needs milliseconds.
const timeLimit = 4 * time.Second

// Inspect reads a file and tells what it is. A hostile file can make it take memory
// and time without bound, so a program that must live on runs it in a process that
// has limits. The content is held in memory,
// never written to disk, and read no further than just beyond [MaxSize]. A file
// that cannot be used is no error but a [Problem]; the error is that of r, or of
// ctx if it ends first.
func Inspect(ctx context.Context, r io.Reader) (Report, error) {
	content, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return Report{}, fmt.Errorf("read file: %w", err)
	}
	report := Report{Kind: kindOf(content), Size: int64(min(len(content), MaxSize))}
	switch {
	case len(content) == 0:
		report.Problem = Empty
	case report.Type() == "":
		report.Problem = NotAccepted
	case len(content) > MaxSize:
		report.Problem = TooLarge
	case mixed(report.Kind, content):
		report.Problem = TwoFormats
	case report.Kind == HEIC:
		report.Problem = NotAccepted // by this package; whoever has a decoder looks on
	default:
		return report.open(ctx, content)
	}
	return report, nil
}

func (r Report) open(ctx context.Context, content []byte) (Report, error) {
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	switch r.Kind { //nolint:exhaustive // Inspect has sorted out the rest
	case JPEG:
		return r.withJPEG(content), nil
	case PNG:
		return r.withPNG(content), nil
	case WebP:
		return r.withWebP(content), nil
	default:
		limited, cancel := context.WithTimeout(ctx, timeLimit)
		defer cancel()
		return r.withPDF(limited, content), ctx.Err()
	}
}
