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

// Name gives what the letter is in a language.
func (d LetterDef) Name(lang Lang) string { return Text{ID: d.Title, EN: d.English}.In(lang) }

// Signatory is the role that will sign a letter which is made at a step: the step's own signer,
// or that of the signature to which its way leads. It is zero if nobody signs it.
func (s *SOP) Signatory(step Step) RoleDef {
	role := step.Signer
	for range s.Steps { // as many at most: a drawn procedure may have loops
		if role != "" {
			break
		}
		if step.Kind == KindSign {
			role = step.Role
		}
		next, ok := step.Branch(OutcomeNext)
		if !ok {
			break
		}
		if step, ok = s.Step(next.To); !ok {
			break
		}
	}
	def, _ := s.RoleDef(role)
	return def
}
