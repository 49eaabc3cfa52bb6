package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
)

// IsURL tells whether a value is an absolute http or https URL without a query.
func IsURL(value string) error {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("is not a URL such as https://izin.contoh.go.id")
	}
	return nil
}

// IsListen tells whether a value is an address to listen on.
func IsListen(value string) error {
	_, port, err := net.SplitHostPort(value)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 {
		return errors.New("is not an address such as 127.0.0.1:8080")
	}
	return nil
}

// IsFile tells whether a value names a file that can be read.
func IsFile(value string) error {
	info, err := os.Stat(value)
	switch {
	case err != nil:
		return fmt.Errorf("cannot be read: %w", err)
	case info.IsDir():
		return errors.New("is a directory, not a file")
	}
	return nil
}

// IsOneOf makes a check for one of some words.
func IsOneOf(words ...string) func(string) error {
	return func(value string) error {
		if slices.Contains(words, value) {
			return nil
		}
		return fmt.Errorf("is none of %s", strings.Join(words, ", "))
	}
}

// IsRate tells whether a value is a number of messages a second, 0 for no limit.
func IsRate(value string) error {
	if n, err := strconv.ParseFloat(value, 64); err != nil || n < 0 || n > 10_000 {
		return errors.New("is not a number of messages a second, such as 25 (0: no limit)")
	}
	return nil
}

// IsCount makes a check for a whole number within bounds.
func IsCount(least, most int) func(string) error {
	return func(value string) error {
		if n, err := strconv.Atoi(value); err != nil || n < least || n > most {
			return fmt.Errorf("is not a whole number from %d to %d", least, most)
		}
		return nil
	}
}

// IsDays makes a check for a whole number of days within bounds.
func IsDays(least, most int) func(string) error {
	return func(value string) error {
		if n, err := strconv.Atoi(value); err != nil || n < least || n > most {
			return fmt.Errorf("is not a number of days from %d to %d", least, most)
		}
		return nil
	}
}
