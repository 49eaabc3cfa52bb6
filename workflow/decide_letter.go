package workflow

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// LetterRetribution is the SKRD, made only where the tariff is above zero (rule 6).
const LetterRetribution LetterKind = "skrd"

// make adds a letter, or draws its next revision if it is there already: fields
// and paraf are new, a number once taken stays (rules 4 and 5).
func (m *move) make(id LetterID, kind LetterKind, fields Answers, status LetterStatus) LetterID {
	letter := Letter{ID: id, Kind: kind, Step: m.step.No, Revision: 1, Status: status, Fields: fields, Made: m.mark()}
	i := slices.IndexFunc(m.c.Letters, func(l Letter) bool { return l.ID == id })
	if i < 0 {
		m.c.Letters = append(m.c.Letters, letter)
	} else {
		letter.Revision = m.c.Letters[i].Revision + 1
		letter.Number = m.c.Letters[i].Number
		m.c.Letters[i] = letter
	}
	m.draw(id)
	return id
}

func (m *move) draw(id LetterID) {
	if !slices.Contains(m.redraw, id) {
		m.redraw = append(m.redraw, id)
	}
}

// edit changes a letter in the copy of the case and has it drawn anew.
func (m *move) edit(id LetterID, change func(*Letter)) error {
	i := slices.IndexFunc(m.c.Letters, func(l Letter) bool { return l.ID == id })
	if i < 0 {
		return Refuse(CodeNotFound, "letter")
	}
	change(&m.c.Letters[i])
	m.draw(id)
	return nil
}

func (m *move) issue(a Issue) error {
	if err := CheckAnswers(m.step.Fields, a.Fields); err != nil {
		return err
	}
	for _, kind := range m.step.Letters {
		if kind == LetterRetribution && m.def.Tariff == 0 {
			continue
		}
		if err := m.enrol(m.make(LetterID(kind), kind, a.Fields, LetterFinal)); err != nil {
			return err
		}
	}
	return m.finish(OutcomeNext)
}

// enrol numbers a letter that goes through no signature step of its own and enters
// it at once, if its kind has a register.
func (m *move) enrol(id LetterID) error {
	if err := m.takeNumber(id); err != nil {
		return err
	}
	if l, _ := m.c.Letter(id); l.Number != nil && l.Recorded == nil {
		m.release(id)
	}
	return nil
}

func (m *move) propose(a Propose) error {
	if err := CheckAnswers(m.step.Fields, a.Fields); err != nil {
		return err
	}
	fields, err := m.withTeam(a)
	if err != nil {
		return err
	}
	for _, kind := range m.step.Letters {
		id := m.make(LetterID(kind), kind, fields, LetterDraft)
		if err := m.takeNumber(id); err != nil {
			return err
		}
	}
	m.c.Stage, m.c.Holder, m.c.Return = StageSign, nil, nil
	m.tell(Notice{Role: m.step.Signer, Key: "task.new"})
	return nil
}

// TeamNamesField is the key under which a letter keeps the team's officers as the
// lines "name | rank | NIP | title" that it prints.
const TeamNamesField = "tim_nama"

// withTeam adds the lines of the team to the fields, so that the letters need no
// directory of officers.
func (m *move) withTeam(a Propose) (Answers, error) {
	field, ids := m.named(a.Fields)
	if len(ids) != len(a.Team) {
		return nil, Refuse(CodeInvalid, field)
	}
	if len(ids) == 0 {
		return a.Fields, nil
	}
	lines := make([]string, len(ids))
	for i, t := range a.Team {
		if string(t.Officer) != ids[i] || slices.Contains(ids[:i], ids[i]) {
			return nil, Refuse(CodeInvalid, field)
		}
		lines[i] = strings.Join([]string{t.Name, t.Rank, t.NIP, t.Title}, " | ")
	}
	fields := maps.Clone(a.Fields)
	fields[TeamNamesField] = strings.Join(lines, "\n")
	return fields, nil
}

// named gives the officers that the step's fields name, and the last such field.
func (m *move) named(fields Answers) (field string, ids []string) {
	for _, f := range m.step.Fields {
		if f.Type == FieldOfficers {
			field, ids = f.Key, append(ids, strings.Fields(fields[f.Key])...)
		}
	}
	return field, ids
}

func (m *move) draft(a Draft) error {
	if err := CheckAnswers(m.step.Fields, a.Fields); err != nil {
		return err
	}
	if err := m.checkValidity(a.Fields); err != nil {
		return err
	}
	kind := m.step.Letters[0]
	m.c.Current = m.make(LetterID(kind), kind, a.Fields, LetterDraft)
	m.c.Return = nil
	if err := m.edit(m.c.Current, func(l *Letter) { l.Initials = []Mark{m.mark()} }); err != nil {
		return err
	}
	return m.finish(OutcomeNext)
}

// checkValidity keeps a permit from outliving the papers it rests on.
func (m *move) checkValidity(fields Answers) error {
	for _, f := range m.step.Fields {
		if f.Meaning != MeansValidUntil || fields[f.Key] == "" {
			continue
		}
		until := fields[f.Key]
		if until <= m.now.In(WIB()).Format(time.DateOnly) {
			return Refuse(CodeInvalid, f.Key)
		}
		if latest := m.c.ValidAtMost(); latest != "" && until > latest {
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
		if d.Expiry != "" && (latest == "" || d.Expiry < latest) {
			latest = d.Expiry
		}
	}
	return latest
}

// takeNumber gives a letter its reserved number when it goes up for signature
// (rule 5). Without one the move is refused with [CodeNumber]; Field is the
// letter and the caller reserves the number and tries again.
func (m *move) takeNumber(id LetterID) error {
	l, ok := m.c.Letter(id)
	if !ok {
		return Refuse(CodeNotFound, "letter")
	}
	def, _ := m.def.Letter(l.Kind)
	if def.Register == "" || l.Number != nil {
		return nil
	}
	n, ok := m.cmd.Numbers[id]
	if !ok || n.Register != def.Register || n.Seq < 1 || blank(n.Text) {
		return Refuse(CodeNumber, string(id))
	}
	m.numbers = append(m.numbers, NumberChange{Letter: id, Number: n, Status: NumberReserved})
	return m.edit(id, func(l *Letter) { l.Number = &n })
}

// seen refuses a mark on a revision of the letter that the actor was not shown.
func (m *move) seen(id LetterID, revision int) error {
	if l, ok := m.c.Letter(id); ok && revision != 0 && l.Revision != revision {
		return Refuse(CodeChanged, "")
	}
	return nil
}

func (m *move) initial(a Initial) error {
	if err := m.seen(m.c.Current, a.Seen); err != nil {
		return err
	}
	if err := m.edit(m.c.Current, func(l *Letter) { l.Initials = append(slices.Clip(l.Initials), m.mark()) }); err != nil {
		return err
	}
	return m.finish(OutcomeNext)
}

func (m *move) sign(a Sign) error {
	ids := []LetterID{m.c.Current}
	if m.step.Kind == KindCoordinate {
		ids = nil
		for _, kind := range m.step.Letters {
			ids = append(ids, LetterID(kind))
		}
	}
	mark := m.mark()
	for _, id := range ids {
		if err := m.seen(id, a.Seen); err != nil {
			return err
		}
		if err := m.edit(id, func(l *Letter) { l.Signed, l.Status = &mark, LetterFinal }); err != nil {
			return err
		}
		if m.step.Kind == KindCoordinate || !m.hasStep(KindNumber) {
			m.release(id)
		}
	}
	return m.finish(OutcomeNext)
}

func (m *move) hasStep(kind Kind) bool {
	return slices.ContainsFunc(m.def.Steps, func(s Step) bool { return s.Kind == kind })
}

// release makes the number of a signed letter an issued one.
func (m *move) release(id LetterID) {
	i := slices.IndexFunc(m.c.Letters, func(l Letter) bool { return l.ID == id })
	m.c.Letters[i].Status = LetterReleased
	if n := m.c.Letters[i].Number; n != nil {
		mark := m.mark()
		m.c.Letters[i].Recorded = &mark
		m.numbers = append(m.numbers, NumberChange{Letter: id, Number: *n, Status: NumberIssued})
	}
}

// giveBack returns a draft to its maker, who must correct it; the paraf chain
// starts again (rule 4).
func (m *move) giveBack(a Return) error {
	note, err := required(a.Note)
	if err != nil {
		return err
	}
	id := m.c.Current
	if m.step.Kind == KindCoordinate {
		id = LetterID(m.step.Letters[0])
	}
	letter, ok := m.c.Letter(id)
	if !ok {
		return Refuse(CodeNotFound, "letter")
	}
	m.c.Return = &Note{Text: note, By: m.cmd.Actor, At: m.now}
	if m.step.Kind == KindCoordinate {
		m.c.Stage = StageWork
	} else if err := m.finish(OutcomeReturned); err != nil {
		return err
	}
	m.c.Holder = m.held(letter.Made.By)
	m.tell(Notice{Officer: letter.Made.By.Officer, Key: "task.returned", Note: m.c.Return.Text})
	return nil
}

func (m *move) record() error {
	letter, ok := m.c.Letter(m.c.Current)
	if !ok || letter.Signed == nil {
		return Refuse(CodeNotFound, "letter")
	}
	m.release(letter.ID)
	return m.finish(OutcomeNext)
}

func (m *move) deliver(a Deliver) error {
	if a.Means != MeansChat && a.Means != MeansCounter {
		return Refuse(CodeInvalid, "means")
	}
	if err := m.dispatch(a.Means); err != nil {
		return err
	}
	return m.finish(OutcomeNext)
}

func (m *move) dispatch(means Means) error {
	i := slices.IndexFunc(m.c.Letters, func(l Letter) bool { return l.ID == m.c.Current })
	if i < 0 {
		return Refuse(CodeNotFound, "letter")
	}
	m.c.Letters[i].Sent = &Dispatch{Means: means, Mark: m.mark()}
	return nil
}

// sentAnyway sends the letter in the chat where the procedure has no step for
// its delivery.
func (m *move) sentAnyway() {
	l, ok := m.c.Letter(m.c.Current)
	if !ok || l.Sent != nil {
		return
	}
	if m.dispatch(MeansChat) == nil {
		m.tell(Notice{Person: m.c.Applicant, Key: "told.dikirim", Letters: []LetterID{l.ID}})
	}
}

func (m *move) handDeliver(a HandDeliver) error {
	recipient, err := optional(a.Recipient, "recipient")
	switch {
	case err != nil:
		return err
	case recipient == "":
		return Refuse(CodeIncomplete, "recipient")
	case !a.IdentityChecked:
		return Refuse(CodeIncomplete, "identity_checked")
	}
	return m.receive(Receipt{Recipient: recipient, IdentityChecked: true, Means: MeansCounter, Mark: m.mark()})
}

func (m *move) receive(r Receipt) error {
	i := slices.IndexFunc(m.c.Letters, func(l Letter) bool { return l.ID == m.c.Current })
	if i < 0 {
		return Refuse(CodeNotFound, "letter")
	}
	m.c.Letters[i].Received = &r
	return m.finish(OutcomeNext)
}
