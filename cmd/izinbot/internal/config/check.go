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
		return errors.New("bukan alamat seperti https://izin.contoh.go.id")
	}
	return nil
}

// IsListen tells whether a value is an address to listen on.
func IsListen(value string) error {
	_, port, err := net.SplitHostPort(value)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 {
		return errors.New("bukan alamat seperti 127.0.0.1:8080")
	}
	return nil
}

// IsFile tells whether a value names a file that can be read.
func IsFile(value string) error {
	info, err := os.Stat(value)
	switch {
	case err != nil:
		return fmt.Errorf("tidak dapat dibaca: %w", err)
	case info.IsDir():
		return errors.New("adalah direktori, bukan berkas")
	}
	return nil
}

// IsOneOf makes a check for one of some words.
func IsOneOf(words ...string) func(string) error {
	return func(value string) error {
		if slices.Contains(words, value) {
			return nil
		}
		return fmt.Errorf("bukan salah satu dari %s", strings.Join(words, ", "))
	}
}

// IsRate tells whether a value is a number of messages a second, 0 for no limit.
func IsRate(value string) error {
	if n, err := strconv.ParseFloat(value, 64); err != nil || n < 0 || n > 10_000 {
		return errors.New("bukan jumlah pesan per detik, misalnya 25 (0: tanpa batas)")
	}
	return nil
}

// IsSeconds makes a check for a number of seconds within bounds.
func IsSeconds(least, most float64) func(string) error {
	return func(value string) error {
		if n, err := strconv.ParseFloat(value, 64); err != nil || !(n >= least && n <= most) {
			return fmt.Errorf("bukan jumlah detik dari %v sampai %v, misalnya 2.5", least, most)
		}
		return nil
	}
}

// IsCount makes a check for a whole number within bounds.
func IsCount(least, most int) func(string) error {
	return func(value string) error {
		if n, err := strconv.Atoi(value); err != nil || n < least || n > most {
			return fmt.Errorf("bukan bilangan bulat dari %d sampai %d", least, most)
		}
		return nil
	}
}

// IsDays makes a check for a whole number of days within bounds.
func IsDays(least, most int) func(string) error {
	return func(value string) error {
		if n, err := strconv.Atoi(value); err != nil || n < least || n > most {
			return fmt.Errorf("bukan jumlah hari dari %d sampai %d", least, most)
		}
		return nil
	}
}
