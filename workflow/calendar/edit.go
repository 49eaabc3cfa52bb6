package calendar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"izinbot/workflow"
)

// DefaultFile gives a copy of the calendar file that comes with the program, for an
// office to change.
func DefaultFile() []byte { return bytes.Clone(defaultFile) }

// AddDay adds a day off to a calendar file and leaves the rest, remarks included,
// as it stands. It fails with a [*ParseError] if the result is no sound calendar,
// for example because the date is in it already.
func AddDay(src []byte, kind Kind, date time.Time, name string) ([]byte, error) {
	quoted, err := json.Marshal(strings.TrimSpace(name)) // JSON texts are YAML texts
	if err != nil {
		return nil, fmt.Errorf("write name: %w", err)
	}
	day := fmt.Sprintf("  %s: %s\n", date.In(workflow.WIB()).Format(time.DateOnly), quoted)
	out := insertBelow(src, string(kind)+":", day)
	if _, err := Parse(out); err != nil {
		return nil, err
	}
	return out, nil
}

// insertBelow puts a line below the one that begins the section, or both at the end.
func insertBelow(src []byte, section, line string) []byte {
	var out bytes.Buffer
	done := false
	for old := range bytes.Lines(src) {
		out.Write(old)
		key, rest, _ := strings.Cut(string(old), ":")
		rest = strings.TrimSpace(rest)
		if !done && key+":" == section && (rest == "" || rest[0] == '#') {
			if !bytes.HasSuffix(old, []byte("\n")) {
				out.WriteByte('\n')
			}
			out.WriteString(line)
			done = true
		}
	}
	if !done {
		if out.Len() > 0 && !bytes.HasSuffix(out.Bytes(), []byte("\n")) {
			out.WriteByte('\n')
		}
		out.WriteString(section + "\n" + line)
	}
	return out.Bytes()
}

// Changes lists the days off that one calendar has and the other has not, by date, as
// "libur baru 28 Desember 2026 Nama (daerah)" and "tidak libur lagi …". It is empty
// if they differ in hours alone, or not at all.
func Changes(was, is *Calendar) []string {
	first, last := min(was.first, is.first), max(was.first+len(was.days), is.first+len(is.days))
	var out []string
	for day := first; day < last; day++ {
		a, hadA := was.holidays[day]
		b, hasB := is.holidays[day]
		if hadA == hasB && a.Name == b.Name && a.Kind == b.Kind {
			continue
		}
		if hadA {
			out = append(out, "tidak libur lagi "+longDay(day)+" "+a.String())
		}
		if hasB {
			out = append(out, "libur baru "+longDay(day)+" "+b.String())
		}
	}
	return out
}
