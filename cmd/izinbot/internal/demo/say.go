package demo

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/workflow"
)

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
		n, err := strconv.Atoi(cmp.Or(arg, "1"))
		return string(p.theCase(n)), err
	case "kode":
		return p.code(ctx, arg)
	case "sambung":
		return p.linkCode()
	case "tombol":
		return "", p.press(say, arg)
	case "tanggal":
		day, ok := nextDay(arg+" 23.59", p.d.clock.Now(), p.d.Program.Calendar.Current())
		if !ok {
			return "", fmt.Errorf("%q is no day of the week", arg)
		}
		return day.Format("02/01/2006"), nil
	case "panjang":
		return strings.Repeat("kata ", 1000), nil
	case "lokasi":
		place, err := workflow.ParseCoordinates(arg)
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
		f, err := p.d.Network.Keep(ctx, simulator.Upload{Name: s.Name, Photo: s.Photo, Content: bytes.NewReader(s.At(p.d.clock.Now()))})
		say.Files = append(say.Files, f)
		return "", err
	}
	return "", fmt.Errorf("{%s} stands for nothing", name)
}

var linkCode = regexp.MustCompile(`Kode sambung: ([0-9A-Z-]+)`)

// linkCode gives the linking code that was shown last.
func (p *player) linkCode() (string, error) {
	latest, code := int64(0), ""
	for _, id := range p.d.Network.IDs() {
		phone, err := p.d.Network.Phone(id)
		if err != nil {
			return "", err
		}
		for _, m := range phone.Messages {
			if found := linkCode.FindStringSubmatch(m.Text); found != nil && !m.Mine && m.N > latest {
				latest, code = m.N, found[1]
			}
		}
	}
	if code == "" {
		return "", errors.New("no linking code was shown")
	}
	return code, nil
}

// press presses the newest choice of the speaker's phone with a label.
func (p *player) press(say *simulator.Say, label string) error {
	phone, err := p.d.Network.Phone(p.speaker)
	if err != nil {
		return err
	}
	for _, m := range slices.Backward(phone.Messages) {
		i := slices.IndexFunc(m.Choices, func(c bot.Choice) bool { return c.Label == label })
		if i >= 0 {
			say.Choice, say.Of = m.Choices[i].ID, m.N
			return nil
		}
	}
	return fmt.Errorf("%s was never offered %q", p.speaker, label)
}

// code gives the speaker's one-time code, waiting for the next one if the last was
// used; the one that he used last ("lama"), or one that is wrong ("salah").
func (p *player) code(ctx context.Context, which string) (string, error) {
	last, used := p.codes[p.speaker]
	if which == "lama" {
		return last.value, nil
	}
	now := p.d.clock.Now()
	if used && now.Sub(last.at) < simulator.CodePeriod {
		now = last.at.Add(simulator.CodePeriod)
		if err := p.d.clock.moveTo(now); err != nil {
			return "", err
		}
	}
	code, ok := p.d.Network.Code(p.speaker)
	if !ok {
		return "", fmt.Errorf("%s has no one-time codes", p.speaker)
	}
	if which == "salah" {
		return p.wrongCode(ctx, now)
	}
	p.codes[p.speaker] = usedCode{code.Value, now}
	return code.Value, nil
}

// wrongCode gives a code that the speaker's phone shows at none of the instants
// around now.
func (p *player) wrongCode(ctx context.Context, now time.Time) (string, error) {
	right := map[string]bool{}
	for at := now.Add(-2 * simulator.CodePeriod); !at.After(now.Add(2 * simulator.CodePeriod)); at = at.Add(simulator.CodePeriod) {
		code, ok := p.d.code(ctx, p.speaker, at)
		if !ok {
			return "", fmt.Errorf("%s has no one-time codes", p.speaker)
		}
		right[code] = true
	}
	for n := range 10 {
		if code := fmt.Sprintf("%06d", n); !right[code] {
			return code, nil
		}
	}
	return "", errors.New("every code is right")
}
