package visit

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// FieldVisit is the dialogue at the field visit: location, photos, check table, conclusion, report. What
// was recorded is in the case, so that the visit goes on where it was even if
// pieces arrive late, twice or out of order, or another member carries on.
type FieldVisit struct {
	form.State // Answers: conclusion and statement; Skipped: parts; Edit: a line of the check table

	At   string `json:"at,omitempty"`
	Note string `json:"note,omitempty"` // taken before the finding that it belongs to
	Seen int    `json:"seen,omitempty"` // revision of the report that was shown
}

// Name implements [session.Dialogue].
func (*FieldVisit) Name() string { return "visit" }

// Ids of the choices of a visit, and keys of its skipped parts and answers.
const (
	choiceSkip    = "skip"
	choiceYes     = "yes"
	choiceNo      = "no"
	choiceNote    = "note"
	choiceReport  = "report"
	choiceMore    = "more"
	choiceRedo    = "redo"
	choiceAgree   = "agree"
	choiceRevise  = "revise"
	choiceAbsent  = "absent"
	partLocation  = "location"
	partPhotos    = "photos"
	partStatement = "statement"
	keyConclusion = "conclusion"
	keyStatement  = "statement"
	keyNote       = "note"
	atDayOff      = "day_off" // whether to begin on a day that nobody works

	choiceItem session.Keyed[string] = "i" // of the check table
)

// Go is the command kunjungan; without a case it takes the only visit that
// waits for the officer.
func Go(ctx context.Context, s *session.Session, arg string) error {
	if arg == "" && s.State.Open == nil {
		id, err := onlyVisit(ctx, s)
		if err != nil {
			return err
		}
		arg = string(id)
	}
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	if !c.Open() || step.Kind != workflow.KindVisit {
		s.Say("visit.not_now", "case", string(c.ID))
		return nil
	}
	return new(FieldVisit).Begin(ctx, s, c, step)
}

func onlyVisit(ctx context.Context, s *session.Session) (workflow.CaseID, error) {
	rows, err := tasks.Open(ctx, s, "", wording.Page)
	if err != nil {
		return "", err
	}
	var found workflow.CaseID
	for _, row := range rows {
		def, err := s.Env.Desk.Library.Get(ctx, row.SOP)
		if s.Unreadable(ctx, row.ID, err) {
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

// Begin implements [session.Work]: it begins the visit, or goes on with it.
func (k *FieldVisit) Begin(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step) error {
	if c.Visit == nil && c.Stage == workflow.StageWork {
		if !s.Env.Calendar.IsWorkingDay(s.Now) {
			k.At = atDayOff
			return s.BeginAt(ctx, k, c.ID, c.Step)
		}
		if err := k.start(ctx, s, c, step); err != nil {
			return err
		}
	}
	return s.BeginAt(ctx, k, c.ID, c.Step)
}

func (*FieldVisit) start(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step) error {
	if _, err := s.Do(ctx, c.ID, step.Role, workflow.StartVisit{}, workflow.ProofNone); err != nil {
		return err
	}
	s.Say("visit.started", "case", string(c.ID))
	return nil
}

// Ask implements [session.Dialogue].
func (k *FieldVisit) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	if c.Stage == workflow.StageApprove {
		return k.askApproval(s, c)
	}
	if k.At == atDayOff && c.Visit == nil {
		s.Ask(s.Text("visit.day_off", "day", calendar.Date(s.Now, s.Lang())),
			s.Choice(choiceYes, "visit.day_off_yes"), s.Choice("/batal", "menu.later"))
		return nil
	}
	step, _ := def.Step(c.Step)
	k.askPart(s, def, c, step)
	return nil
}

// TakesFiles implements [session.FileTaker]: photos of the field may come at any time of a visit.
func (k *FieldVisit) TakesFiles(_ context.Context, s *session.Session) bool { return s.Officer != nil }

// TakesWords implements [session.WordsTaker].
func (k *FieldVisit) TakesWords(ctx context.Context, s *session.Session, _ string) bool {
	def, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil || c.Step != s.State.Open.Step || c.Stage == workflow.StageApprove || c.Visit == nil {
		return false
	}
	step, _ := def.Step(c.Step)
	switch item, _ := k.nextItem(c.Visit, step); {
	case !c.Visit.Present() && !k.Skipped[partLocation], len(c.Visit.Findings) == 0 && !k.Skipped[partPhotos]:
		return false
	case item.Key != "":
		return k.At == keyNote
	}
	return k.Answers[keyConclusion] == "" || k.Answers[keyStatement] == "" && !k.Skipped[partStatement]
}

// askPart asks for the first part of the visit that is not there yet.
func (k *FieldVisit) askPart(s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step) {
	v := c.Visit
	if v == nil {
		v = &workflow.Visit{}
	}
	item, n := k.nextItem(v, step)
	switch {
	case !v.Present() && !k.Skipped[partLocation]:
		s.AskFor(bot.Message{Text: s.Text("visit.location"), Want: bot.WantLocation}, s.Choice(choiceSkip, "visit.no_location"))
	case len(v.Findings) == 0 && !k.Skipped[partPhotos]:
		s.AskFor(bot.Message{Text: s.Text("visit.photos"), Want: bot.WantFile}, s.Choice(form.ChoiceDone, "visit.photos_done"))
	case k.At == keyNote && item.Key != "":
		s.Ask(s.Text("visit.note", "item", item.Text), s.Choice("/batal", "menu.later"))
	case item.Key != "":
		s.Ask(s.Text("visit.item", "n", n, "total", len(step.Checklist), "item", item.Text),
			s.Choice(choiceYes, "visit.yes"), s.Choice(choiceNo, "visit.no"), s.Choice(choiceNote, "visit.with_note"))
	case k.Answers[keyConclusion] == "":
		k.Drop(s)
		s.Ask(s.Text("visit.conclusion"), s.Choice("/batal", "menu.later"))
	case k.HoldsWords():
		k.AskHeld(s, s.Text("field.conclusion"), s.Text("field.statement"), s.Text("visit.statement"))
	case k.Answers[keyStatement] == "" && !k.Skipped[partStatement]:
		s.Ask(s.Text("visit.statement"), s.Choice(choiceSkip, "form.skip"))
	default:
		k.askReport(s, def, c, step)
	}
}

// nextItem gives the line of the check table to ask, and its number: the one being
// answered anew, else the first without a finding.
func (k *FieldVisit) nextItem(v *workflow.Visit, step workflow.Step) (workflow.CheckItem, int) {
	found := map[string]bool{}
	for _, f := range v.Findings {
		found[f.Item] = true
	}
	for i, item := range step.Checklist {
		if k.Edit == item.Key || k.Edit == "" && !found[item.Key] {
			return item, i + 1
		}
	}
	return workflow.CheckItem{}, 0
}

// askReport shows what was recorded and asks whether the report may be made.
func (k *FieldVisit) askReport(s *session.Session, def *workflow.SOP, c workflow.Case, step workflow.Step) {
	v := c.Visit
	var b strings.Builder
	b.WriteString(s.Text("visit.summary", "locations", len(v.CheckIns), "photos", len(v.Photos)))
	if !v.Present() {
		b.WriteString("\n" + s.Text("visit.unproven"))
	}
	if n := doubtful(def, c, v.Photos); n > 0 {
		b.WriteString("\n" + s.Text("visit.doubtful", "n", n))
	}
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
	b.WriteString("\n\n" + s.Text("visit.concluded", "conclusion", k.Answers[keyConclusion]))
	if said := k.Answers[keyStatement]; said != "" {
		b.WriteString("\n" + s.Text("visit.stated", "statement", said))
	}
	items := []session.Choice{s.Choice(choiceReport, "visit.make_report"), s.Choice(choiceMore, "visit.more_photos"), s.Choice(choiceRedo, "visit.redo_conclusion")}
	for _, i := range step.Checklist {
		items = append(items, session.Choice{ID: choiceItem.ID(i.Key), Label: s.Text("visit.redo", "item", texts.Cut(i.Text, 30))})
	}
	s.Ask(b.String(), items...)
}

func itemText(step workflow.Step, key string) string {
	for _, i := range step.Checklist {
		if i.Key == key {
			return i.Text
		}
	}
	return key
}
