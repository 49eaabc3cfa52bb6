package handlers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// The walk sends 10,000 messages with IZINBOT_SOAK, and a part of them without.
const walkMessages, walkShare = 10_000, 5

// TestRandomInputs has applicants and officers send random mixtures of what people sent: texts,
// buttons, commands, files, points, quotations, in all dialogues of cases at all stages. Every
// message is answered, with a next step; nothing is stored as an answer that was not
// given or chosen.
func TestRandomInputs(t *testing.T) {
	t.Parallel()
	messages := walkMessages / walkShare
	if os.Getenv("IZINBOT_SOAK") != "" {
		messages = walkMessages
	}
	scenes := map[string]func(*testing.T) *handlerstest.Guest{
		"form":     func(t *testing.T) *handlerstest.Guest { t.Helper(); return handlerstest.NewOffice(t, nil).Guest("ani") },
		"applied":  func(t *testing.T) *handlerstest.Guest { t.Helper(); g, _ := handlerstest.Applied(t); return g },
		"verified": func(t *testing.T) *handlerstest.Guest { t.Helper(); g, _ := handlerstest.Verified(t); return g },
		"visiting": func(t *testing.T) *handlerstest.Guest { t.Helper(); tim, _ := handlerstest.Visiting(t); return tim },
		"visited":  func(t *testing.T) *handlerstest.Guest { t.Helper(); g, _ := handlerstest.Visited(t); return g },
	}
	for i, name := range slices.Sorted(maps.Keys(scenes)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newWalk(t, scenes[name](t), uint64(i+1)).run(messages / len(scenes))
		})
	}
}

// walk is a scene in which people send messages at random.
type walk struct {
	*testing.T

	rnd    *rand.Rand
	people []*handlerstest.Guest
	texts  []string
	fields map[string]workflow.Field
	last   map[bot.Address][]bot.Message
	asked  map[bot.Address][][]bot.Choice
}

func newWalk(t *testing.T, g *handlerstest.Guest, seed uint64) *walk {
	t.Helper()
	w := &walk{
		T: t, rnd: rand.New(rand.NewPCG(seed, 2026)), people: []*handlerstest.Guest{g, g.Guest("budi")},
		fields: map[string]workflow.Field{}, last: map[bot.Address][]bot.Message{}, asked: map[bot.Address][][]bot.Choice{},
	}
	for _, p := range w.people {
		p.Say("halo")
	}
	def := g.App.Desk.Library.Current()
	for _, r := range def.Roles {
		if r.Role != workflow.RoleApplicant {
			w.people = append(w.people, g.Officer(string(r.Role), r.Role))
		}
	}
	for _, f := range def.Form {
		w.fields[f.Key] = f
	}
	for _, s := range def.Steps {
		for _, f := range s.Fields {
			w.fields[f.Key] = f
		}
	}
	for _, name := range []string{"inputs-seen.txt", "inputs-more.txt"} {
		for _, row := range seenInputs(t, name) {
			w.texts = append(w.texts, row.text)
		}
	}
	for _, c := range g.App.Commands {
		w.texts = append(w.texts, c.Name, "/"+c.Name, "*"+strings.ToUpper(c.Name)+"*")
	}
	w.texts = append(w.texts, "LKS-2026-00001-3", "buka LKS-2026-00001-3", "periksa", "kirim", "selesai", "semua sesuai", "000000", "ya", "tidak", "lanjut", "catatan", "kembalikan", "oke siap", "nanti dulu", "26/11/2026", "")
	return w
}

func (w *walk) run(messages int) {
	for n := range messages {
		g := w.people[min(w.rnd.IntN(len(w.people)+8)/2, len(w.people)-1)]
		if n%97 == 0 { // a good start
			g = w.people[0]
			g.Say("/ajukan baru")
			g.Say("1")
			g.FillForm(handlerstest.AnswersLKS()[:w.rnd.IntN(18)]...)
		}
		in := w.message(g)
		before := g.State()
		answer := w.send(g, in)
		if w.Failed() {
			w.Fatalf("message %d from %s, %+v, in %+v", n, g.Chat, in, before.Open)
		}
		w.check(g, in, before, answer)
		if w.Failed() {
			w.Fatalf("message %d from %s, %+v, was answered\n%s\nto %v", n, g.Chat, in, answer, before.Menu)
		}
	}
}

func (w *walk) send(g *handlerstest.Guest, in bot.Inbound) string {
	answer := g.Tell(in)
	if sent := g.Sent[g.Chat]; len(sent) > 0 {
		w.last[g.Chat] = sent
		if choices := sent[len(sent)-1].Choices; len(choices) > 0 {
			w.asked[g.Chat] = append(w.asked[g.Chat], choices)
		}
	}
	return answer
}

// message makes something that somebody may send.
func (w *walk) message(g *handlerstest.Guest) bot.Inbound {
	text := func(all []string) bot.Inbound { return bot.Inbound{Text: all[w.rnd.IntN(len(all))]} }
	switch kind := w.rnd.IntN(100); {
	case kind < 45:
		return text(w.texts)
	case kind < 68:
		if sent := w.last[g.Chat]; len(sent) > 0 && len(sent[len(sent)-1].Choices) > 0 {
			choices := sent[len(sent)-1].Choices
			return bot.Inbound{Choice: choices[w.rnd.IntN(len(choices))].ID}
		}
		return text(w.texts)
	case kind < 74:
		return bot.Inbound{Text: strconv.Itoa(1 + w.rnd.IntN(6))}
	case kind < 82:
		return text(handlerstest.AnswersLKS())
	case kind < 88:
		if w.rnd.IntN(2) == 0 {
			return bot.Inbound{Files: []bot.InboundFile{g.Photo("foto.jpg", 1200, 1600, uint8(w.rnd.IntN(250)))}}
		}
		return bot.Inbound{Files: []bot.InboundFile{g.PDF(fmt.Sprintf("%d.pdf", w.rnd.IntN(30)), 1)}, Album: []string{"", "a"}[w.rnd.IntN(2)]}
	case kind < 92:
		return bot.Inbound{Location: []*bot.Location{{Lat: 2.74, Lon: 98.32}, {}, {Lat: -6.2, Lon: 106.8}}[w.rnd.IntN(3)]}
	case kind < 96:
		in := text(w.texts)
		if all := w.asked[g.Chat]; len(all) > 0 {
			in.Asked = all[w.rnd.IntN(len(all))]
		}
		return in
	}
	return bot.Inbound{Other: []string{bot.OtherContact, bot.OtherEdited, bot.OtherViewOnce, "sticker", "voice"}[w.rnd.IntN(5)]}
}

// check tells whether the answer goes on, and whether what was stored was given.
func (w *walk) check(g *handlerstest.Guest, in bot.Inbound, before session.State, answer string) {
	if in.Text == "" && in.Choice == "" && len(in.Files) == 0 && in.Location == nil && in.Other == "" {
		return // nothing was sent
	}
	if strings.TrimSpace(answer) == "" || !utf8.ValidString(answer) || strings.Contains(answer, "%!") || strings.Contains(answer, "<no value>") {
		w.Errorf("no answer, or none to show")
		return
	}
	if last := g.Sent[g.Chat][len(g.Sent[g.Chat])-1]; len(last.Choices) == 0 && last.Want == bot.WantNothing && !w.leads(last.Text) {
		w.Errorf("a dead end")
	}
	after := answersOf(g.State())
	old := answersOf(before)
	if before.Open == nil || g.State().Open == nil || before.Open.Key != g.State().Open.Key {
		return // another dialogue
	}
	changed := 0
	for key, value := range after {
		if old[key] == value {
			continue
		}
		changed++
		if !w.given(before, in, w.fields[key], value) {
			w.Errorf("%s became %q", key, value)
		}
	}
	if changed > 1 && !takesProposals(before, in) {
		w.Errorf("%d answers from one message", changed)
	}
}

// takesProposals tells whether all that the form proposes was taken at once.
func takesProposals(before session.State, in bot.Inbound) bool {
	if before.Menu == nil || strings.HasSuffix(in.Choice, ":proposals") {
		return before.Menu != nil
	}
	said := normalize.Plain(in.Text)
	return slices.ContainsFunc(before.Menu.Items, func(c session.Choice) bool {
		return c.ID == "proposals" && said != "" && (strings.Contains(normalize.Plain(c.Label), said) || before.Menu.Items[len(before.Menu.Items)-1] == c && strings.Contains(said, strconv.Itoa(len(before.Menu.Items))))
	})
}

// leads tells whether a text without choices says what to do next.
func (*walk) leads(text string) bool {
	return regexp.MustCompile(`(?i)\?|\b(ketik|tulis|kirim|pilih|tunggu|silakan|periksa|hubungi|type|send|write|choose|please|press|share)|\b[A-Z]{4,}\b`).MatchString(text)
}

func answersOf(s session.State) workflow.Answers {
	var d struct {
		Answers workflow.Answers `json:"answers"`
	}
	if s.Open == nil || json.Unmarshal(s.Open.State, &d) != nil {
		return nil
	}
	return d.Answers
}

// given tells whether a message gives a value plainly: a choice that was offered, or words that
// are no talk and hold it.
func (w *walk) given(before session.State, in bot.Inbound, field workflow.Field, value string) bool {
	said := strings.TrimSpace(normalize.Text(in.Text))
	if field.Type == workflow.FieldOfficers || field.Type == workflow.FieldReasons {
		return true // picked one by one
	}
	if before.Menu != nil {
		for i, item := range before.Menu.Items {
			offered := strings.HasSuffix(item.ID, "."+value) || strings.HasSuffix(item.ID, "="+value) || strings.Contains(item.Label, cutTo(value, wording.OnButton-1)) ||
				strings.Contains(item.Label, field.Label.ID) || item.ID == "default" || item.ID == "keep"
			named := strings.Contains(normalize.Plain(said), strconv.Itoa(i+1)) || phrases.Of(said) == phrases.Yes || strings.Contains(normalize.Plain(item.Label), normalize.Plain(said))
			if offered && (in.Choice != "" || named) {
				return true
			}
		}
	}
	switch {
	case in.Choice != "":
		return false
	case in.Location != nil:
		return field.Type == workflow.FieldCoordinates
	case field.Type == workflow.FieldText || field.Type == workflow.FieldLong:
		return phrases.Of(said) == phrases.None && within(normalize.Plain(value), normalize.Plain(said), field)
	}
	return phrases.Of(said) == phrases.None || field.Key == "" || field.Type == workflow.FieldChoice
}

// within tells whether the words of a value stand in what was said; a period is printed in a
// form of its own.
func within(value, said string, field workflow.Field) bool {
	if field.Meaning == workflow.MeansPeriod {
		return strings.ContainsAny(said, "0123456789")
	}
	if field.Meaning == workflow.MeansIDNumber {
		said = strings.ReplaceAll(said, " ", "")
	}
	for word := range strings.FieldsSeq(value) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

func cutTo(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n])
	}
	return s
}
