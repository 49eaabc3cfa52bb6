package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/cmd/izinbot/internal/config"
)

func keys() []config.Key {
	return []config.Key{
		{Name: "PLAIN", Default: "d", Help: "a setting"},
		{Name: "URL", Check: config.IsURL, Help: "an address"},
		{Name: "TOKEN", Secret: true, Help: "a secret", Check: func(v string) error {
			if len(v) < 5 {
				return errors.New("is too short")
			}
			return nil
		}},
	}
}

func source(env map[string]string) config.Source {
	return config.Source{
		Env: func(name string) string { return env[name] },
		ReadFile: func(path string) ([]byte, error) {
			if path != "secret.txt" {
				return nil, fs.ErrNotExist
			}
			return []byte("rahasia-CONTOH\n"), nil
		},
	}
}

func TestWhereValuesComeFrom(t *testing.T) {
	src := source(map[string]string{"PLAIN": "from env", "TOKEN_FILE": "secret.txt", "URL": " http://izin.contoh.example "})
	src.Flags = map[string]string{"PLAIN": "from flag", "URL": ""}
	s, err := config.Load(keys(), src)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"PLAIN": "from flag", "TOKEN": "rahasia-CONTOH", "URL": "http://izin.contoh.example"} {
		if got := s.Get(key); got != want {
			t.Errorf("%s = %q, want %q", key, got, want)
		}
	}
	if s, err := config.Load(keys(), source(nil)); err != nil || s.Get("PLAIN") != "d" || s.Get("TOKEN") != "" {
		t.Errorf("defaults: %q, %q, %v", s.Get("PLAIN"), s.Get("TOKEN"), err)
	}
}

func TestEveryProblemIsTold(t *testing.T) {
	_, err := config.Load(keys(), source(map[string]string{"URL": "izin.example", "TOKEN": "abc"}))
	if err == nil || !strings.Contains(err.Error(), "URL: bukan alamat") || !strings.Contains(err.Error(), "TOKEN: is too short") {
		t.Errorf("told: %v", err)
	}
	for _, env := range []map[string]string{
		{"TOKEN": "abcdef", "TOKEN_FILE": "secret.txt"}, {"TOKEN_FILE": "missing.txt"},
	} {
		if _, err := config.Load(keys(), source(env)); err == nil || strings.Contains(err.Error(), "abcdef") {
			t.Errorf("%v: %v", env, err)
		}
	}
}

func TestPrintHidesSecrets(t *testing.T) {
	s, err := config.Load(keys(), source(map[string]string{"TOKEN_FILE": "secret.txt"}))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := s.Print(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "rahasia") || !strings.Contains(out.String(), "(tersembunyi)") || !strings.Contains(out.String(), "a setting\n") {
		t.Errorf("printed:\n%s", out.String())
	}
}

func TestChecks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		check     func(string) error
		good, bad []string
	}{
		"URL":    {config.IsURL, []string{"https://a.example", "http://127.0.0.1:8081/x"}, []string{"a.example", "ftp://a", "https://u:p@a", "https://a?q", "https://"}},
		"listen": {config.IsListen, []string{"127.0.0.1:0", ":8080", "[::1]:80"}, []string{"8080", "a:b", "a:70000", "a"}},
		"file":   {config.IsFile, []string{file}, []string{file + "x", t.TempDir()}},
		"words":  {config.IsOneOf("a", "b"), []string{"a", "b"}, []string{"c", ""}},
		"days":   {config.IsDays(35, 90), []string{"35", "90"}, []string{"34", "91", "x", "3.5", ""}},
		"rate":   {config.IsRate, []string{"0", "25", "2.5"}, []string{"-1", "x", "1e9"}},
	} {
		for _, v := range c.good {
			if err := c.check(v); err != nil {
				t.Errorf("%s %q: %v", name, v, err)
			}
		}
		for _, v := range c.bad {
			if c.check(v) == nil {
				t.Errorf("%s takes %q", name, v)
			}
		}
	}
}
