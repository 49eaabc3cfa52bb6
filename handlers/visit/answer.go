package visit

import (
	"context"

	"izinbot/bot"
	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// Answer implements [session.Dialogue].
func (k *FieldVisit) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	if k.At == atDayOff {
		if begun, err := k.beginOnDayOff(ctx, s, c, step, in); !begun || err != nil {
			return err
		}
		if len(in.Files) == 0 && in.Location == nil {
			return k.Ask(ctx, s)
		}
	}
	switch {
	case c.Stage == workflow.StageApprove:
		return k.answerApproval(ctx, s, c, step, in)
	case in.Location != nil:
		return k.locate(ctx, s, c, step, *in.Location)
	case len(in.Files) > 0:
		return k.photograph(ctx, s, c, step, in)
	}
	return k.answerPart(ctx, s, c, step, in)
}

func (k *FieldVisit) locate(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step, at bot.Location) error {
	result, err := s.Do(ctx, c.ID, step.Role, locate(s, at), workflow.ProofNone)
	if err != nil {
		return err
	}
	v := result.Case.Visit
	sayLocated(s, v.CheckIns[len(v.CheckIns)-1], v.Present())
	return k.Ask(ctx, s)
}

func (k *FieldVisit) photograph(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step, in session.Input) error {
	var photos []workflow.Photo
	caption := k.caption(s, in.Text)
	for _, f := range in.Files {
		file, report, problem, err := form.TakeFile(ctx, s, f, nil)
		if err != nil {
			return err
		}
		if problem != "" {
			s.SayText(problem)
			continue
		}
		photo := photoOf(file, report)
		photo.Caption = caption
		photos = append(photos, photo)
	}
	if len(photos) == 0 {
		return k.Ask(ctx, s)
	}
	result, err := s.Do(ctx, c.ID, step.Role, workflow.Photograph{Photos: photos}, workflow.ProofNone)
	if err != nil {
		return err
	}
	withCamera := 0
	for _, p := range result.Case.Visit.Photos {
		if p.Coordinates != nil && !p.Taken.IsZero() {
			withCamera++
		}
	}
	if s.FilesFollow() {
		return nil // the last one is answered
	}
	s.Say("visit.photos_saved", "n", len(result.Case.Visit.Photos), "camera", withCamera, "caption", caption)
	sayDoubts(s, result.Def, result.Case, photos)
	return k.Ask(ctx, s)
}

// beginOnDayOff begins the visit on a day that nobody works once that was confirmed, be it by
// a location or a photo. Another member may have begun it meanwhile.
func (k *FieldVisit) beginOnDayOff(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step, in session.Input) (begun bool, err error) {
	if c.Visit == nil && in.Choice != choiceYes && len(in.Files) == 0 && in.Location == nil {
		return false, s.Choose(ctx)
	}
	k.At = ""
	if c.Visit != nil || c.Stage != workflow.StageWork {
		return true, nil
	}
	return true, k.start(ctx, s, c, step)
}

// answerPart takes the answer to the part that was asked.
func (k *FieldVisit) answerPart(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step, in session.Input) error {
	item, _ := k.nextItem(c.Visit, step)
	done := in.Choice == form.ChoiceDone || normalize.Plain(in.Text) == "selesai"
	switch {
	case !c.Visit.Present() && !k.Skipped[partLocation]:
		if in.Choice == choiceSkip {
			k.Skip(partLocation)
			s.Say("visit.location_missing")
		} else {
			s.Say("visit.location_how")
		}
	case len(c.Visit.Findings) == 0 && !k.Skipped[partPhotos]:
		if done {
			k.Skip(partPhotos)
		} else {
			s.Say("visit.photos_how")
		}
	case item.Key != "":
		return k.find(ctx, s, c, step, item, in)
	case k.Answers[keyConclusion] == "":
		if note, ok := form.Note(s, in); ok {
			k.Set(keyConclusion, note)
			k.Took(s, keyConclusion)
			s.Typed(keyConclusion)
		}
	case k.Answers[keyStatement] == "" && !k.Skipped[partStatement]:
		k.state(s, in)
	default:
		return k.answerReport(ctx, s, c, step, in)
	}
	return k.Ask(ctx, s)
}

func (k *FieldVisit) state(s *session.Session, in session.Input) {
	if k.HoldsWords() {
		in = form.Decided(in, s.Text("field.conclusion"), s.Text("field.statement"))
	} else if in.Choice == choiceSkip {
		k.Skip(partStatement)
		return
	}
	key, text, released := k.Released(in.Choice)
	switch {
	case released:
		in = session.Input{Text: text}
	case in.Choice == "" && k.Hold(s, in.Text, true, true), k.HoldsWords():
		return
	}
	note, ok := form.Note(s, in)
	switch {
	case ok && key == keyConclusion:
		k.Set(keyConclusion, note)
		s.Untyped(key) // it goes on
	case ok:
		k.Set(keyStatement, note)
		if s.Typed(keyStatement); released {
			s.Untyped(keyStatement)
		}
	case key == keyConclusion:
		delete(k.Answers, keyConclusion) // asked again, with all that was written
	}
}

// find records the finding on one line of the check table. A note is taken first,
// then the yes or no that it belongs to.
func (k *FieldVisit) find(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step, item workflow.CheckItem, in session.Input) error {
	said := normalize.Plain(in.Text)
	switch {
	case k.At == keyNote:
		if note, ok := form.Note(s, in); ok {
			k.At = ""
			k.Note = note
			s.Typed(keyNote + item.Key)
		}
		return k.Ask(ctx, s)
	case in.Choice == choiceNote:
		k.At = keyNote
		return k.Ask(ctx, s)
	case in.Choice != choiceYes && in.Choice != choiceNo && said != "ya" && said != "tidak":
		return s.Choose(ctx)
	}
	act := workflow.Find{Item: item.Key, OK: in.Choice == choiceYes || said == "ya", Note: k.Note}
	if _, err := s.Do(ctx, c.ID, step.Role, act, workflow.ProofNone); err != nil {
		return err
	}
	k.Note, k.Edit = "", ""
	return k.Ask(ctx, s)
}

func (k *FieldVisit) answerReport(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step, in session.Input) error {
	if key, ok := choiceItem.Parse(in.Choice); ok {
		k.Edit = key
		return k.Ask(ctx, s)
	}
	switch in.Choice {
	case choiceMore:
		s.Say("visit.send_photos")
		return nil
	case choiceRedo:
		delete(k.Answers, keyConclusion)
		return k.Ask(ctx, s)
	case choiceReport:
		act := workflow.Report{Conclusion: k.Answers[keyConclusion], Statement: k.Answers[keyStatement]}
		if _, err := s.Do(ctx, c.ID, step.Role, act, workflow.ProofNone); err != nil {
			return err
		}
		return k.Ask(ctx, s)
	}
	return s.Choose(ctx)
}
