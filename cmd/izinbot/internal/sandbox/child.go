package sandbox

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"izinbot/workflow/inspect"
	"izinbot/workflow/letters"
	"izinbot/workflow/picture"
)

// maxStack bounds recursion in a parser, in bytes.
const maxStack = 64 << 20

// Main is the child: it limits itself, says that it is ready, and answers requests
// until in ends. It gives the exit code.
func Main(in io.Reader, out io.Writer) int {
	debug.SetMaxStack(maxStack)
	if err := limit(); err != nil {
		return 1
	}
	if err := serve(in, out); err != nil {
		return 1
	}
	return 0
}

func serve(in io.Reader, out io.Writer) error {
	if _, err := out.Write([]byte{ready}); err != nil {
		return err
	}
	r := bufio.NewReader(in)
	for {
		ask, err := r.ReadByte()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		content := &chunks{r: r}
		answer, err := answerTo(ask, content)
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			return err
		}
		if err := writeAnswer(out, answer); err != nil {
			return err
		}
	}
}

func answerTo(ask byte, content io.Reader) ([]byte, error) {
	switch ask {
	case askInspect:
		report, err := inspect.Inspect(context.Background(), content)
		if err != nil {
			return nil, err
		}
		return json.Marshal(report)
	case askShrink, askCopy:
		src, err := io.ReadAll(io.LimitReader(content, inspect.MaxSize))
		if err != nil {
			return nil, err
		}
		side := letters.PhotoSide
		if ask == askCopy {
			side = picture.CopySide
		}
		return encodePicture(picture.Shrink(src, side)), nil
	}
	return nil, fmt.Errorf("request %q: %w", ask, errProtocol)
}
