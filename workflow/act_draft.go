package workflow

import "time"

// Draft makes or corrects the letter of the step, with the maker's paraf (draf).
type Draft struct {
	Fields Answers `json:"fields"`
}

func (Draft) name() string { return "draft" }

func (Draft) rule() rule { return rule{at: working(KindDraft), actor: byPerformer, proof: true} }

func (a Draft) apply(t *transition) error {
	if err := CheckAnswers(t.step.Fields, a.Fields); err != nil {
		return err
	}
	if err := t.checkValidity(a.Fields); err != nil {
		return err
	}
	kind := t.step.Letters[0]
	t.c.Current = t.make(LetterID(kind), kind, a.Fields, LetterDraft)
	t.c.Return = nil
	if err := t.edit(t.c.Current, func(l *Letter) { l.Initials = []Mark{t.mark()} }); err != nil {
		return err
	}
	return t.finish(OutcomeNext)
}

// checkValidity keeps a permit from outliving the papers it rests on.
func (t *transition) checkValidity(fields Answers) error {
	for _, f := range t.step.Fields {
		if f.Meaning != MeansValidUntil || fields[f.Key] == "" {
			continue
		}
		until := fields[f.Key]
		if until <= t.now.In(WIB()).Format(time.DateOnly) {
			return Refuse(CodeInvalid, f.Key)
		}
		if latest := t.c.ValidAtMost(); latest != "" && until > latest {
			return &Error{Code: CodeInvalid, Field: f.Key, At: latest}
		}
	}
	return nil
}

// ValidAtMost gives the earliest day (2006-01-02) on which a paper that the
// permit rests on expires, or "" if none does.
func (c Case) ValidAtMost() string {
	latest := ""
	for _, d := range c.Documents {
		if d.Expiry != "" && d.Expiry != NoExpiry && (latest == "" || d.Expiry < latest) {
			latest = d.Expiry
		}
	}
	return latest
}
