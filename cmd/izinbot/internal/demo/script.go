package demo

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// A story is a transcript that can be played: what people say, and what the bot
// must say to them.
//
//	# a remark
//	= heading shown when it is played
//	& isi                    the lines of another story are played here
//	@ 2026-11-23 08.00       the time is then
//	@ Jumat 09.10            the time is then on the next such day of the week
//	@ besok 09.10            the time is then on the next working day
//	@ +2 jam                 so much working time later (also menit, hari)
//	^ pemohon1 pemohon1b     who spoke from the first phone speaks from the second from here on
//	[fo]                     who speaks from here on: a phone
//	> tugas                  he says this
//	> {berkas A1}            he sends a made-up file: a document, foto 1 … 5, or one that is wrong
//	> {lokasi 2.74,98.31}    he shares a place
//	> {tanggal besok}        the date of the next working day, or of a day of the week
//	> {sambung}              stands for the linking code that was shown last on any phone
//	> {kode} {kasus}         stand for his one-time code and the number of the first case of this transcript
//	> {kode lama} {kasus 2}  for the code that he used last, and the number of the second case
//	> {kode salah}           a code that is wrong
//	> {tombol Kirim}         he presses the newest choice with this label, however old it is
//	~ 31/02/2027             he says this, and it changes nothing: no case, nothing of what his chat remembers
//	- {kode}                 he says this, and it changes no case
//	< Resi {kasus}           since he last spoke, the bot told him a text with this in it
//	! Nama lembaga           and none with this
type story struct {
	name  string
	lines []line
}

type line struct {
	at   string // story and line, for faults
	verb byte   // one of = @ ^ [ > ~ - < !
	text string
}

//go:embed stories/*.txt
var stories embed.FS

// loadStory reads an embedded story with those that it plays within.
func loadStory(name string) (story, error) {
	source, err := stories.ReadFile("stories/" + name + ".txt")
	if err != nil {
		return story{}, fmt.Errorf("there is no story %q", name)
	}
	return parseStory(name, string(source), loadStory)
}

// parseStory reads a story; a fault names its line.
func parseStory(name, source string, include func(string) (story, error)) (story, error) {
	s := story{name: name}
	scanner := bufio.NewScanner(strings.NewReader(source))
	for no := 1; scanner.Scan(); no++ {
		text := strings.TrimSpace(scanner.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		l := line{at: fmt.Sprintf("%s:%d", name, no), verb: text[0], text: strings.TrimSpace(text[1:])}
		if l.verb == '&' {
			inner, err := include(l.text)
			if err != nil {
				return s, fmt.Errorf("%s: %w", l.at, err)
			}
			s.lines = append(s.lines, inner.lines...)
			continue
		}
		if err := l.check(); err != nil {
			return s, fmt.Errorf("%s: %w", l.at, err)
		}
		s.lines = append(s.lines, l)
	}
	return s, scanner.Err()
}

func (l *line) check() error {
	if !strings.ContainsRune("=@^[>~-<!", rune(l.verb)) {
		return errors.New("a line starts with one of = & @ ^ [ > ~ - < ! #")
	}
	if l.verb == '[' {
		l.text = strings.TrimSuffix(l.text, "]")
	}
	return nil
}

// when reads the time of an @ line, as an instant or as working time from now on.
func when(text string, now time.Time, cal *calendar.Calendar) (time.Time, error) {
	if amount, ok := strings.CutPrefix(text, "+"); ok {
		budget, err := workflow.ParseBudget(amount)
		if err != nil {
			return now, fmt.Errorf("%q is no working time", text)
		}
		return cal.Due(now, budget, nil), nil
	}
	if at, ok := nextDay(text, now, cal); ok {
		return at, nil
	}
	at, err := time.ParseInLocation("2006-01-02 15.04", text, workflow.WIB())
	if err != nil {
		return now, fmt.Errorf("%q is no time such as 2026-11-23 08.00", text)
	}
	return at, nil
}

// nextDay reads "Jumat 09.10" or "besok 09.10".
func nextDay(text string, now time.Time, cal *calendar.Calendar) (time.Time, bool) {
	day, clock, _ := strings.Cut(text, " ")
	i := slices.Index([]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}, day)
	at, err := time.Parse("15.04", clock)
	if i < 0 && day != "besok" || err != nil {
		return now, false
	}
	today := now.In(workflow.WIB())
	for ahead := range 60 {
		d := today.AddDate(0, 0, ahead)
		to := time.Date(d.Year(), d.Month(), d.Day(), at.Hour(), at.Minute(), 0, 0, workflow.WIB())
		if i >= 0 && int(d.Weekday()) == i && to.After(now) || i < 0 && ahead > 0 && cal.IsWorkingDay(d) {
			return to, true
		}
	}
	return now, false
}
