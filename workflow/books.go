package workflow

import "slices"

// KeepsBooks tells whether a role keeps the office's registers, or is above one that does: the
// role that enters numbers.
func (s *SOP) KeepsBooks(role Role) bool {
	keeper := s.BookKeeper()
	return keeper != "" && (role == keeper || slices.Contains(s.Above(keeper), role))
}

// BookKeeper is the role that enters numbers in the registers; empty if no step does.
func (s *SOP) BookKeeper() Role {
	for _, st := range s.Steps {
		if st.Kind == KindNumber {
			return st.Role
		}
	}
	return ""
}
