package demo

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"izinbot/bot/simulator"
	"izinbot/handlers/web"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// pace is the time that a person of a story takes for a message.
const pace = 5 * time.Second

// player plays stories through the chat.
type player struct {
	d       *Demo
	out     io.Writer
	samples map[string]web.Sample // by name without its extension
	seen    int64                 // network messages shown so far
	heard   map[string][]string   // what each phone was told since its person last spoke
	speaker string
	known   map[workflow.CaseID]bool // cases that were there before the story, and its own
	cases   []workflow.CaseID        // those that the story submitted, in order
	moved   map[string]string        // phones whose people speak from another one now
	codes   map[string]usedCode      // the one-time code that was last used on a phone
}

type usedCode struct {
	value string
	at    time.Time
}

func newPlayer(d *Demo, samples []web.Sample, out io.Writer) *player {
	p := &player{d: d, out: out, samples: map[string]web.Sample{}, heard: map[string][]string{}, codes: map[string]usedCode{}}
	for _, s := range samples {
		p.samples[s.Name[:strings.LastIndex(s.Name, ".")]] = s
	}
	p.seen = d.Network.State(1).Cursor
	return p
}

// play plays one story. It fails at the first line that does not come true.
func (p *player) play(ctx context.Context, s story) error {
	if err := p.begin(ctx); err != nil {
		return err
	}
	for _, l := range s.lines {
		if err := p.line(ctx, l); err != nil {
			return fmt.Errorf("%s: %w", l.at, err)
		}
	}
	return nil
}

// maxKnown bounds how many earlier cases a story can be played beside.
const maxKnown = 10_000

// begin forgets what the story before was about.
func (p *player) begin(ctx context.Context) error {
	ids, err := p.d.Program.Store.CaseIDs(ctx, "", maxKnown)
	if err != nil {
		return fmt.Errorf("list cases: %w", err)
	}
	p.moved = map[string]string{}
	p.cases, p.known = nil, map[workflow.CaseID]bool{}
	for _, id := range ids {
		p.known[id] = true
	}
	return nil
}

// theCase is the n-th case of the story (from 1), or "" before it is submitted.
func (p *player) theCase(n int) workflow.CaseID {
	if n < 1 || n > len(p.cases) {
		return ""
	}
	return p.cases[n-1]
}

func (p *player) line(ctx context.Context, l line) error {
	switch l.verb {
	case '=':
		return p.printf("\n== %s ==\n", l.text)
	case '@':
		return p.moveTime(ctx, l.text)
	case '^':
		from, to, _ := strings.Cut(l.text, " ")
		p.moved[from] = to
		return nil
	case '[':
		p.speaker = cmp.Or(p.moved[l.text], l.text)
		if _, ok := p.d.find(p.speaker); !ok {
			return fmt.Errorf("nobody has the phone %q", l.text)
		}
		return nil
	case '>':
		return p.say(ctx, l.text)
	case '~':
		return p.sayInVain(ctx, l.text, p.everything)
	case '-':
		return p.sayInVain(ctx, l.text, p.allCases)
	case '<':
		return p.expect(l.text, true)
	}
	return p.expect(l.text, false)
}

func (p *player) moveTime(ctx context.Context, text string) error {
	at, err := when(text, p.d.clock.Now(), p.d.Program.Calendar.Current())
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

// listen waits until everything is answered, and shows what was said: on the
// speaker's phone first, then on the others in their order, so that a transcript
// does not depend on which of several chats was quicker.
func (p *player) listen(ctx context.Context) error {
	if err := p.d.idle(ctx); err != nil {
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

// learnCase notes the number of a case that was just submitted.
func (p *player) learnCase(ctx context.Context) error {
	if !strings.HasPrefix(p.speaker, "pemohon") {
		return nil
	}
	person, err := p.d.Program.Store.PersonAt(ctx, p.d.address(p.speaker))
	if err != nil {
		return nil //nolint:nilerr // nobody has spoken from this phone yet
	}
	rows, err := p.d.Program.Store.ByApplicant(ctx, person.ID, 1)
	if err != nil {
		return err
	}
	if len(rows) > 0 && !p.known[rows[0].ID] {
		p.known[rows[0].ID] = true
		p.cases = append(p.cases, rows[0].ID)
	}
	return nil
}

func (p *player) show(e simulator.Event) error {
	m := e.Message
	who, _ := p.d.find(e.Phone)
	text := m.Text + attached(m.Files)
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

func attached(files []simulator.File) string {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, " [%s]", f.Name)
	}
	return b.String()
}

// expect checks what the speaker was told since he last spoke.
func (p *player) expect(text string, wanted bool) error {
	text = strings.ReplaceAll(text, "{kasus}", string(p.theCase(1)))
	text = strings.ReplaceAll(text, "{kasus 2}", string(p.theCase(2)))
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
