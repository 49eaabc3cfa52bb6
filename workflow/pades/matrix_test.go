package pades_test

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"izinbot/workflow/pades"
)

// matrixFile is the table that the matrix makes; PADES_MATRIX=1 writes it anew.
const matrixFile = "../../docs/pembaca-tanda-tangan.md"

// reader is a program that tells of signatures, and how to ask it.
type reader struct {
	name    string
	needs   string // the command; empty: none
	version func(t *testing.T) string
	// says gives one word or few of the signatory's signature.
	says func(t *testing.T, o *office, path string, pdf []byte) string
}

const (
	whole     = "valid, whole"
	partly    = "valid, not whole"
	invalid   = "invalid"
	nothing   = "not read"
	uncertain = "not judged"
)

func readers() []reader {
	first := func(args ...string) func(*testing.T) string {
		return func(t *testing.T) string {
			t.Helper()
			out, _ := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput() // some end with 1 at the question
			return string(regexp.MustCompile(`\d+\.\d[\w.]*`).Find(out))
		}
	}
	return []reader{
		{name: "izinbot", version: func(*testing.T) string { return "" }, says: ownSays},
		{name: "pdfsig", needs: "pdfsig", version: first("pdfsig", "-v"), says: pdfsigSays},
		{name: "pdfcpu", version: func(*testing.T) string { return model.VersionStr }, says: pdfcpuSays},
		{name: "openssl cms", needs: "openssl", version: first("openssl", "version"), says: opensslSays},
		{name: "mutool", needs: "mutool", version: first("mutool", "-v"), says: mutoolSays},
	}
}

func ownSays(t *testing.T, o *office, _ string, pdf []byte) string {
	t.Helper()
	report, err := pades.Verify(pdf, o.trust(signedAt().AddDate(0, 1, 0)))
	if err != nil || len(report) == 0 {
		return nothing
	}
	if report.Verdict() != pades.Genuine {
		return string(report.Verdict()) + ": " + string(report[0].Problem)
	}
	if report[0].Whole {
		return whole
	}
	return partly
}

func pdfsigSays(t *testing.T, _ *office, path string, _ []byte) string {
	t.Helper()
	out, _ := exec.CommandContext(t.Context(), "pdfsig", "-nocert", path).CombinedOutput() // ends with 1 where there is no signature
	first, _, _ := strings.Cut(string(out), "Signature #2")
	switch {
	case strings.Contains(first, "Signature is Valid.") && strings.Contains(first, "- Total document signed"):
		return whole
	case strings.Contains(first, "Signature is Valid."):
		return partly
	case strings.Contains(first, "Signature #1"):
		return invalid
	}
	return nothing
}

func mutoolSays(t *testing.T, _ *office, path string, _ []byte) string {
	t.Helper()
	out, _ := exec.CommandContext(t.Context(), "mutool", "sign", "-v", path).CombinedOutput()
	first := string(out)
	if all := strings.Split(first, "Verifying signature "); len(all) > 1 {
		first = all[1]
	}
	switch {
	case strings.Contains(first, "The document is unchanged since signing."):
		return whole
	case strings.Contains(first, "The signature is valid but there have been edits since signing."):
		return partly
	case strings.Contains(first, "Distinguished name") || strings.Contains(first, "ignature"):
		return invalid
	}
	return nothing
}

// pdfcpuSays asks without a network and without trusted certificates. pdfcpu does not judge
// certifications that allow later signatures, but still compares the digest.
func pdfcpuSays(t *testing.T, _ *office, _ string, pdf []byte) string {
	t.Helper()
	conf := model.NewDefaultConfiguration()
	conf.Offline = true
	results, err := api.ValidateSignaturesRaw(bytes.NewReader(pdf), true, conf)
	if err != nil || len(results) == 0 {
		return nothing
	}
	of := results[len(results)-1] // the newest is first
	unjudged := []model.SignatureReason{
		model.SignatureReasonUnsupported, model.SignatureReasonCertNotTrusted, model.SignatureReasonCertRevocationUnknown, model.SignatureReasonUnknown,
	}
	if slices.Contains(unjudged, of.Reason) {
		return uncertain
	}
	return invalid
}

// opensslSays takes the signature out as its range says and gives openssl the rest.
func opensslSays(t *testing.T, o *office, path string, pdf []byte) string {
	t.Helper()
	n := rangeOf(pdf)
	if n[1] >= n[2] || n[2]+n[3] > len(pdf) {
		return nothing
	}
	var der []byte
	if _, err := fmt.Sscanf(string(bytes.Trim(pdf[n[1]:n[2]], "<>")), "%x", &der); err != nil {
		return nothing
	}
	dir := filepath.Dir(path)
	for name, content := range map[string][]byte{
		"sig.der": der, "content": append(bytes.Clone(pdf[:n[1]]), pdf[n[2]:n[2]+n[3]]...), "issuer.pem": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: o.issuer.Certificate.Raw}),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	err := exec.CommandContext(t.Context(), "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", at("sig.der"), "-content", at("content"),
		"-CAfile", at("issuer.pem"), "-purpose", "any", "-attime", fmt.Sprint(signedAt().Unix()), "-out", os.DevNull).Run()
	switch {
	case err != nil:
		return invalid
	case n[2]+n[3] == len(pdf):
		return whole
	}
	return partly
}

// installed tells whether a reader can be asked. In CI it must be.
func installed(t *testing.T, r reader) bool {
	t.Helper()
	if r.needs == "" {
		return true
	}
	_, err := exec.LookPath(r.needs)
	if err != nil && os.Getenv("CI") == "true" {
		t.Errorf("%s is not installed", r.needs)
	}
	if err != nil {
		t.Logf("left out: %s is not installed", r.needs)
	}
	return err == nil
}

// levelsInOrder gives the levels as they are reached.
func levelsInOrder() []pades.Level { return []pades.Level{pades.B, pades.T, pades.LT, pades.LTA} }

// TestReaders asks every reader of a letter at each level and of each mutation of it. Its table is
// kept in the documentation, to see at a glance what a bank or a court would see.
func TestReaders(t *testing.T) {
	model.ConfigPath, model.TrustedCertDir = "disable", t.TempDir()
	o := newOffice(t)
	originals := o.levels(t)
	all := append([]mutation{{name: "none", verdict: pades.Genuine, of: func(_ *testing.T, _ *office, pdf []byte) []byte { return pdf }}}, mutations()...)
	var table strings.Builder
	table.WriteString(matrixHead)
	complete := true
	for _, r := range readers() {
		if !installed(t, r) {
			complete = false
			continue
		}
		fmt.Fprintf(&table, "\n## %s\n\n| Mutation | B-B | B-T | B-LT | B-LTA |\n|---|---|---|---|---|\n", strings.TrimSpace(r.name+" "+r.version(t)))
		for _, m := range all {
			fmt.Fprintf(&table, "| %s |", m.name)
			for _, level := range levelsInOrder() {
				pdf := m.of(t, o, originals[level])
				path := filepath.Join(t.TempDir(), "surat.pdf")
				if err := os.WriteFile(path, pdf, 0o600); err != nil {
					t.Fatal(err)
				}
				said := r.says(t, o, path, pdf)
				fmt.Fprintf(&table, " %s |", said)
				expect(t, r, m, level, said)
			}
			table.WriteByte('\n')
		}
	}
	compareMatrix(t, table.String(), complete)
}

// expect holds a reader to what the letter needs of it.
func expect(t *testing.T, r reader, m mutation, level pades.Level, said string) {
	t.Helper()
	good := said == whole || said == partly || r.name == "pdfcpu" && said == uncertain
	var wrong bool
	switch {
	case m.name == "none":
		wrong = !good || level == pades.B && r.name != "pdfcpu" && said != whole
	case r.name == "izinbot":
		wrong = good
	case strings.HasPrefix(m.name, "one "), strings.Contains(m.name, "another letter"), strings.HasPrefix(m.name, "signing time"):
		wrong = good && r.name != "pdfcpu" || said == whole
	default:
		wrong = said == whole && !strings.HasPrefix(m.name, "signed ") && !strings.HasPrefix(m.name, "hole")
	}
	if wrong {
		t.Errorf("%s says %q of a letter at %s with %s", r.name, said, level, m.name)
	}
}

const matrixHead = `# What readers say of signed letters

Made by ` + "`workflow/pades.TestReaders`" + ` (` + "`PADES_MATRIX=1 go test -run TestReaders ./workflow/pades`" + ` writes it anew). Each cell is
what a reader says of the signatory's signature: of a letter as it was signed (*none*) and after each mutation, at each level
of EN 319 142-1. *Not whole*: valid, and something follows what it signs; from B-T on these are timestamps and evidence.
pdfcpu judges no certification that allows later signatures: *not judged* is the best that it says. Without the office's
issuer at hand, pdfsig, pdfcpu and mutool cannot tell a forger's certificate from the office's; openssl and izinbot were given it.
`

// compareMatrix compares the table with the one in the documentation, where the same readers are installed.
func compareMatrix(t *testing.T, table string, complete bool) {
	t.Helper()
	if os.Getenv("PADES_MATRIX") != "" {
		if err := os.WriteFile(matrixFile, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(matrixFile)
	if err != nil {
		t.Fatal(err)
	}
	heads := regexp.MustCompile(`(?m)^## .*$`)
	if !complete || fmt.Sprint(heads.FindAllString(table, -1)) != fmt.Sprint(heads.FindAllString(string(kept), -1)) {
		t.Logf("not compared with %s: the readers here are others", matrixFile)
		return
	}
	if string(kept) != table {
		t.Errorf("%s is stale; run: PADES_MATRIX=1 go test -run TestReaders ./workflow/pades", matrixFile)
	}
}
