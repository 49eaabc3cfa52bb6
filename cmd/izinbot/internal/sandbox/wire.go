package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"

	"izinbot/workflow/inspect"
)

// Kinds of requests.
const (
	askInspect byte = 'i'
	askShrink  byte = 's' // for a letter
	askCopy    byte = 'c' // to be read on a screen
)

const (
	ready      byte = 'r'
	maxChunk        = 64 << 10                       // bytes
	maxAnswer       = headLength + 4*maxSide*maxSide // bytes
	maxSide         = 2048                           // pixels of a picture that comes back
	maxPages        = 10_000_000
	headLength      = 4 // bytes: width and height of a picture, two bytes each
)

var errProtocol = errors.New("malformed answer")

// writeRequest sends a content to a child as it is read, so that it is never whole in
// the office's memory. fromSource tells whether the error is that of content.
func writeRequest(w io.Writer, ask byte, content io.Reader) (fromSource bool, err error) {
	if _, err := w.Write([]byte{ask}); err != nil {
		return false, err
	}
	buf := make([]byte, 4+maxChunk)
	sent := 0
	for sent <= inspect.MaxSize { // the rest is not inspected
		n, readErr := io.ReadFull(content, buf[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(buf, uint32(n)) //nolint:gosec // at most maxChunk
			if _, err := w.Write(buf[:4+n]); err != nil {
				return false, err
			}
			sent += n
		}
		if errors.Is(readErr, io.EOF) || errors.Is(readErr, io.ErrUnexpectedEOF) {
			break
		}
		if readErr != nil {
			return true, readErr
		}
	}
	_, err = w.Write([]byte{0, 0, 0, 0})
	return false, err
}

// chunks reads the content of a request; it ends with io.EOF at the chunk of length 0.
type chunks struct {
	r    io.Reader
	left uint32
	done bool
}

func (c *chunks) Read(p []byte) (int, error) {
	for c.left == 0 {
		if c.done {
			return 0, io.EOF
		}
		var head [4]byte
		if _, err := io.ReadFull(c.r, head[:]); err != nil {
			return 0, fmt.Errorf("read chunk: %w", noEOF(err))
		}
		c.left = binary.BigEndian.Uint32(head[:])
		c.done = c.left == 0
		if c.left > maxChunk {
			return 0, fmt.Errorf("chunk of %d bytes: %w", c.left, errProtocol)
		}
	}
	n, err := c.r.Read(p[:min(len(p), int(c.left))])
	c.left -= uint32(n) //nolint:gosec // at most left
	if n > 0 {
		return n, nil
	}
	return 0, noEOF(err)
}

// noEOF makes the end of a pipe within a message an error.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func writeAnswer(w io.Writer, answer []byte) error {
	_, err := w.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(answer))), answer...)) //nolint:gosec // at most maxAnswer
	return err
}

func readAnswer(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxAnswer {
		return nil, fmt.Errorf("answer of %d bytes: %w", n, errProtocol)
	}
	answer := make([]byte, n)
	_, err := io.ReadFull(r, answer)
	return answer, err
}

// parseReport reads a child's report. It believes nothing that the office could not
// have found itself: the child may have been taken over by the file.
func parseReport(answer []byte) (inspect.Report, error) {
	var r inspect.Report
	if err := json.Unmarshal(answer, &r); err != nil {
		return inspect.Report{}, errors.Join(errProtocol, err)
	}
	sound := r.Known() && r.Size >= 0 && r.Size <= inspect.MaxSize && r.Pages >= 0 && r.Pages <= maxPages &&
		r.Width >= 0 && r.Height >= 0
	if !sound {
		return inspect.Report{}, errProtocol
	}
	return r, nil
}

// encodePicture gives width, height and pixels; nothing for no picture.
func encodePicture(img *image.RGBA) []byte {
	if img == nil {
		return nil
	}
	size := img.Rect.Size()
	out := binary.BigEndian.AppendUint16(nil, uint16(size.X)) //nolint:gosec // at most maxSide
	out = binary.BigEndian.AppendUint16(out, uint16(size.Y))  //nolint:gosec // at most maxSide
	return append(out, img.Pix...)
}

// parsePicture reads a picture; nil if there is none to show.
func parsePicture(answer []byte) (*image.RGBA, error) {
	if len(answer) == 0 {
		return nil, nil
	}
	if len(answer) < headLength {
		return nil, errProtocol
	}
	w, h := int(binary.BigEndian.Uint16(answer)), int(binary.BigEndian.Uint16(answer[2:]))
	if w < 1 || h < 1 || w > maxSide || h > maxSide || len(answer) != headLength+4*w*h {
		return nil, errProtocol
	}
	return &image.RGBA{Pix: answer[headLength:], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}, nil
}
