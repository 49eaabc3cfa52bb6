package texts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// message is a parsed text.
type message []segment

// segment is a piece of a message: literal text if name is empty, else a
// placeholder.
type segment struct {
	text          string
	name          string
	kind          kind
	first, second message // plural and optional
}

// kind says how a placeholder uses its argument.
type kind int

const (
	plain    kind = iota // stands there itself
	plural               // chooses a form by whether it is 1
	optional             // chooses a form by whether it is empty
)

// What can be wrong with a text.
var (
	errStrayBrace = errors.New("} without {")
	errOpenBrace  = errors.New("{ without }")
	errName       = errors.New("{ must be followed by a name of small letters, digits and _, then }, | or ?")
	errForms      = errors.New("a choice has exactly two forms, parted by |")
	errNested     = errors.New("a choice inside a choice")
)

func parseMessage(text string) (message, error) {
	p := reader{rest: text}
	return p.message(false)
}

// reader goes over a text once, from left to right.
type reader struct{ rest string }

// message reads up to the end of the text, or of the form if it is one of a
// choice.
func (p *reader) message(form bool) (message, error) {
	stops := "{}"
	if form {
		stops = "{}|"
	}
	var m message
	for p.rest != "" {
		i := strings.IndexAny(p.rest, stops)
		if i < 0 {
			i = len(p.rest)
		}
		if i > 0 {
			m = append(m, segment{text: p.rest[:i]})
			p.rest = p.rest[i:]
			continue
		}
		if p.rest[0] != '{' {
			break
		}
		s, err := p.placeholder(form)
		if err != nil {
			return nil, err
		}
		m = append(m, s)
	}
	switch {
	case form && p.rest == "":
		return nil, errOpenBrace
	case !form && p.rest != "":
		return nil, errStrayBrace
	}
	return m, nil
}

// placeholder reads what stands between braces.
func (p *reader) placeholder(form bool) (segment, error) {
	p.rest = p.rest[1:]
	s := segment{name: p.name()}
	if s.name == "" || p.rest == "" {
		return s, errName
	}
	after := p.rest[0]
	p.rest = p.rest[1:]
	switch after {
	case '}':
		return s, nil
	case '|':
		s.kind = plural
	case '?':
		s.kind = optional
	default:
		return s, errName
	}
	if form {
		return s, fmt.Errorf("{%s: %w", s.name, errNested)
	}
	return s, p.forms(&s)
}

// forms reads the two forms of a choice and its closing brace.
func (p *reader) forms(s *segment) error {
	var err error
	if s.first, err = p.message(true); err != nil {
		return err
	}
	if p.rest[0] != '|' {
		return fmt.Errorf("{%s: %w", s.name, errForms)
	}
	p.rest = p.rest[1:]
	if s.second, err = p.message(true); err != nil {
		return err
	}
	if p.rest[0] != '}' {
		return fmt.Errorf("{%s: %w", s.name, errForms)
	}
	p.rest = p.rest[1:]
	return nil
}

func (p *reader) name() string {
	i := strings.IndexFunc(p.rest, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_'
	})
	if i < 0 {
		i = len(p.rest)
	}
	name := p.rest[:i]
	p.rest = p.rest[i:]
	return name
}

// names lists the arguments that the message needs, sorted, each once.
func (m message) names() []string {
	var out []string
	for _, s := range m {
		if s.name != "" {
			out = append(out, s.name)
		}
		out = append(out, s.first.names()...)
		out = append(out, s.second.names()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
