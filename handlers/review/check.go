package review

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// Check is the verdict on every document of a file (step kind periksa): the list,
// one document after the other, then the whole file or one consolidated
// clarification.
type Check struct {
	At  string           `json:"at,omitempty"`
	Doc workflow.DocCode `json:"doc,omitempty"` // document being judged
}

// Name implements [session.Dialogue].
func (*Check) Name() string { return "check" }

// Ids of the choices of a check.
const (
	choiceDocument session.Keyed[workflow.DocCode] = "d"
	choiceReason   session.Keyed[string]           = "r" // ready-made

	choiceAllRight = "all"
	choiceRight    = "right"
	choiceWrong    = "wrong"
	choiceList     = "list"
	choicePass     = "pass"
	choiceClarify  = "clarify"
	choiceMissing  = "missing"
	choiceAnswers  = "answers"
)

// What is being asked, where the document alone does not tell.
const (
	atReason  = "reason"
	atMissing = "missing"
	atJudged  = "judged" // Doc, once more
)

// Begin implements [session.Work].
func (k *Check) Begin(ctx context.Context, s *session.Session, c workflow.Case, _ workflow.Step) error {
	return s.BeginAt(ctx, k, c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (k *Check) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch {
	case k.At == atReason:
		k.askReason(s, def, c)
	case k.At == atMissing:
		k.askMissing(s, def, c)
	case k.At == atJudged:
		k.askAgain(s, c)
	case k.Doc != "":
		return k.askVerdict(ctx, s, def, c)
	default:
		k.askList(s, def, c)
	}
	return nil
}

// askList shows the documents with their verdicts and what can be done next.
func (k *Check) askList(s *session.Session, def *workflow.SOP, c workflow.Case) {
	var b strings.Builder
	var items []session.Choice
	right, wrong, open := 0, 0, 0
	b.WriteString(s.Text("check.head", "n", len(c.Documents)))
	for _, d := range c.Documents {
		switch {
		case d.Verdict == nil:
			open++
		case d.Verdict.OK:
			right++
		default:
			wrong++
		}
		doc, _ := def.Document(d.Code)
		fmt.Fprintf(&b, "\n%s %s %s", wording.VerdictMark(d), d.Code, texts.Cut(doc.Name.In(s.Lang()), 60))
		items = append(items, session.Choice{ID: choiceDocument.ID(d.Code), Label: wording.VerdictMark(d) + " " + string(d.Code)})
	}
	b.WriteString("\n\n" + s.Text("check.count", "right", right, "wrong", wrong, "open", open))
	items = append(items, s.Choice(choiceMissing, "check.add_missing"), s.Choice(choiceAnswers, "menu.answers"))
	var first []session.Choice
	switch {
	case open > 0:
		items = append(items, s.Choice(choiceAllRight, "check.all_right"))
	case wrong > 0:
		first = []session.Choice{s.Choice(choiceClarify, "check.send")}
	default:
		first = []session.Choice{s.Choice(choicePass, "check.pass")}
	}
	s.Ask(b.String(), append(first, items...)...)
}

func (k *Check) askVerdict(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case) error {
	if d, sent := c.Document(k.Doc); sent {
		if err := tasks.SendDocument(ctx, s, def, c, d); err != nil {
			return err
		}
	}
	s.Ask(s.Text("check.verdict", "doc", string(k.Doc)),
		s.Choice(choiceRight, "check.right"), s.Choice(choiceWrong, "check.wrong"), s.Choice(choiceList, "check.back_to_list"))
	return nil
}

// askAgain tells the verdict that stands now, with its document still open.
func (k *Check) askAgain(s *session.Session, c workflow.Case) {
	text := s.Text("check.judged", "doc", string(k.Doc))
	if d, _ := c.Document(k.Doc); d.Verdict != nil && !d.Verdict.OK {
		text = s.Text("check.judged_wrong", "doc", string(k.Doc), "reason", d.Verdict.Reason)
	}
	s.Ask(text, s.Choice(choiceList, "check.back_to_list"), s.Choice(choiceRight, "check.right"), s.Choice(choiceWrong, "check.wrong"))
}

func (k *Check) askReason(s *session.Session, def *workflow.SOP, c workflow.Case) {
	doc, _ := def.Document(k.Doc)
	if _, sent := c.Document(doc.Code); !sent {
		s.Ask(s.Text("check.why_needed", "doc", string(doc.Code)+" "+doc.Name.In(s.Lang())),
			readyReason(s, "not_sent"), s.Choice(choiceList, "check.back_to_list"))
		return
	}
	s.Ask(s.Text("check.what_is_wrong", "doc", string(doc.Code)+" "+doc.Name.In(s.Lang())),
		readyReason(s, "unreadable"), readyReason(s, "expired"), readyReason(s, "other_document"), readyReason(s, "incomplete"),
		s.Choice(choiceList, "check.back_to_list"))
}

func readyReason(s *session.Session, key string) session.Choice {
	return s.Choice(choiceReason.ID(key), "check.reason."+key)
}

// askMissing offers the documents that were not sent, to ask for them too.
func (k *Check) askMissing(s *session.Session, def *workflow.SOP, c workflow.Case) {
	var items []session.Choice
	for _, doc := range def.Documents {
		if _, sent := c.Document(doc.Code); !sent {
			items = append(items, session.Choice{ID: choiceDocument.ID(doc.Code), Label: string(doc.Code) + " " + texts.Cut(doc.Name.In(s.Lang()), 40)})
		}
	}
	s.Ask(s.Text("check.which_missing"), append(items, s.Choice(choiceList, "check.back_to_list"))...)
}

// Answer implements [session.Dialogue].
func (k *Check) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	if code, picked := k.document(def, in); picked && k.At != atReason {
		k.Doc, k.At = code, ""
		if _, sent := c.Document(code); !sent {
			k.At = atReason
		}
		return k.Ask(ctx, s)
	}
	switch in.Choice {
	case choiceList:
		k.Doc, k.At = "", ""
		return k.Ask(ctx, s)
	case choiceMissing:
		k.At = atMissing
		return k.Ask(ctx, s)
	case choiceAnswers:
		text, err := tasks.FormAnswers(ctx, s, def, c)
		if err != nil {
			return err
		}
		s.SayText(text)
		return k.Ask(ctx, s)
	case choiceRight:
		return k.judge(ctx, s, def, c, workflow.Judge{Documents: []workflow.DocCode{k.Doc}, OK: true})
	case choiceWrong:
		k.At = atReason
		return k.Ask(ctx, s)
	case choiceAllRight:
		return k.judge(ctx, s, def, c, workflow.Judge{Documents: unjudged(c), OK: true})
	case choicePass:
		return k.finish(ctx, s, def, c, workflow.Pass{})
	case choiceClarify:
		return k.finish(ctx, s, def, c, workflow.Clarify{})
	}
	if k.At == atReason {
		return k.reason(ctx, s, def, c, in)
	}
	return s.Choose(ctx)
}

// Back goes from a reason to the verdict, and from a document to the list.
func (k *Check) Back(ctx context.Context, s *session.Session) error {
	_, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	_, sent := c.Document(k.Doc)
	switch {
	case k.At == atReason && sent:
		k.At = ""
	case k.At != "" || k.Doc != "":
		k.At, k.Doc = "", ""
	default:
		s.Say("common.cannot_go_back")
	}
	return k.Ask(ctx, s)
}

// Takes tells that words may be a reason, and nothing else.
func (k *Check) Takes(s *session.Session, _ string) bool { return k.At == atReason }

// TakesWords implements [session.WordsTaker].
func (k *Check) TakesWords(context.Context, *session.Session, string) bool { return k.At == atReason }

// document reads a picked or typed document code.
func (k *Check) document(def *workflow.SOP, in session.Input) (workflow.DocCode, bool) {
	code, ok := choiceDocument.Parse(in.Choice)
	if !ok {
		code = workflow.DocCode(strings.ToUpper(in.Text))
	}
	_, known := def.Document(code)
	return code, known
}

func unjudged(c workflow.Case) []workflow.DocCode {
	var out []workflow.DocCode
	for _, d := range c.Documents {
		if d.Verdict == nil {
			out = append(out, d.Code)
		}
	}
	return out
}

// reason takes what is wrong with a document, ready-made or typed.
func (k *Check) reason(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, in session.Input) error {
	key, ready := choiceReason.Parse(in.Choice)
	if ready {
		in = session.Input{Text: s.Env.Texts.Say(workflow.Indonesian, "check.told."+key)} // for the letter
	}
	if text, ok := form.Note(s, in); ok {
		if s.Typed(string(k.Doc)); ready {
			s.Untyped(string(k.Doc))
		}
		return k.judge(ctx, s, def, c, workflow.Judge{Documents: []workflow.DocCode{k.Doc}, Reason: text})
	}
	return k.Ask(ctx, s)
}

// judge records a verdict and goes on with the next document that has none; one that is
// judged again stays open.
func (k *Check) judge(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, act workflow.Judge) error {
	result, err := s.Do(ctx, c.ID, c.WaitsFor(def), act, workflow.ProofNone)
	if err != nil && !errors.Is(err, session.ErrAnswered) {
		return err
	}
	if d, _ := c.Document(k.Doc); d.Verdict != nil && len(act.Documents) == 1 {
		k.At = atJudged
		return k.Ask(ctx, s)
	}
	k.Doc, k.At = "", ""
	if rest := unjudged(result.Case); err == nil && len(act.Documents) == 1 && len(rest) > 0 {
		k.Doc = rest[0]
	}
	return k.Ask(ctx, s)
}

// finish ends the check, whole or with a clarification.
func (k *Check) finish(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, act workflow.Act) error {
	err := tasks.Finish(ctx, s, c.ID, c.WaitsFor(def), act)
	if errors.Is(err, session.ErrAnswered) {
		return k.Ask(ctx, s)
	}
	return err
}
