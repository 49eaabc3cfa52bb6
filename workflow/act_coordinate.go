package workflow

import (
	"maps"
	"slices"
	"strings"
)

// TeamNamesField is the key under which a letter keeps the team's officers as the
// lines "name | rank | NIP | title" that it prints.
const TeamNamesField = "tim_nama"

// Propose sends the step's letters up to its Signer (koordinasi). Team are the officers
// named in the fields, in the same order, as the letters print them.
type Propose struct {
	Fields Answers `json:"fields"`
	Team   []Actor `json:"team,omitempty"`
}

func (Propose) name() string { return "propose" }

func (Propose) rule() rule {
	return rule{at: working(KindCoordinate), actor: byPerformer, done: (*transition).proposed}
}

func (a Propose) apply(t *transition) error {
	if err := CheckAnswers(t.step.Fields, a.Fields); err != nil {
		return err
	}
	fields, err := t.withTeam(a)
	if err != nil {
		return err
	}
	for _, kind := range t.step.Letters {
		id := t.make(LetterID(kind), kind, fields, LetterDraft)
		if err := t.takeNumber(id); err != nil {
			return err
		}
	}
	t.c.Stage, t.c.Holder, t.c.Return = StageSign, nil, nil
	t.tell(Notice{Role: t.step.Signer, Key: "task.new"})
	return nil
}

// proposed finds who sent the letters up that are with the Signer now.
func (t *transition) proposed(r rule) (Mark, bool) {
	if t.c.Stage == StageSign && t.officerAs(t.step.Role) {
		l, ok := t.c.Letter(LetterID(t.step.Letters[0]))
		return l.Made, ok
	}
	return t.lastRun(r)
}

// withTeam adds the lines of the team to the fields, so that the letters need no
// directory of officers.
func (t *transition) withTeam(a Propose) (Answers, error) {
	field, ids := t.named(a.Fields)
	if len(ids) != len(a.Team) {
		return nil, Refuse(CodeInvalid, field)
	}
	if len(ids) == 0 {
		return a.Fields, nil
	}
	lines := make([]string, len(ids))
	for i, member := range a.Team {
		if string(member.Officer) != ids[i] || slices.Contains(ids[:i], ids[i]) {
			return nil, Refuse(CodeInvalid, field)
		}
		lines[i] = strings.Join([]string{member.Name, member.Rank, member.NIP, member.Title}, " | ")
	}
	fields := maps.Clone(a.Fields)
	fields[TeamNamesField] = strings.Join(lines, "\n")
	return fields, nil
}

// named gives the officers that the step's fields name, and the last such field.
func (t *transition) named(fields Answers) (field string, ids []string) {
	for _, f := range t.step.Fields {
		if f.Type == FieldOfficers {
			field, ids = f.Key, append(ids, strings.Fields(fields[f.Key])...)
		}
	}
	return field, ids
}
