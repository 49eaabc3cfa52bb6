package workflow

// ForApplicant lists the letters that were given to the applicant, oldest first:
// clarifications, the receipt, the report that he is asked to approve, and the
// decision once it was sent or handed to him. Void letters and those not drawn yet are
// not among them.
func (c Case) ForApplicant(def *SOP) []Letter {
	var out []Letter
	for _, l := range c.Letters {
		if l.Status != LetterVoid && l.File.SHA256 != "" && given(def, l) {
			out = append(out, l)
		}
	}
	return out
}

func given(def *SOP, l Letter) bool {
	step, _ := def.Step(l.Step)
	switch {
	case l.Kind == LetterClarification, step.StartsService, step.Kind == KindVisit:
		return true
	case l.Received != nil:
		return true
	}
	return l.Sent != nil && l.Sent.Means == MeansChat
}
