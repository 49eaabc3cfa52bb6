package letters

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// everyRegister is the key of a format that holds for all registers.
const everyRegister = ""

// NumberFormats are the formats of letters' numbers by register. A file may give one format
// instead of a mapping: it holds for every register.
type NumberFormats map[string]string

// UnmarshalYAML implements [yaml.Unmarshaler].
func (f *NumberFormats) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*f = NumberFormats{everyRegister: node.Value}
		return nil
	}
	return node.Decode((*map[string]string)(f))
}

// of gives the format of a register: its own, that for all, or that of the embedded office. That
// for all is of the office's own letters.
func (f NumberFormats) of(register string) string {
	if format, ok := f[register]; ok {
		return format
	}
	if format, ok := f[everyRegister]; ok && register != workflow.RegisterIncoming {
		return format
	}
	return sampleFormats()[register]
}

func (f NumberFormats) normalize() {
	for register, format := range f {
		f[register] = normalize.Line(format)
	}
}

// registers are those that number letters.
func registers() []string {
	return append(officeRegisters(), workflow.RegisterReports, workflow.RegisterAdvice, workflow.RegisterCharges, workflow.RegisterIncoming)
}

// officeRegisters are those whose formats an office file with several must give. The others may be
// left to the embedded formats.
func officeRegisters() []string { return []string{workflow.RegisterOutgoing, workflow.RegisterPermits} }

// The parts of a format.
const (
	partClass = "{klasifikasi}"
	partSeq   = "{urut}"
	partCode  = "{opd}"
	partMonth = "{bulan_romawi}"
	partYear  = "{tahun}"
)

// FormatNumber writes the number of a letter by its register's format. The parts are
// {klasifikasi} (class), {urut} (seq, three digits at least), {opd}, {bulan_romawi} and {tahun}
// (of at, in the office's zone).
func (o Office) FormatNumber(register, class string, seq int, at time.Time) string {
	at = at.In(workflow.WIB())
	return strings.NewReplacer(
		partClass, class,
		partSeq, fmt.Sprintf("%03d", seq),
		partCode, o.Code,
		partMonth, romanMonth(at.Month()),
		partYear, strconv.Itoa(at.Year()),
	).Replace(o.NumberFormats.of(register))
}

// faults tells what is wrong with the formats, each with the key that it is about.
func (f NumberFormats) faults(report func(key, what string)) {
	const key = "format_nomor"
	if format, one := f[everyRegister]; one {
		reportFormat(format, func(what string) { report(key, what) })
		return
	}
	for register, format := range f {
		if !slices.Contains(registers(), register) {
			report(key+"."+register, "tidak dikenal; buku yang ada: "+strings.Join(registers(), ", "))
			continue
		}
		reportFormat(format, func(what string) { report(key+"."+register, what) })
		if register == workflow.RegisterIncoming && strings.Contains(format, partClass) {
			report(key+"."+register, "tidak dapat memuat "+partClass+": surat masuk tidak diklasifikasi")
		}
	}
	for _, register := range officeRegisters() {
		if _, ok := f[register]; !ok {
			report(key, fmt.Sprintf("belum memuat %s; tulis misalnya\n  %s: %q", register, register, sampleFormats()[register]))
		}
	}
}

// sampleFormats are those of the embedded office.
func sampleFormats() NumberFormats {
	var o struct {
		Formats NumberFormats `yaml:"format_nomor"`
	}
	if yaml.Unmarshal(sampleOffice, &o) != nil {
		return nil
	}
	return o.Formats
}

func reportFormat(format string, report func(what string)) {
	switch {
	case format == "":
		report("belum diisi")
		return
	case !strings.Contains(format, partSeq) || !strings.Contains(format, partYear):
		report("harus memuat {urut} dan {tahun}, supaya dua surat tidak bernomor sama")
	}
	if err := checkParts(format); err != nil {
		report(err.Error())
	}
}

// braced finds what looks like a part of a format.
func braced() *regexp.Regexp { return regexp.MustCompile(`\{[^{}]*\}`) }

// checkParts sees to it that all parts are known, and that those which change from letter to
// letter are whole words: only so a number can be taken apart again.
func checkParts(format string) error {
	var faults []error
	for _, at := range braced().FindAllStringIndex(format, -1) {
		name := format[at[0]:at[1]]
		switch name {
		case partClass, partCode:
		case partSeq, partMonth, partYear:
			before, after := format[:at[0]], format[at[1]:]
			if endsInPart(before) || startsWithPart(after) || wordAtEnd(before) || wordAtStart(after) {
				faults = append(faults, fmt.Errorf("%s harus diapit tanda baca, misalnya /%s/", name, name))
			}
		default:
			faults = append(faults, fmt.Errorf("memuat %s yang tidak dikenal; bagian yang ada: %s %s %s %s %s",
				name, partClass, partSeq, partCode, partMonth, partYear))
		}
	}
	return errors.Join(faults...)
}

func endsInPart(s string) bool {
	at := braced().FindAllStringIndex(s, -1)
	return len(at) > 0 && at[len(at)-1][1] == len(s)
}

func startsWithPart(s string) bool {
	at := braced().FindStringIndex(s)
	return at != nil && at[0] == 0
}

func wordAtEnd(s string) bool {
	runes := []rune(s)
	return len(runes) > 0 && isWord(runes[len(runes)-1])
}

func wordAtStart(s string) bool {
	for _, r := range s {
		return isWord(r)
	}
	return false
}

// isWord tells whether a sign belongs to the words between the separators of a number.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
