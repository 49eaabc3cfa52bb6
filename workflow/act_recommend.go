package workflow

// Recommend ends the assessment (rekomendasi).
type Recommend struct {
	Outcome Outcome `json:"outcome"`
	Fields  Answers `json:"fields,omitempty"`
}

func (Recommend) name() string { return "recommend" }

func (Recommend) rule() rule {
	return rule{at: working(KindRecommend), actor: byPerformer, proof: true}
}

func (a Recommend) apply(t *transition) error {
	if a.Outcome != OutcomeRecommended && a.Outcome != OutcomeNotRecommended {
		return Refuse(CodeInvalid, "outcome")
	}
	if err := CheckAnswers(t.step.Fields, a.Fields); err != nil {
		return err
	}
	if a.Outcome == OutcomeNotRecommended {
		if err := t.needReasons(a.Fields); err != nil {
			return err
		}
	}
	mark := t.mark()
	t.c.Recommendation = &Recommendation{Outcome: a.Outcome, Fields: a.Fields, Mark: mark}
	for _, kind := range t.step.Letters {
		id := t.make(LetterID(kind), kind, a.Fields, LetterFinal)
		if err := t.edit(id, func(l *Letter) { l.Signed = &mark }); err != nil {
			return err
		}
		if err := t.enrol(id); err != nil {
			return err
		}
	}
	return t.finish(a.Outcome)
}

// needReasons makes a refusal name its reasons even where the field is optional.
func (t *transition) needReasons(fields Answers) error {
	for _, f := range t.step.Fields {
		if f.Type == FieldReasons && blank(fields[f.Key]) {
			return Refuse(CodeIncomplete, f.Key)
		}
	}
	return nil
}
