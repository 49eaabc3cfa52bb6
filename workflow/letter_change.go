package workflow

import "slices"

// make adds a letter, or draws its next revision if it is there already: fields
// and paraf are new, a number once taken stays (rules 4 and 5).
func (t *transition) make(id LetterID, kind LetterKind, fields Answers, status LetterStatus) LetterID {
	letter := Letter{ID: id, Kind: kind, Step: t.step.No, Revision: 1, Status: status, Fields: fields, Made: t.mark()}
	i := slices.IndexFunc(t.c.Letters, func(l Letter) bool { return l.ID == id })
	if i < 0 {
		t.c.Letters = append(t.c.Letters, letter)
	} else {
		letter.Revision = t.c.Letters[i].Revision + 1
		letter.Number = t.c.Letters[i].Number
		t.c.Letters[i] = letter
	}
	t.draw(id)
	return id
}

func (t *transition) draw(id LetterID) {
	if !slices.Contains(t.redraw, id) {
		t.redraw = append(t.redraw, id)
	}
}

// edit changes a letter in the copy of the case and has it drawn anew.
func (t *transition) edit(id LetterID, change func(*Letter)) error {
	i := slices.IndexFunc(t.c.Letters, func(l Letter) bool { return l.ID == id })
	if i < 0 {
		return Refuse(CodeNotFound, "letter")
	}
	change(&t.c.Letters[i])
	t.draw(id)
	return nil
}

// takeNumber gives a letter its reserved number when it goes up for signature (rule 5).
// A command without one is refused; callers ask [NumbersNeeded] first.
func (t *transition) takeNumber(id LetterID) error {
	l, ok := t.c.Letter(id)
	if !ok {
		return Refuse(CodeNotFound, "letter")
	}
	def, _ := t.def.Letter(l.Kind)
	if def.Register == "" || l.Number != nil || !blank(l.Fields[OwnNumberField]) {
		return nil
	}
	n, ok := t.cmd.Numbers[id]
	if !ok || n.Register != def.Register || n.Seq <= 0 || blank(n.Text) {
		if !t.asking {
			return Refuse(CodeInvalid, "numbers")
		}
		t.needed = append(t.needed, id)
	}
	t.numbers = append(t.numbers, NumberChange{Letter: id, Number: n, Status: NumberReserved})
	return t.edit(id, func(l *Letter) { l.Number = &n })
}

// enrol numbers a letter that goes through no signature step of its own and enters
// it at once, if its kind has a register.
func (t *transition) enrol(id LetterID) error {
	if err := t.takeNumber(id); err != nil {
		return err
	}
	if l, _ := t.c.Letter(id); l.Number != nil && l.Recorded == nil {
		t.release(id)
	}
	return nil
}

// release makes the number of a signed letter an issued one.
func (t *transition) release(id LetterID) {
	i := slices.IndexFunc(t.c.Letters, func(l Letter) bool { return l.ID == id })
	t.c.Letters[i].Status = LetterReleased
	if n := t.c.Letters[i].Number; n != nil {
		mark := t.mark()
		t.c.Letters[i].Recorded = &mark
		t.numbers = append(t.numbers, NumberChange{Letter: id, Number: *n, Status: NumberIssued})
	}
}
