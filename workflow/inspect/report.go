package inspect

import (
	"slices"
	"time"

	"izinbot/workflow"
)

// Limits of what is taken.
const (
	MaxSize         = 20 << 20 // bytes; the same as the channels' limit
	MinDocumentSide = 1200     // pixels on the long side: an A4 page at about 100 dpi, the least that can be read
)

// Problem is a code for what is wrong with a file; empty if nothing is.
type Problem string

// The problems.
const (
	Fine        Problem = ""
	Empty       Problem = "empty"        // 0 bytes
	TooLarge    Problem = "too_large"    // more than MaxSize
	NotAccepted Problem = "not_accepted" // no kind that is taken; Kind tells what it is
	Damaged     Problem = "damaged"      // cut off or broken, so that it does not open
	Encrypted   Problem = "encrypted"    // a PDF that asks for a password
	TooComplex  Problem = "too_complex"  // too many pixels, or takes too long to open
	TooSmall    Problem = "too_small"    // a picture with too few pixels to be read as a document
	Unchecked   Problem = "unchecked"    // it ended the process that inspected it
	TwoFormats  Problem = "two_formats"  // an accepted kind that holds a second format
	DynamicForm Problem = "dynamic_form" // a form that only some programs on a computer draw (XFA)
	Folder      Problem = "folder"       // a PDF whose documents are files inside it (portfolio)
	NotPhoto    Problem = "not_photo"    // not a picture where one is needed
)

// Report holds the findings about a file. What does not apply is zero.
type Report struct {
	Kind    Kind    `json:"kind"`
	Size    int64   `json:"size"` // bytes; at most MaxSize, as nothing beyond it is read
	Problem Problem `json:"problem"`

	Pages int `json:"pages"` // of a PDF
	// Restricted is a PDF that is encrypted but opens without a password. It is
	// as good as any other to read; it may forbid copying or printing.
	Restricted bool     `json:"restricted"`
	Active     []Active `json:"active,omitempty"` // parts of a PDF that a reader acts upon
	// Signed is a PDF with a digital signature or an e-meterai, which is void once the file
	// is saved anew.
	Signed bool `json:"signed,omitempty"`

	// Of a picture, in pixels as stored, before any rotation.
	Width  int `json:"width"`
	Height int `json:"height"`

	Taken       time.Time             `json:"taken"`           // when the camera took the picture, by its own clock
	Coordinates *workflow.Coordinates `json:"place,omitempty"` // where the camera was
}

// Known tells whether kind, problem and active parts are codes of this package.
func (r Report) Known() bool {
	for _, part := range r.Active {
		if !slices.Contains(allActive(), part) {
			return false
		}
	}
	problems := []Problem{
		Fine, Empty, TooLarge, NotAccepted, Damaged, Encrypted, TooComplex, TooSmall, Unchecked, TwoFormats, DynamicForm, Folder, NotPhoto,
	}
	kinds := []Kind{PDF, JPEG, PNG, HEIC, WebP, Picture, Office, Archive, Program, Video, Audio, Text, Mixed, Unknown}
	return slices.Contains(problems, r.Problem) && slices.Contains(kinds, r.Kind) && (r.Problem != Fine || r.Type() != "")
}

// Type gives the media type of an accepted kind as [workflow.File] keeps it, or
// "" for any other.
func (r Report) Type() string {
	switch r.Kind { //nolint:exhaustive // only the accepted kinds have one
	case PDF:
		return "application/pdf"
	case JPEG:
		return "image/jpeg"
	case PNG:
		return "image/png"
	case WebP:
		return "image/webp"
	case HEIC: // where it can be decoded
		return "image/heic"
	default:
		return ""
	}
}

// ForDocument gives the problem of the file as a required document: besides the
// file's own, [TooSmall] for a picture that cannot be read.
func (r Report) ForDocument() Problem {
	if r.Problem == Fine && r.picture() && max(r.Width, r.Height) < MinDocumentSide {
		return TooSmall
	}
	return r.Problem
}

// ForPhoto gives the problem of the file as a photo of a field visit: besides
// the file's own, [NotPhoto] for a PDF. A photo has no least size: what was seen
// in the field cannot be fetched again.
func (r Report) ForPhoto() Problem {
	if r.Problem == Fine && !r.picture() {
		return NotPhoto
	}
	return r.Problem
}

func (r Report) picture() bool { return slices.Contains([]Kind{JPEG, PNG, WebP, HEIC}, r.Kind) }

// NeedsCopy tells whether a picture is not shown by every phone and computer, so that a
// JPEG is made of it.
func (r Report) NeedsCopy() bool { return r.Kind == WebP || r.Kind == HEIC }
