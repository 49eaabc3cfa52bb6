package pdfatest

import (
	"fmt"
	"strconv"
	"strings"
)

// operation is one operator of a content stream with its operands.
type operation struct {
	name string
	args []any
}

// operations reads a content stream as far as the rules need it.
func operations(data []byte) ([]operation, error) {
	r := reader{data: data}
	var ops []operation
	var args []any
	for {
		v, ok, err := r.next()
		switch {
		case err != nil:
			return ops, err
		case !ok && len(args) > 0:
			return ops, fmt.Errorf("operands without an operator at the end: %v", args)
		case !ok:
			return ops, nil
		}
		if op, is := v.(operation); is {
			ops = append(ops, operation{op.name, args})
			args = nil
			continue
		}
		args = append(args, v)
	}
}

type reader struct {
	data []byte
	at   int
}

const (
	blanks     = " \t\r\n\f\x00"
	delimiters = blanks + "()<>[]{}/%"
)

// next gives the next object; an operator is an operation without operands.
func (r *reader) next() (any, bool, error) {
	for r.at < len(r.data) && strings.IndexByte(blanks, r.data[r.at]) >= 0 {
		r.at++
	}
	if r.at == len(r.data) {
		return nil, false, nil
	}
	rest := string(r.data[r.at:min(r.at+2, len(r.data))])
	switch {
	case rest[0] == '(':
		s, err := r.literal()
		return s, true, err
	case rest == "<<":
		r.at += 2
		list, err := r.until(">>")
		out := dict{}
		for i := 0; i+1 < len(list); i += 2 {
			key, _ := list[i].(name)
			out[string(key)] = list[i+1]
		}
		return out, true, err
	case rest[0] == '[':
		r.at++
		list, err := r.until("]")
		return list, true, err
	case rest[0] == '/':
		r.at++
		return name(r.word()), true, nil
	}
	word := r.word()
	if word == "" {
		return nil, false, fmt.Errorf("unexpected %q at %d", rest, r.at)
	}
	if n, err := strconv.ParseFloat(word, 64); err == nil {
		return n, true, nil
	}
	return operation{name: word}, true, nil
}

func (r *reader) word() string {
	start := r.at
	for r.at < len(r.data) && strings.IndexByte(delimiters, r.data[r.at]) < 0 {
		r.at++
	}
	return string(r.data[start:r.at])
}

func (r *reader) until(end string) ([]any, error) {
	out := []any{}
	for {
		for r.at < len(r.data) && strings.IndexByte(blanks, r.data[r.at]) >= 0 {
			r.at++
		}
		if strings.HasPrefix(string(r.data[r.at:min(r.at+len(end), len(r.data))]), end) {
			r.at += len(end)
			return out, nil
		}
		v, ok, err := r.next()
		if err != nil || !ok {
			return out, fmt.Errorf("no %s: %w", end, err)
		}
		out = append(out, v)
	}
}

// literal reads a string in brackets.
func (r *reader) literal() (string, error) {
	var out []byte
	depth := 0
	for ; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; c {
		case '(':
			if depth++; depth > 1 {
				out = append(out, c)
			}
		case ')':
			if depth--; depth == 0 {
				r.at++
				return string(out), nil
			}
			out = append(out, c)
		case '\\':
			r.at++
			out = append(out, escape(r.data[r.at]))
		default:
			out = append(out, c)
		}
	}
	return "", fmt.Errorf("string without an end")
}

func escape(c byte) byte {
	if plain, ok := map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}[c]; ok {
		return plain
	}
	return c
}
