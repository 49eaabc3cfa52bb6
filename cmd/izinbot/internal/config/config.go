// Package config holds the settings of a running office: one table of keys, read
// from flags and the environment.
package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

// Key is one setting.
type Key struct {
	Name    string // of the environment variable
	Default string
	Secret  bool // never shown; may also come from the file that <Name>_FILE names
	Help    string
	// Check tells what is wrong with a value that is not empty; nil: nothing can
	// be. Its error must not quote a secret.
	Check func(value string) error
}

// Source gives values besides the defaults.
type Source struct {
	Flags map[string]string // by key; empty values are not set
	Env   func(name string) string
	// ReadFile reads a secret's file; nil: as the operating system does.
	ReadFile func(path string) ([]byte, error)
}

// Set is the values in force.
type Set struct {
	keys   []Key
	values map[string]string
	from   map[string]string // "flag", "environment", "file", "default"
}

// Load reads the values of keys: a flag wins over the environment, that over a
// file, that over the default. The error lists every problem, one a line; the set
// is usable for printing all the same.
func Load(keys []Key, src Source) (*Set, error) {
	if src.ReadFile == nil {
		src.ReadFile = os.ReadFile
	}
	s := &Set{keys: keys, values: map[string]string{}, from: map[string]string{}}
	var problems []error
	for _, k := range keys {
		value, from, err := src.value(k)
		if err == nil && value != "" && k.Check != nil {
			err = k.Check(value)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", k.Name, err))
		}
		s.values[k.Name], s.from[k.Name] = value, from
	}
	return s, errors.Join(problems...)
}

func (src Source) value(k Key) (value, from string, err error) {
	if v := src.Flags[k.Name]; v != "" {
		return v, "flag", nil
	}
	v := strings.TrimSpace(src.Env(k.Name))
	path := ""
	if k.Secret {
		path = strings.TrimSpace(src.Env(k.Name + "_FILE"))
	}
	switch {
	case v != "" && path != "":
		return v, "environment", fmt.Errorf("terisi, dan %s_FILE juga; pakai salah satu saja", k.Name)
	case v != "":
		return v, "environment", nil
	case path == "":
		return k.Default, "default", nil
	}
	content, err := src.ReadFile(path)
	if err != nil {
		return "", "file", fmt.Errorf("%s_FILE tidak dapat dibaca: %w", k.Name, err)
	}
	if v = strings.TrimSpace(string(content)); v == "" {
		return "", "file", fmt.Errorf("berkas yang disebut %s_FILE kosong", k.Name)
	}
	return v, "file", nil
}

// Get gives the value of a key.
func (s *Set) Get(name string) string { return s.values[name] }

// Print writes what is in force and where it comes from, secrets hidden.
func (s *Set) Print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, k := range s.keys {
		value := s.values[k.Name]
		switch {
		case value == "":
			value = "-"
		case k.Secret:
			value = "(tersembunyi)"
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", k.Name, value, s.from[k.Name], k.Help); err != nil {
			return err
		}
	}
	return w.Flush()
}
