package cli

import (
	"bytes"
	"strings"
	"testing"

	"izinbot/cmd/izinbot/internal/testclock"
)

// result is the output and exit code of a command line.
type result struct {
	t         *testing.T
	args      []string
	code      int
	out, errs string
}

// izinbot runs a command line inside this process.
func izinbot(t *testing.T, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := Run(args, &out, &errs, testclock.Now)
	return result{t, args, code, out.String(), errs.String()}
}

// ends wants an exit code.
func (r result) ends(code int) result {
	r.t.Helper()
	if r.code != code {
		r.t.Errorf("izinbot %q ended with %d, want %d\n%s%s", r.args, r.code, code, r.out, r.errs)
	}
	return r
}

// prints wants each of the texts in the output.
func (r result) prints(want ...string) result {
	r.t.Helper()
	for _, w := range want {
		if !strings.Contains(r.out, w) {
			r.t.Errorf("izinbot %q did not print %q but\n%s%s", r.args, w, r.out, r.errs)
		}
	}
	return r
}

// complains wants each of the texts among the errors, and nothing in the output.
func (r result) complains(want ...string) {
	r.t.Helper()
	for _, w := range want {
		if !strings.Contains(r.errs, w) {
			r.t.Errorf("izinbot %q did not complain of %q but\n%s", r.args, w, r.errs)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args string
		want string
	}{
		{"", "belum ada perintahnya; pilih salah satu: "},
		{"demo --foo", "pilihan yang tidak dikenal: --foo"},
		{"demo --rest", "mungkin maksudnya \"--reset\""},
		{"calendar due", "belum disebutkan: --for=BUDGET, --start=RFC3339"},
		{"store export", "belum disebutkan: \"<DIR>\""},
		{"calendar show 2027 y", "kata yang tidak dikenal: y"},
		{"calendar show abc", "<year>"},
		{"officer add --name A", "belum disebutkan: --role"},
		{"sop check nothing-here.yaml", "no such file"},
		{"sop draw --format pdf", "harus salah satu dari"},
	} {
		izinbot(t, strings.Fields(c.args)...).ends(2).complains("izinbot: ", c.want)
	}
	izinbot(t, "--help").ends(0).prints("demo", "sop check", "sop draw", "calendar due", "calendar show", "officer add", "audit verify")
	izinbot(t, "demo", "--help").ends(0).prints("--listen", "--data", "--reset", "--auto", "127.0.0.1:8080")
}

// contains tells whether a text has each of the others.
func contains(text string, want ...string) bool {
	for _, w := range want {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
