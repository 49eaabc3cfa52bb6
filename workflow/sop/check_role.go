package sop

import (
	"slices"

	"izinbot/workflow"
)

func (s *source) role(name workflow.Role) bool {
	return slices.ContainsFunc(s.roles, func(r row[workflow.RoleDef]) bool { return r.v.Role == name })
}

// officer reports a role that is no officer's.
func (s *source) officer(t *table, key string, role workflow.Role) {
	switch {
	case role == "":
	case !s.role(role):
		t.fault(t.at(key), "“%s”: peran “%s” tidak ada pada daftar “peran”", key, role)
	case role == workflow.RoleApplicant:
		t.fault(t.at(key), "“%s” tidak boleh pemohon", key)
	}
}

func (s *source) checkRoles() {
	unique(s.roles, "kunci", func(r workflow.RoleDef) string { return string(r.Role) })
	if len(s.roles) > 0 && !s.role(workflow.RoleApplicant) {
		s.top.fault(s.top.at("peran"), "peran “%s” belum ada", workflow.RoleApplicant)
	}
	var heads []row[workflow.RoleDef]
	circular := false
	for _, r := range s.roles {
		switch {
		case r.v.Role == workflow.RoleApplicant:
			s.checkApplicant(r)
			continue
		case r.v.Superior == "":
			heads = append(heads, r)
		case s.circular(r.v.Role):
			r.fault(r.at("atasan"), "rantai atasan berputar kembali ke “%s”", r.v.Role)
			circular = true
		}
		s.checkOfficer(r)
	}
	if len(heads) == 0 && len(s.roles) > 1 && !circular {
		s.top.fault(s.top.at("peran"), "tidak ada kepala kantor: tepat satu peran tidak mempunyai atasan")
	}
	s.checkHeads(heads)
}

func (s *source) checkApplicant(r row[workflow.RoleDef]) {
	if r.v.Superior != "" {
		r.fault(r.at("atasan"), "pemohon tidak mempunyai atasan")
	}
}

func (s *source) checkOfficer(r row[workflow.RoleDef]) {
	if r.v.Role == workflow.RoleAdmin || r.v.Role == workflow.RoleSystem {
		r.fault(r.at("kunci"), "peran “%s” sudah dipakai program", r.v.Role)
	}
	r.must("jabatan")
	s.officer(r.table, "atasan", r.v.Superior)
}

// checkHeads: one role has no superior, the head of the office. Of several, the
// one who signs is taken for the head; if that does not single one out, all are
// reported, because nobody but the office can tell.
func (s *source) checkHeads(heads []row[workflow.RoleDef]) {
	if len(heads) < 2 {
		return
	}
	signs := func(r row[workflow.RoleDef]) bool {
		return slices.ContainsFunc(s.steps, func(st *step) bool {
			return st.Role == r.v.Role && st.Kind == workflow.KindSign
		})
	}
	if others := slices.DeleteFunc(slices.Clone(heads), signs); len(others) == len(heads)-1 {
		heads = others
	}
	for _, r := range heads {
		r.fault(r.line, "“atasan” belum diisi; hanya kepala kantor yang tidak mempunyai atasan")
	}
}

// circular tells whether a role is its own superior, near or far.
func (s *source) circular(role workflow.Role) bool {
	if role == "" {
		return false
	}
	superior := map[workflow.Role]workflow.Role{}
	for _, r := range s.roles {
		superior[r.v.Role] = r.v.Superior
	}
	up := superior[role]
	for range s.roles {
		if up == role {
			return true
		}
		up = superior[up]
	}
	return false
}
