package sop

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the default procedure
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
)

//go:embed lks-asing.yaml
var lksAsing []byte

// Limits of an SOP file: its size in bytes and its steps. They are far beyond
// any real procedure and keep the checks quick.
const (
	MaxSize  = 1 << 20
	MaxSteps = 200
)

// Default gives the embedded procedure, SOP/III.2 - 11/DPMPTSPK/2020, with its
// source. It fails as [Parse] does.
func Default() (*workflow.SOP, []byte, error) {
	src := bytes.Clone(lksAsing)
	def, err := Parse(src)
	return def, src, err
}

// Parse reads an SOP file. Its error is [Faults]: every fault of the file with
// its line. The version of the result is the declared one and the start of the
// SHA-256 of src ("1-3fa9c2d1"), so that an edited file is another version even
// if its editor forgot to say so.
func Parse(src []byte) (*workflow.SOP, error) { return (&reader{}).parse(src) }

// Check is Parse of a file that is to be used from now on: each document and each line of a check
// table must name its legal basis, because the reasons of a refusal are made of them.
func Check(src []byte) (*workflow.SOP, error) { return (&reader{strict: true}).parse(src) }

func (r *reader) parse(src []byte) (*workflow.SOP, error) {
	root := r.root(src)
	if root == nil {
		return nil, r.faults
	}
	s := r.source(root)
	s.check()
	if len(r.faults) > 0 {
		return nil, r.faults.sorted()
	}
	return s.sop(src), nil
}

// root decodes the one YAML document of the file.
func (r *reader) root(src []byte) *yaml.Node {
	if len(src) > MaxSize {
		r.fault(1, "berkas terlalu besar; paling besar 1 MB")
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(src))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		r.fault(1, "berkas kosong")
		return nil
	} else if err != nil {
		r.syntax(err)
		return nil
	}
	if err := dec.Decode(&more); err == nil {
		r.fault(max(more.Line, 1), "hanya boleh ada satu SOP dalam satu berkas")
		return nil
	} else if !errors.Is(err, io.EOF) {
		r.syntax(err)
		return nil
	}
	if len(doc.Content) == 0 {
		r.fault(1, "berkas kosong")
		return nil
	}
	return doc.Content[0]
}

// syntax reports what the YAML reader could not read. It says so in English and
// knows the line only as part of its sentence; what its parser (not its scanner)
// found missing it counts from 0.
func (r *reader) syntax(err error) {
	line := 1
	if m := regexp.MustCompile(`line (\d+):`).FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	if regexp.MustCompile(`expected (key|node content|',' or|'-' indicator|<document start>)`).MatchString(err.Error()) {
		line++
	}
	r.fault(max(line, 1), "tulisan YAML tidak dapat dibaca; periksa inden, tanda kutip dan titik dua di sekitar baris ini")
}

func version(declared string, src []byte) string {
	sum := sha256.Sum256(src)
	return declared + "-" + hex.EncodeToString(sum[:4])
}
