package workflow

import "slices"

// Personal tells whether the answer identifies a person. It is shown in full only to
// roles for which [SOP.SeesIdentity] holds.
func (f Field) Personal() bool { return f.Meaning == MeansIDNumber }

// SeesIdentity tells whether a role needs the applicant's identity number and identity
// documents: it checks the documents, visits the place, or oversees a role that does.
func (s *SOP) SeesIdentity(role Role) bool {
	return s.worksWithIdentity(role) || s.OverseesIdentity(role)
}

// OverseesIdentity tells whether a role is the head of the office, or above a role that
// works with the applicant's identity: it may see who was shown it.
func (s *SOP) OverseesIdentity(role Role) bool {
	if role == "" || role == s.Head() {
		return role != ""
	}
	return slices.ContainsFunc(s.Roles, func(r RoleDef) bool {
		return s.worksWithIdentity(r.Role) && slices.Contains(s.Above(r.Role), role)
	})
}

// worksWithIdentity tells whether a step of the role checks the documents or visits the
// place.
func (s *SOP) worksWithIdentity(role Role) bool {
	return slices.ContainsFunc(s.Steps, func(st Step) bool {
		return st.Role == role && (st.Kind == KindCheck || st.Kind == KindVisit)
	})
}

// MaskIdentity hides an identity number but for its first and its last two characters:
// "X••••00". Its length is not told; a number of fewer than six characters is hidden
// as a whole.
func MaskIdentity(number string) string {
	const dots = "••••"
	r := []rune(number)
	if len(r) < 6 {
		return dots
	}
	return string(r[:1]) + dots + string(r[len(r)-2:])
}
