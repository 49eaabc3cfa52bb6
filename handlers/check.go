package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// dialogueCheck is the name of the dialogue in a chat's state.
const dialogueCheck = "check"

// check is the verdict on every document of a file (step kind periksa): the list,
// one document after the other, then the whole file or one consolidated
// clarification (rule 1).
type check struct{}

// Ids of the choices of a check. Documents are "d.<code>", ready-made reasons
// "r.<key>".
const (
	checkAllRight = "all"
	checkRight    = "right"
	checkWrong    = "wrong"
	checkList     = "list"
	checkPass     = "pass"
	checkClarify  = "clarify"
	checkMissing  = "missing"
	checkAnswers  = "answers"
)

// At of a check's Data.
const (
	atReason  = "reason"
	atMissing = "missing"
)

func beginCheck(ctx context.Context, t *turn, c workflow.Case, _ workflow.Step) error {
	return t.beginStep(ctx, dialogueCheck, c)
}

func (k check) ask(ctx context.Context, t *turn) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	switch d := t.data(); {
	case d.At == atReason:
		k.askReason(t, def, c)
	case d.At == atMissing:
		k.askMissing(t, def, c)
	case d.Doc != "":
		return k.askVerdict(ctx, t, def, c)
	default:
		k.askList(t, def, c)
	}
	return nil
}

// askList shows the documents with their verdicts and what can be done next.
func (check) askList(t *turn, def *workflow.SOP, c workflow.Case) {
	var b strings.Builder
	var items []Item
	right, wrong, open := 0, 0, 0
	b.WriteString(t.text("check.head", "n", len(c.Documents)))
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
		fmt.Fprintf(&b, "\n%s %s %s", verdictMark(d), d.Code, texts.Cut(doc.Name.In(t.lang()), 60))
		items = append(items, Item{ID: "d." + string(d.Code), Label: verdictMark(d) + " " + string(d.Code)})
	}
	b.WriteString("\n\n" + t.text("check.count", "right", right, "wrong", wrong, "open", open))
	items = append(items, t.item(checkMissing, "check.add_missing"), t.item(checkAnswers, "menu.answers"))
	var first []Item
	switch {
	case open > 0:
		items = append(items, t.item(checkAllRight, "check.all_right"))
	case wrong > 0:
		first = []Item{t.item(checkClarify, "check.send")}
	default:
		first = []Item{t.item(checkPass, "check.pass")}
	}
	t.ask(b.String(), append(first, items...)...)
}

func (check) askVerdict(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case) error {
	if d, sent := c.Document(t.data().Doc); sent {
		if err := t.sendDocument(ctx, def, c, d); err != nil {
			return err
		}
	}
	t.ask(t.text("check.verdict", "doc", string(t.data().Doc)),
		t.item(checkRight, "check.right"), t.item(checkWrong, "check.wrong"), t.item(checkList, "check.back_to_list"))
	return nil
}

func (check) askReason(t *turn, def *workflow.SOP, c workflow.Case) {
	doc, _ := def.Document(t.data().Doc)
	if _, sent := c.Document(doc.Code); !sent {
		t.ask(t.text("check.why_needed", "doc", string(doc.Code)+" "+doc.Name.In(t.lang())),
			t.item("r.not_sent", "check.reason.not_sent"), t.item(checkList, "check.back_to_list"))
		return
	}
	t.ask(t.text("check.what_is_wrong", "doc", string(doc.Code)+" "+doc.Name.In(t.lang())),
		t.item("r.unreadable", "check.reason.unreadable"), t.item("r.expired", "check.reason.expired"),
		t.item("r.other_document", "check.reason.other_document"), t.item("r.incomplete", "check.reason.incomplete"),
		t.item(checkList, "check.back_to_list"))
}

// askMissing offers the documents that were not sent, to ask for them too.
func (check) askMissing(t *turn, def *workflow.SOP, c workflow.Case) {
	var items []Item
	for _, doc := range def.Documents {
		if _, sent := c.Document(doc.Code); !sent {
			items = append(items, Item{ID: "d." + string(doc.Code), Label: string(doc.Code) + " " + texts.Cut(doc.Name.In(t.lang()), 40)})
		}
	}
	t.ask(t.text("check.which_missing"), append(items, t.item(checkList, "check.back_to_list"))...)
}

func (k check) answer(ctx context.Context, t *turn, in input) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	d := t.data()
	if code, picked := k.document(def, in); picked && d.At != atReason {
		d.Doc, d.At = code, ""
		if _, sent := c.Document(code); !sent {
			d.At = atReason
		}
		return k.ask(ctx, t)
	}
	switch in.choice {
	case checkList:
		d.Doc, d.At = "", ""
		return k.ask(ctx, t)
	case checkMissing:
		d.At = atMissing
		return k.ask(ctx, t)
	case checkAnswers:
		text, err := t.formAnswers(ctx, def, c)
		if err != nil {
			return err
		}
		t.remark(text)
		return k.ask(ctx, t)
	case checkRight:
		return k.judge(ctx, t, def, c, workflow.Judge{Documents: []workflow.DocCode{d.Doc}, OK: true})
	case checkWrong:
		d.At = atReason
		return k.ask(ctx, t)
	case checkAllRight:
		return k.judge(ctx, t, def, c, workflow.Judge{Documents: unjudged(c), OK: true})
	case checkPass:
		return k.finish(ctx, t, def, c, workflow.Pass{})
	case checkClarify:
		return k.finish(ctx, t, def, c, workflow.Clarify{})
	}
	if d.At == atReason {
		return k.reason(ctx, t, def, c, in)
	}
	t.say("common.choose")
	return k.ask(ctx, t)
}

// back goes from a reason to the verdict, and from a document to the list.
func (k check) back(ctx context.Context, t *turn) error {
	d := t.data()
	_, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	_, sent := c.Document(d.Doc)
	switch {
	case d.At == atReason && sent:
		d.At = ""
	case d.At != "" || d.Doc != "":
		d.At, d.Doc = "", ""
	default:
		t.say("common.cannot_go_back")
	}
	return k.ask(ctx, t)
}

// takes tells that words may be a reason, and nothing else.
func (check) takes(t *turn, _ string) bool { return t.data().At == atReason }

// document reads a picked or typed document code.
func (check) document(def *workflow.SOP, in input) (workflow.DocCode, bool) {
	code, ok := strings.CutPrefix(in.choice, "d.")
	if !ok {
		code = strings.ToUpper(in.text)
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
func (k check) reason(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, in input) error {
	text := in.text
	if key, ok := strings.CutPrefix(in.choice, "r."); ok {
		text = t.app.Texts.Say(workflow.Indonesian, "check.told."+key) // for the letter
	}
	if text, ok := t.note(text); ok {
		return k.judge(ctx, t, def, c, workflow.Judge{Documents: []workflow.DocCode{t.data().Doc}, Reason: text})
	}
	return k.ask(ctx, t)
}

// judge records a verdict and goes on with the next document that has none.
func (k check) judge(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, act workflow.Judge) error {
	result, ok, err := t.do(ctx, c.ID, c.WaitsFor(def), act, workflow.ProofNone)
	if err != nil {
		return err
	}
	d := t.data()
	d.Doc, d.At = "", ""
	if rest := unjudged(result.Case); ok && len(act.Documents) == 1 && len(rest) > 0 {
		d.Doc = rest[0]
	}
	return k.ask(ctx, t)
}

// finish ends the check, whole or with a clarification.
func (k check) finish(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, act workflow.Act) error {
	result, ok, err := t.do(ctx, c.ID, c.WaitsFor(def), act, workflow.ProofNone)
	if err != nil {
		return err
	}
	if !ok {
		return k.ask(ctx, t)
	}
	t.end()
	t.done(result.Case, act)
	return t.nextTask(ctx)
}
