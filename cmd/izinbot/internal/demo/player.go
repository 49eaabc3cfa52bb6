package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/handlers/web"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// pace is how long a person of a story takes for a message.
const pace = 5 * time.Second

// player plays stories through the chat.
type player struct {
	d       *Demo
	out     io.Writer
	samples map[string]web.Sample
	seen    int64 // network messages shown so far
	heard   map[string][]string
	speaker string
	caseID  workflow.CaseID
	codes   map[string]time.Time // when a phone's code was last used
}

func newPlayer(d *Demo, out io.Writer) (*player, error) {
	list, err := samples()
	if err != nil {
		return nil, err
	}
	p := &player{d: d, out: out, samples: map[string]web.Sample{}, heard: map[string][]string{}, codes: map[string]time.Time{}}
	for _, s := range list {
		p.samples[s.Name[:strings.LastIndex(s.Name, ".")]] = s
	}
	p.seen = d.Network.State(1).Cursor
	return p, nil
}

// play plays one story. It fails at the first line that does not come true.
func (p *player) play(ctx context.Context, s story) error {
	p.caseID = ""
	for _, l := range s.lines {
		if err := p.line(ctx, l); err != nil {
			return fmt.Errorf("%s: %w", l.at, err)
		}
	}
	return nil
}

func (p *player) line(ctx context.Context, l line) error {
	switch l.verb {
	case '=':
		return p.printf("\n== %s ==\n", l.text)
	case '@':
		return p.moveTime(ctx, l.text)
	case '[':
		p.speaker = l.text
		return nil
	case '>':
		return p.say(ctx, l.text)
	case '<':
		return p.expect(l.text, true)
	}
	return p.expect(l.text, false)
}

func (p *player) moveTime(ctx context.Context, text string) error {
	at, err := when(text, p.d.clock.Now(), p.d.Program.Calendar)
	if err != nil {
		return err
	}
	if err := p.d.clock.moveTo(at); err != nil {
		return err
	}
	if err := p.d.Program.Look(ctx); err != nil {
		return err
	}
	return p.listen(ctx)
}

var placeholder = regexp.MustCompile(`\{([a-z]+)( [^}]*)?\}`)

func (p *player) say(ctx context.Context, text string) error {
	if err := p.d.clock.moveTo(p.d.clock.Now().Add(pace)); err != nil {
		return err
	}
	p.heard[p.speaker] = nil
	say := simulator.Say{}
	var err error
	say.Text = placeholder.ReplaceAllStringFunc(text, func(found string) string {
		parts := placeholder.FindStringSubmatch(found)
		value, fillErr := p.fill(ctx, &say, parts[1], strings.TrimSpace(parts[2]))
		err = errors.Join(err, fillErr)
		return value
	})
	if err != nil {
		return err
	}
	say.Text = strings.ReplaceAll(strings.TrimSpace(say.Text), `\n`, "\n")
	if _, err := p.d.Network.Say(ctx, p.speaker, say); err != nil {
		return err
	}
	return p.listen(ctx)
}

// fill gives what a placeholder stands for, or adds it to the message.
func (p *player) fill(ctx context.Context, say *simulator.Say, name, arg string) (string, error) {
	switch name {
	case "kasus":
		return string(p.caseID), nil
	case "kode":
		return p.code()
	case "tanggal":
		day, ok := nextDay(arg+" 23.59", p.d.clock.Now(), p.d.Program.Calendar)
		if !ok {
			return "", fmt.Errorf("%q is no day of the week", arg)
		}
		return day.Format("02/01/2006"), nil
	case "panjang":
		return strings.Repeat("kata ", 1000), nil
	case "lokasi":
		place, err := workflow.ParsePlace(arg)
		say.Location = &bot.Location{Lat: place.Lat, Lon: place.Lon}
		return "", err
	case "berkas", "foto":
		if name == "foto" {
			arg = "foto-" + arg
		}
		s, ok := p.samples[arg]
		if !ok {
			return "", fmt.Errorf("there is no sample %q", arg)
		}
		f, err := p.d.Network.Keep(ctx, simulator.Upload{Name: s.Name, Photo: s.Photo, Content: bytes.NewReader(s.Data)})
		say.Files = append(say.Files, f)
		return "", err
	}
	return "", fmt.Errorf("{%s} stands for nothing", name)
}

// code gives the speaker's one-time code, waiting for the next one if the last was
// used.
func (p *player) code() (string, error) {
	now := p.d.clock.Now()
	if last, used := p.codes[p.speaker]; used && now.Sub(last) < simulator.CodePeriod {
		now = last.Add(simulator.CodePeriod)
		if err := p.d.clock.moveTo(now); err != nil {
			return "", err
		}
	}
	p.codes[p.speaker] = now
	code, ok := p.d.Network.Code(p.speaker)
	if !ok {
		return "", fmt.Errorf("%s has no one-time codes", p.speaker)
	}
	return code.Value, nil
}

// listen waits until everything is answered, and shows what was said: on the
// speaker's phone first, then on the others in their order, so that a transcript
// does not depend on which of several chats was quicker.
func (p *player) listen(ctx context.Context) error {
	if err := p.d.Program.Idle(ctx); err != nil {
		return err
	}
	said := map[string][]simulator.Event{}
	for p.seen < p.d.Network.State(1).Cursor {
		events, err := p.d.Network.Events(ctx, p.seen)
		if err != nil {
			return err
		}
		for _, e := range events {
			p.seen = e.N
			if e.Message != nil {
				said[e.Phone] = append(said[e.Phone], e)
			}
		}
	}
	for _, phone := range append([]string{p.speaker}, p.d.Network.IDs()...) {
		for _, e := range said[phone] {
			if err := p.show(e); err != nil {
				return err
			}
		}
		delete(said, phone)
	}
	return p.learnCase(ctx)
}

// learnCase notes the number of the case that was submitted last.
func (p *player) learnCase(ctx context.Context) error {
	if p.caseID != "" || !strings.HasPrefix(p.speaker, "pemohon") {
		return nil
	}
	person, err := p.d.Program.Store.PersonAt(ctx, bot.MakeAddress(simulator.Name, p.speaker))
	if err != nil {
		return nil //nolint:nilerr // nobody has spoken from this phone yet
	}
	rows, err := p.d.Program.Store.ByApplicant(ctx, person.ID, 1)
	if err != nil {
		return err
	}
	if len(rows) > 0 && rows[0].End == "" {
		p.caseID = rows[0].ID
	}
	return nil
}

func (p *player) show(e simulator.Event) error {
	m := e.Message
	who, _ := find(e.Phone)
	text := m.Text
	for _, f := range m.Files {
		text += fmt.Sprintf(" [%s]", f.Name)
	}
	if m.Location != nil {
		text += fmt.Sprintf(" [lokasi %.4f, %.4f]", m.Location.Lat, m.Location.Lon)
	}
	arrow := ">"
	if !m.Mine {
		arrow = "<"
		var labels []string
		for i, c := range m.Choices {
			labels = append(labels, fmt.Sprintf("%d %s", i+1, c.Label))
		}
		if len(labels) > 0 {
			text += "\n" + strings.Join(labels, "   ")
		}
		p.heard[e.Phone] = append(p.heard[e.Phone], text)
	}
	at := calendar.ShortDateTime(m.At, workflow.Indonesian)
	return p.printf("%s  %-22s %s %s\n", at, who.name, arrow, strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+strings.Repeat(" ", 46)))
}

// expect checks what the speaker was told since he last spoke.
func (p *player) expect(text string, wanted bool) error {
	text = strings.ReplaceAll(text, "{kasus}", string(p.caseID))
	said := strings.Join(p.heard[p.speaker], "\n")
	if strings.Contains(said, text) != wanted {
		if wanted {
			return fmt.Errorf("%s was not told %q, but:\n%s", p.speaker, text, said)
		}
		return fmt.Errorf("%s was told %q:\n%s", p.speaker, text, said)
	}
	return nil
}

func (p *player) printf(format string, args ...any) error {
	_, err := fmt.Fprintf(p.out, format, args...)
	return err
}
