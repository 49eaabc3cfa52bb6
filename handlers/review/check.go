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

// DialogueCheck is the name of the dialogue in a chat's state.
const DialogueCheck = "check"

// Check is the verdict on every document of a file (step kind periksa): the list,
// one document after the other, then the whole file or one consolidated
// clarification.
type Check struct{}

// Ids of the choices of a check. Documents are "d.<code>", ready-made reasons
// "r.<key>".
const (
	choiceAllRight = "all"
	choiceRight    = "right"
	choiceWrong    = "wrong"
	choiceList     = "list"
	choicePass     = "pass"
	choiceClarify  = "clarify"
	choiceMissing  = "missing"
	choiceAnswers  = "answers"
)

// At of a check's Data.
const (
	atReason  = "reason"
	atMissing = "missing"
)

// Begin begins the check of the documents at a step.
func Begin(ctx context.Context, s *session.Session, c workflow.Case, _ workflow.Step) error {
	return s.BeginStep(ctx, DialogueCheck, c)
}

// Ask implements [session.Dialogue].
func (k Check) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch d := s.Data(); {
	case d.At == atReason:
		k.askReason(s, def, c)
	case d.At == atMissing:
		k.askMissing(s, def, c)
	case d.Doc != "":
		return k.askVerdict(ctx, s, def, c)
	default:
		k.askList(s, def, c)
	}
	return nil
}

// askList shows the documents with their verdicts and what can be done next.
func (Check) askList(s *session.Session, def *workflow.SOP, c workflow.Case) {
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
		items = append(items, session.Choice{ID: "d." + string(d.Code), Label: wording.VerdictMark(d) + " " + string(d.Code)})
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

func (Check) askVerdict(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case) error {
	if d, sent := c.Document(s.Data().Doc); sent {
		if err := tasks.SendDocument(ctx, s, def, c, d); err != nil {
			return err
		}
	}
	s.Ask(s.Text("check.verdict", "doc", string(s.Data().Doc)),
		s.Choice(choiceRight, "check.right"), s.Choice(choiceWrong, "check.wrong"), s.Choice(choiceList, "check.back_to_list"))
	return nil
}

func (Check) askReason(s *session.Session, def *workflow.SOP, c workflow.Case) {
	doc, _ := def.Document(s.Data().Doc)
	if _, sent := c.Document(doc.Code); !sent {
		s.Ask(s.Text("check.why_needed", "doc", string(doc.Code)+" "+doc.Name.In(s.Lang())),
			s.Choice("r.not_sent", "check.reason.not_sent"), s.Choice(choiceList, "check.back_to_list"))
		return
	}
	s.Ask(s.Text("check.what_is_wrong", "doc", string(doc.Code)+" "+doc.Name.In(s.Lang())),
		s.Choice("r.unreadable", "check.reason.unreadable"), s.Choice("r.expired", "check.reason.expired"),
		s.Choice("r.other_document", "check.reason.other_document"), s.Choice("r.incomplete", "check.reason.incomplete"),
		s.Choice(choiceList, "check.back_to_list"))
}

// askMissing offers the documents that were not sent, to ask for them too.
func (Check) askMissing(s *session.Session, def *workflow.SOP, c workflow.Case) {
	var items []session.Choice
	for _, doc := range def.Documents {
		if _, sent := c.Document(doc.Code); !sent {
			items = append(items, session.Choice{ID: "d." + string(doc.Code), Label: string(doc.Code) + " " + texts.Cut(doc.Name.In(s.Lang()), 40)})
		}
	}
	s.Ask(s.Text("check.which_missing"), append(items, s.Choice(choiceList, "check.back_to_list"))...)
}

// Answer implements [session.Dialogue].
func (k Check) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	d := s.Data()
	if code, picked := k.document(def, in); picked && d.At != atReason {
		d.Doc, d.At = code, ""
		if _, sent := c.Document(code); !sent {
			d.At = atReason
		}
		return k.Ask(ctx, s)
	}
	switch in.Choice {
	case choiceList:
		d.Doc, d.At = "", ""
		return k.Ask(ctx, s)
	case choiceMissing:
		d.At = atMissing
		return k.Ask(ctx, s)
	case choiceAnswers:
		text, err := tasks.FormAnswers(ctx, s, def, c)
		if err != nil {
			return err
		}
		s.Remark(text)
		return k.Ask(ctx, s)
	case choiceRight:
		return k.judge(ctx, s, def, c, workflow.Judge{Documents: []workflow.DocCode{d.Doc}, OK: true})
	case choiceWrong:
		d.At = atReason
		return k.Ask(ctx, s)
	case choiceAllRight:
		return k.judge(ctx, s, def, c, workflow.Judge{Documents: unjudged(c), OK: true})
	case choicePass:
		return k.finish(ctx, s, def, c, workflow.Pass{})
	case choiceClarify:
		return k.finish(ctx, s, def, c, workflow.Clarify{})
	}
	if d.At == atReason {
		return k.reason(ctx, s, def, c, in)
	}
	s.Say("common.choose")
	return k.Ask(ctx, s)
}

// Back goes from a reason to the verdict, and from a document to the list.
func (k Check) Back(ctx context.Context, s *session.Session) error {
	d := s.Data()
	_, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	_, sent := c.Document(d.Doc)
	switch {
	case d.At == atReason && sent:
		d.At = ""
	case d.At != "" || d.Doc != "":
		d.At, d.Doc = "", ""
	default:
		s.Say("common.cannot_go_back")
	}
	return k.Ask(ctx, s)
}

// Takes tells that words may be a reason, and nothing else.
func (Check) Takes(s *session.Session, _ string) bool { return s.Data().At == atReason }

// document reads a picked or typed document code.
func (Check) document(def *workflow.SOP, in session.Input) (workflow.DocCode, bool) {
	code, ok := strings.CutPrefix(in.Choice, "d.")
	if !ok {
		code = strings.ToUpper(in.Text)
	}
	_, known := def.Document(workflow.DocCode(code))
	return workflow.DocCode(code), known
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
func (k Check) reason(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, in session.Input) error {
	text := in.Text
	if key, ok := strings.CutPrefix(in.Choice, "r."); ok {
		text = s.Env.Texts.Say(workflow.Indonesian, "check.told."+key) // for the letter
	}
	if text, ok := form.Note(s, text); ok {
		return k.judge(ctx, s, def, c, workflow.Judge{Documents: []workflow.DocCode{s.Data().Doc}, Reason: text})
	}
	return k.Ask(ctx, s)
}

// judge records a verdict and goes on with the next document that has none.
func (k Check) judge(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, act workflow.Judge) error {
	result, err := s.Do(ctx, c.ID, c.WaitsFor(def), act, workflow.ProofNone)
	if err != nil && !errors.Is(err, session.ErrAnswered) {
		return err
	}
	d := s.Data()
	d.Doc, d.At = "", ""
	if rest := unjudged(result.Case); err == nil && len(act.Documents) == 1 && len(rest) > 0 {
		d.Doc = rest[0]
	}
	return k.Ask(ctx, s)
}

// finish ends the check, whole or with a clarification.
func (k Check) finish(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, act workflow.Act) error {
	result, err := s.Do(ctx, c.ID, c.WaitsFor(def), act, workflow.ProofNone)
	if errors.Is(err, session.ErrAnswered) {
		return k.Ask(ctx, s)
	}
	if err != nil {
		return err
	}
	s.End()
	tasks.SayDone(s, result.Case, act)
	return tasks.OfferNext(ctx, s)
}
