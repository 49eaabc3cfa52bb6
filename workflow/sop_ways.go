package workflow

import "slices"

// EndFrom gives the end to which the way from a step leads without a choice on it; "" while
// the end is open.
func (s *SOP) EndFrom(no int) string {
	for range s.Steps {
		step, _ := s.Step(no)
		branch, ok := step.Branch(OutcomeNext)
		if !ok || branch.End != "" {
			return branch.End
		}
		no = branch.To
	}
	return ""
}

// Confirms tells whether one of the roles does acts that a one-time code confirms: paraf and
// signatures.
func (s *SOP) Confirms(roles []Role) bool {
	marks := []Kind{KindDraft, KindRecommend, KindInitial, KindSign}
	return slices.ContainsFunc(s.Steps, func(step Step) bool {
		return slices.Contains(marks, step.Kind) && slices.Contains(roles, step.Role) || slices.Contains(roles, step.Signer)
	})
}

// Name gives the step's activity in a language.
func (s Step) Name(lang Lang) string { return Text{ID: s.Activity, EN: s.English}.In(lang) }
