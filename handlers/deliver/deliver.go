package deliver

import (
	"context"
	"strings"
	"unicode"

	"izinbot/handlers/form"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// Dispatch hands a letter over, in chat or at the counter, and records who received it
// there.
type Dispatch struct {
	form.State

	At string `json:"at,omitempty"` // what is asked at the counter
}

// Name implements [session.Dialogue].
func (*Dispatch) Name() string { return "counter" }

// What is asked at the counter, and ids of choices.
const (
	atRecipient = "recipient"
	atIdentity  = "identity"
	choiceChat  = "chat"
	choiceDesk  = "desk"
	choiceNo    = "no"

	choiceName session.Numbered      = "n" // of somebody whom the application names, see expected
	choiceCard session.Keyed[string] = "c" // an identity document
)

// RecordReceipt records a receipt at the counter (step kind terima).
func RecordReceipt(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	if !c.Open() || step.Kind != workflow.KindReceive {
		s.Say("counter.not_now", "case", string(c.ID))
		return nil
	}
	return s.BeginAt(ctx, &Dispatch{At: atRecipient}, c.ID, c.Step)
}

// Begin implements [session.Work].
func (k *Dispatch) Begin(ctx context.Context, s *session.Session, c workflow.Case, _ workflow.Step) error {
	return s.BeginAt(ctx, k, c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (k *Dispatch) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch k.At {
	case atRecipient:
		var items []session.Choice
		for i, name := range expected(def, c) {
			items = append(items, session.Choice{ID: choiceName.ID(i), Label: name})
		}
		s.Ask(s.Text("counter.recipient", "case", string(c.ID), "letter", titles(def, c)), append(items, s.Choice("/batal", "menu.cancel"))...)
	case atIdentity:
		var items []session.Choice
		for card := range strings.FieldsSeq(s.Text("counter.cards")) {
			items = append(items, session.Choice{ID: choiceCard.ID(card), Label: card})
		}
		s.Ask(s.Text("counter.identity", "name", k.Answers[atRecipient]), append(items, s.Choice(choiceNo, "counter.not_checked"))...)
	default:
		for _, l := range tasks.AtHand(def, c) {
			tasks.ShowLetter(s, def, c, l)
		}
		s.Ask(s.Text("counter.means", "case", string(c.ID), "letter", titles(def, c)), s.Choice(choiceChat, "counter.chat"), s.Choice(choiceDesk, "counter.desk"), s.Choice("/batal", "menu.later"))
	}
	return nil
}

// Answer implements [session.Dialogue].
func (k *Dispatch) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch k.At {
	case atRecipient:
		k.recipient(s, expected(def, c), in)
		return k.Ask(ctx, s)
	case atIdentity:
		return k.receipt(ctx, s, def, c, in)
	}
	means := map[string]workflow.Means{choiceChat: workflow.MeansChat, choiceDesk: workflow.MeansCounter}[in.Choice]
	if means == "" {
		return s.Choose(ctx)
	}
	result, err := s.Do(ctx, c.ID, c.WaitsFor(def), workflow.Deliver{Means: means}, workflow.ProofNone)
	if err != nil {
		return err
	}
	s.End()
	done := s.Text("done.deliver_"+string(means), "case", string(result.Case.ID))
	if means == workflow.MeansCounter {
		s.Ask(done, s.Choice("/serah "+string(c.ID), "menu.counter"), s.Choice("/tugas", "menu.tasks"))
		return nil
	}
	s.SayText(done)
	return tasks.OfferNext(ctx, s)
}

// recipient takes the name of who collects: one that the application names, or a typed one.
func (k *Dispatch) recipient(s *session.Session, names []string, in session.Input) {
	if i, picked := choiceName.Parse(in.Choice); picked && i < len(names) {
		k.Set(atRecipient, names[i])
	} else if name, ok := readName(s, in); ok {
		k.Set(atRecipient, name)
	} else {
		return
	}
	s.Typed(atRecipient)
	k.At = atIdentity
}

// readName reads a typed name; what is wrong with it is told.
func readName(s *session.Session, in session.Input) (string, bool) {
	field := workflow.Field{Type: workflow.FieldText, Meaning: workflow.MeansHead, Label: workflow.Text{ID: s.Text("counter.recipient_label")}}
	name, problem := form.Parse(s, field, in)
	if problem == "" && !isName(name) {
		problem = s.Text("counter.no_name")
	}
	s.SayText(problem)
	return name, problem == ""
}

// Change implements [session.Changer].
func (k *Dispatch) Change(_ context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	t.Part = "" // a name is changed as a whole
	c, ok := form.ChangeWords(s, t, s.Text("counter.recipient_label"), k.Answers[t.Key], text, readName)
	return c, ok, nil
}

// Replace implements [session.Changer].
func (k *Dispatch) Replace(_ context.Context, _ *session.Session, key, value string) error {
	k.Set(key, value)
	return nil
}

// expected names those who may collect by the application: the head and the proxy.
func expected(def *workflow.SOP, c workflow.Case) []string {
	var names []string
	for _, m := range []workflow.Meaning{workflow.MeansProxy, workflow.MeansHead} {
		if name := c.Form.Of(def.Form, m); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// titles names the letters at hand.
func titles(def *workflow.SOP, c workflow.Case) string {
	var names []string
	for _, l := range tasks.AtHand(def, c) {
		ld, _ := def.Letter(l.Kind)
		names = append(names, ld.Title)
	}
	return strings.Join(names, ", ")
}

// isName tells whether a text can be somebody's name: letters, with at most marks between
// them.
func isName(text string) bool {
	letters := 0
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsMark(r) && !strings.ContainsRune(" .,'’-", r):
			return false
		}
	}
	return letters >= session.MinLetters
}

// card takes the identity document that was shown: one of the usual kinds, or the words for
// another. Of a number that is typed with it no more is kept than tells it from others.
func card(in session.Input) (string, bool) {
	if card, picked := choiceCard.Parse(in.Choice); picked {
		return card, true
	}
	words := strings.Fields(in.Text)
	letters := 0
	for i, word := range words {
		for _, r := range word {
			switch {
			case unicode.IsLetter(r):
				letters++
			case !unicode.IsDigit(r) && !strings.ContainsRune(".,-/:", r):
				return "", false
			}
		}
		if strings.ContainsFunc(word, unicode.IsDigit) {
			words[i] = workflow.MaskIdentity(word)
		}
	}
	return strings.Join(words, " "), letters >= session.MinLetters
}

func (k *Dispatch) receipt(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, in session.Input) error {
	said := normalize.Plain(in.Text)
	if in.Choice == choiceNo || phrases.Of(said) == phrases.No || strings.HasPrefix(said, "belum") {
		s.End()
		s.Ask(s.Text("counter.check_first"), s.Choice("/serah "+string(c.ID), "menu.counter"))
		return nil
	}
	shown, ok := card(in)
	if !ok || phrases.Of(said) != phrases.None || strings.HasPrefix(said, "sudah") { // which one was not said
		s.Say("counter.no_card")
		return k.Ask(ctx, s)
	}
	act := workflow.HandDeliver{Recipient: k.Answers[atRecipient], Identity: shown, IdentityChecked: true}
	s.Typed(atIdentity)
	s.End()
	return tasks.Finish(ctx, s, c.ID, delivererOf(def, c), act)
}

// delivererOf is the role that handed the case's letter over.
func delivererOf(def *workflow.SOP, c workflow.Case) workflow.Role {
	if len(c.Trail) == 0 {
		return ""
	}
	step, _ := def.Step(c.Trail[len(c.Trail)-1].Step)
	return step.Role
}
