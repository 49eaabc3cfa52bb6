package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// mend answers a clarification: only the documents that were asked for, each with
// the officer's reason.
type mend struct{}

// mendCommand begins the answer to a clarification.
func mendCommand(ctx context.Context, t *turn, arg string) error {
	if open := t.state.Open; open != nil && open.Name == dialogueMend && (arg == "" || arg == string(open.Case)) {
		return t.askAgain(ctx)
	}
	c, ok, err := t.ownCase(ctx, arg, "lengkapi", func(_ *workflow.SOP, c workflow.Case) bool { return awaitsAnswer(c) })
	if err != nil || !ok {
		return err
	}
	half, err := t.halfMend(ctx, c)
	if err != nil {
		return err
	}
	if half != nil && awaitsAnswer(c) { // a case that was closed may be reopened
		t.takeUp(half)
	} else {
		t.begin(dialogueMend, func(d *Data) { d.Case, d.Seen = c.ID, c.Round })
	}
	return t.askAgain(ctx)
}

// awaitsAnswer tells whether the office waits for the applicant to complete the
// file.
func awaitsAnswer(c workflow.Case) bool { return c.Open() && c.Stage == workflow.StageWaiting }

// load gives what is asked for; false, told, if the case does not wait any more.
func (mend) load(ctx context.Context, t *turn) (uploads, workflow.Case, bool, error) {
	def, c, err := t.work.Case(ctx, t.data().Case)
	if err != nil {
		return uploads{}, c, false, fmt.Errorf("load case: %w", err)
	}
	if !awaitsAnswer(c) {
		t.end()
		t.ask(t.text("mend.not_waiting"), t.item("/status "+string(c.ID), "menu.status"))
		return uploads{}, c, false, nil
	}
	asked := c.Asked(def)
	u := uploads{needed: func(workflow.DocDef) bool { return true }, reasons: map[workflow.DocCode]string{}}
	for _, doc := range def.Documents {
		if !slices.Contains(asked, doc.Code) {
			continue
		}
		u.asked = append(u.asked, doc)
		if sent, _ := c.Document(doc.Code); sent.Verdict != nil {
			u.reasons[doc.Code] = t.inOwnWords(sent.Verdict.Reason)
		}
	}
	return u, c, true, nil
}

// inOwnWords gives a ready-made reason, which the letter states in Indonesian, in the
// person's language. What an officer typed stays as it is.
func (t *turn) inOwnWords(reason string) string {
	for _, key := range readyReasons() {
		if reason == t.app.Texts.Say(workflow.Indonesian, "check.told."+key) {
			return t.text("check.told." + key)
		}
	}
	return reason
}

// readyReasons are the ready-made things that may be wrong with a document.
func readyReasons() []string {
	return []string{"unreadable", "expired", "other_document", "incomplete", "not_sent"}
}

func (m mend) ask(ctx context.Context, t *turn) error { return m.put(ctx, t, "") }

func (m mend) put(ctx context.Context, t *turn, lead string) error {
	u, c, ok, err := m.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	if list, replacing := strings.CutPrefix(t.data().At, atReplace); replacing {
		_, from := listAt(list)
		t.askWhichDocument(u.asked, from)
		return nil
	}
	if u.ask(t, lead) {
		return nil
	}
	t.remark(lead)
	t.ask(strings.TrimLeft(t.documentSummary(u.asked), "\n")+"\n\n"+t.text("mend.ask", "due", calendar.ShortDateTime(c.ReplyClock.Due, t.lang())),
		t.item(reviewSend, "review.send"), t.item(reviewReplace, "review.replace"), t.item("/batal", "menu.cancel"))
	return nil
}

func (m mend) answer(ctx context.Context, t *turn, in input) error {
	u, _, ok, err := m.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	d := t.data()
	if strings.HasPrefix(d.At, atReplace) {
		t.pickReplacement(u.asked, in)
		return m.ask(ctx, t)
	}
	if _, _, open := u.open(d); open {
		lead, err := u.answer(ctx, t, in)
		if err != nil {
			return err
		}
		if d.Doc == "" {
			reviewed(d)
		}
		return m.put(ctx, t, lead)
	}
	switch in.choice {
	case reviewSend:
		return m.send(ctx, t, u)
	case reviewReplace:
		d.At = atReplace
	default:
		t.say("common.choose")
	}
	return m.ask(ctx, t)
}

// takes tells that no words answer here: files and choices do.
func (mend) takes(*turn, string) bool { return false }

func (m mend) send(ctx context.Context, t *turn, u uploads) error {
	d := t.data()
	result, ok, err := t.doApplicant(ctx, d.Case, workflow.Resubmit{Documents: wanted(u, d)})
	if err != nil {
		return err
	}
	if !ok {
		return m.ask(ctx, t)
	}
	t.end()
	t.ask(t.text("mend.sent", "role", t.roleName(result.Def, result.Case.WaitsFor(result.Def)),
		"due", t.byWhen(result.Case.StepClock.Due)), t.item("/status "+string(d.Case), "menu.status"))
	return nil
}

func (m mend) back(ctx context.Context, t *turn) error {
	u, _, ok, err := m.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	d := t.data()
	if d.At != "" {
		d.At, d.Doc, d.Files = "", "", nil
	} else if !u.back(d) {
		t.say("common.cannot_go_back")
	}
	return m.ask(ctx, t)
}
