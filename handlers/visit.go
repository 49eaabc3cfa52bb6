package handlers

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// dialogueVisit is the name of the dialogue in a chat's state.
const dialogueVisit = "visit"

// visit is the field visit: location, photos, check table, conclusion, report. What
// was recorded is in the case, so that the visit goes on where it was even if
// pieces arrive late, twice or out of order, or another member carries on.
type visit struct{}

// Ids of the choices of a visit, and keys of its skipped parts and answers.
const (
	visitSkip       = "skip"
	visitYes        = "yes"
	visitNo         = "no"
	visitNote       = "note"
	visitReport     = "report"
	visitMore       = "more"
	visitRedo       = "redo"
	visitAgree      = "agree"
	visitRevise     = "revise"
	visitAbsent     = "absent"
	partLocation    = "location"
	partPhotos      = "photos"
	partStatement   = "statement"
	keyConclusion   = "conclusion"
	keyStatement    = "statement"
	keyNote         = "note"
	visitItemPrefix = "i."
)

// goVisiting is the command kunjungan; without a case it takes the only visit that
// waits for the officer.
func goVisiting(ctx context.Context, t *turn, arg string) error {
	if arg == "" && t.state.Open == nil {
		id, err := t.onlyVisit(ctx)
		if err != nil {
			return err
		}
		arg = string(id)
	}
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	step, _ := def.Step(c.Step)
	if !c.Open() || step.Kind != workflow.KindVisit {
		t.say("visit.not_now", "case", string(c.ID))
		return nil
	}
	return openVisit(ctx, t, c, step)
}

func (t *turn) onlyVisit(ctx context.Context) (workflow.CaseID, error) {
	rows, err := t.openTasks(ctx, "", page)
	if err != nil {
		return "", err
	}
	var found workflow.CaseID
	for _, row := range rows {
		def, err := t.app.Desk.Library.Get(ctx, row.SOP)
		if t.unreadable(ctx, row.ID, err) {
			continue
		}
		if err != nil {
			return "", err
		}
		if step, _ := def.Step(row.Step); step.Kind == workflow.KindVisit {
			if found != "" {
				return "", nil
			}
			found = row.ID
		}
	}
	return found, nil
}

// openVisit begins the visit, or goes on with it.
func openVisit(ctx context.Context, t *turn, c workflow.Case, step workflow.Step) error {
	if c.Visit == nil && c.Stage == workflow.StageWork {
		if _, ok, err := t.do(ctx, c.ID, step.Role, workflow.StartVisit{}, workflow.ProofNone); err != nil || !ok {
			return err
		}
		t.say("visit.started", "case", string(c.ID))
	}
	return t.beginStep(ctx, dialogueVisit, c)
}

func (k visit) ask(ctx context.Context, t *turn) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	if c.Stage == workflow.StageApprove {
		return k.askApproval(t, c)
	}
	step, _ := def.Step(c.Step)
	k.askPart(t, c, step)
	return nil
}

// askPart asks for the first part of the visit that is not there yet.
func (k visit) askPart(t *turn, c workflow.Case, step workflow.Step) {
	d, v := t.data(), c.Visit
	if v == nil {
		v = &workflow.Visit{}
	}
	item, n := k.nextItem(d, v, step)
	switch {
	case len(v.Locations) == 0 && !d.Skipped[partLocation]:
		t.askFor(bot.Message{Text: t.text("visit.location"), Want: bot.WantLocation}, t.item(visitSkip, "visit.no_location"))
	case len(v.Findings) == 0 && !d.Skipped[partPhotos]:
		t.askFor(bot.Message{Text: t.text("visit.photos"), Want: bot.WantFile}, t.item(choiceDone, "visit.photos_done"))
	case d.At == keyNote && item.Key != "":
		t.ask(t.text("visit.note", "item", item.Text), t.item("/batal", "menu.later"))
	case item.Key != "":
		t.ask(t.text("visit.item", "n", n, "total", len(step.Checklist), "item", item.Text),
			t.item(visitYes, "visit.yes"), t.item(visitNo, "visit.no"), t.item(visitNote, "visit.with_note"))
	case d.Answers[keyConclusion] == "":
		t.ask(t.text("visit.conclusion"), t.item("/batal", "menu.later"))
	case d.Answers[keyStatement] == "" && !d.Skipped[partStatement]:
		t.ask(t.text("visit.statement"), t.item(visitSkip, "form.skip"))
	default:
		k.askReport(t, v, step)
	}
}

// nextItem gives the line of the check table to ask, and its number: the one being
// answered anew, else the first without a finding.
func (visit) nextItem(d *Data, v *workflow.Visit, step workflow.Step) (workflow.CheckItem, int) {
	found := map[string]bool{}
	for _, f := range v.Findings {
		found[f.Item] = true
	}
	for i, item := range step.Checklist {
		if d.Edit == item.Key || d.Edit == "" && !found[item.Key] {
			return item, i + 1
		}
	}
	return workflow.CheckItem{}, 0
}

// askReport shows what was recorded and asks whether the report may be made.
func (visit) askReport(t *turn, v *workflow.Visit, step workflow.Step) {
	var b strings.Builder
	b.WriteString(t.text("visit.summary", "locations", len(v.Locations), "photos", len(v.Photos)))
	for _, f := range v.Findings {
		mark := "✓"
		if !f.OK {
			mark = "✗"
		}
		b.WriteString("\n" + mark + " " + itemText(step, f.Item))
		if f.Note != "" {
			b.WriteString(" — " + f.Note)
		}
	}
	b.WriteString("\n\n" + t.text("visit.concluded", "conclusion", t.data().Answers[keyConclusion]))
	items := []Item{t.item(visitReport, "visit.make_report"), t.item(visitMore, "visit.more_photos"), t.item(visitRedo, "visit.redo_conclusion")}
	for _, i := range step.Checklist {
		items = append(items, Item{ID: visitItemPrefix + i.Key, Label: t.text("visit.redo", "item", texts.Cut(i.Text, 30))})
	}
	t.ask(b.String(), items...)
}

func itemText(step workflow.Step, key string) string {
	for _, i := range step.Checklist {
		if i.Key == key {
			return i.Text
		}
	}
	return key
}

func (k visit) answer(ctx context.Context, t *turn, in input) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	step, _ := def.Step(c.Step)
	switch {
	case c.Stage == workflow.StageApprove:
		return k.answerApproval(ctx, t, c, step, in)
	case in.location != nil:
		return k.locate(ctx, t, c, step, *in.location)
	case len(in.files) > 0:
		return k.photograph(ctx, t, c, step, in.files)
	}
	return k.answerPart(ctx, t, c, step, in)
}

func (k visit) locate(ctx context.Context, t *turn, c workflow.Case, step workflow.Step, at bot.Location) error {
	result, ok, err := t.do(ctx, c.ID, step.Role, workflow.Locate{Place: workflow.Place{Lat: at.Lat, Lon: at.Lon}}, workflow.ProofNone)
	if err != nil || !ok {
		return err
	}
	v := result.Case.Visit
	last := v.Locations[len(v.Locations)-1]
	if last.Distance < 0 {
		t.say("visit.located_unknown", "at", calendar.Time(t.now))
	} else {
		t.say("visit.located", "at", calendar.Time(t.now), "distance", metres(last.Distance))
	}
	return k.ask(ctx, t)
}

func (k visit) photograph(ctx context.Context, t *turn, c workflow.Case, step workflow.Step, files []bot.File) error {
	var photos []workflow.Photo
	for _, f := range files {
		file, report, problem, err := t.takeFile(ctx, f, false)
		if err != nil {
			return err
		}
		if problem != "" {
			t.replyText(problem)
			continue
		}
		photos = append(photos, photoOf(file, report))
	}
	if len(photos) == 0 {
		return k.ask(ctx, t)
	}
	result, ok, err := t.do(ctx, c.ID, step.Role, workflow.Photograph{Photos: photos}, workflow.ProofNone)
	if err != nil || !ok {
		return err
	}
	withCamera := 0
	for _, p := range result.Case.Visit.Photos {
		if p.Place != nil && !p.Taken.IsZero() {
			withCamera++
		}
	}
	t.say("visit.photos_saved", "n", len(result.Case.Visit.Photos), "camera", withCamera)
	return k.ask(ctx, t)
}

// answerPart takes the answer to the part that was asked.
func (k visit) answerPart(ctx context.Context, t *turn, c workflow.Case, step workflow.Step, in input) error {
	d := t.data()
	item, _ := k.nextItem(d, c.Visit, step)
	done := in.choice == choiceDone || plain(in.text) == "selesai"
	switch {
	case len(c.Visit.Locations) == 0 && !d.Skipped[partLocation]:
		if in.choice == visitSkip {
			d.skip(partLocation)
			t.say("visit.location_missing")
		} else {
			t.say("visit.location_how")
		}
	case len(c.Visit.Findings) == 0 && !d.Skipped[partPhotos]:
		if done {
			d.skip(partPhotos)
		} else {
			t.say("visit.photos_how")
		}
	case item.Key != "":
		return k.find(ctx, t, c, step, item, in)
	case d.Answers[keyConclusion] == "":
		if note, ok := t.note(in.text); ok {
			d.set(keyConclusion, note)
		}
	case d.Answers[keyStatement] == "" && !d.Skipped[partStatement]:
		k.state(t, in)
	default:
		return k.answerReport(ctx, t, c, step, in)
	}
	return k.ask(ctx, t)
}

func (visit) state(t *turn, in input) {
	if in.choice == visitSkip {
		t.data().skip(partStatement)
		return
	}
	if note, ok := t.note(in.text); ok {
		t.data().set(keyStatement, note)
	}
}

// find records the finding on one line of the check table. A note is taken first,
// then the yes or no that it belongs to.
func (k visit) find(ctx context.Context, t *turn, c workflow.Case, step workflow.Step, item workflow.CheckItem, in input) error {
	d := t.data()
	said := plain(in.text)
	switch {
	case d.At == keyNote:
		if note, ok := t.note(in.text); ok {
			d.At = ""
			d.Note = note
		}
		return k.ask(ctx, t)
	case in.choice == visitNote:
		d.At = keyNote
		return k.ask(ctx, t)
	case in.choice != visitYes && in.choice != visitNo && said != "ya" && said != "tidak":
		t.say("common.choose")
		return k.ask(ctx, t)
	}
	act := workflow.Find{Item: item.Key, OK: in.choice == visitYes || said == "ya", Note: d.Note}
	if _, ok, err := t.do(ctx, c.ID, step.Role, act, workflow.ProofNone); err != nil || !ok {
		return err
	}
	d.Note, d.Edit = "", ""
	return k.ask(ctx, t)
}

func (k visit) answerReport(ctx context.Context, t *turn, c workflow.Case, step workflow.Step, in input) error {
	d := t.data()
	if key, ok := strings.CutPrefix(in.choice, visitItemPrefix); ok {
		d.Edit = key
		return k.ask(ctx, t)
	}
	switch in.choice {
	case visitMore:
		t.say("visit.send_photos")
		return nil
	case visitRedo:
		delete(d.Answers, keyConclusion)
		return k.ask(ctx, t)
	case visitReport:
		act := workflow.Report{Conclusion: d.Answers[keyConclusion], Statement: d.Answers[keyStatement]}
		if _, ok, err := t.do(ctx, c.ID, step.Role, act, workflow.ProofNone); err != nil || !ok {
			return err
		}
		return k.ask(ctx, t)
	}
	t.say("common.choose")
	return k.ask(ctx, t)
}
