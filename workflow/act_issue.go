package workflow

// LetterRetribution is the SKRD, made only where the tariff is above zero (rule 6).
const LetterRetribution LetterKind = "skrd"

// Issue fills in the step's fields, makes its letters and ends it (terbitkan).
type Issue struct {
	Fields Answers `json:"fields,omitempty"`
}

func (Issue) name() string { return "issue" }

func (Issue) rule() rule { return rule{at: working(KindIssue), actor: byPerformer} }

func (a Issue) apply(t *transition) error {
	if err := CheckAnswers(t.step.Fields, a.Fields); err != nil {
		return err
	}
	for _, kind := range t.step.Letters {
		if kind == LetterRetribution && t.def.Tariff == 0 {
			continue
		}
		if err := t.enrol(t.make(LetterID(kind), kind, a.Fields, LetterFinal)); err != nil {
			return err
		}
	}
	return t.finish(OutcomeNext)
}
