package workflow

import "slices"

// Initial is the paraf (paraf). Seen is the letter's revision that the officer was
// shown; a newer one is not initialled unseen. 0: any.
type Initial struct {
	Seen int `json:"seen,omitempty"`
}

func (Initial) name() string { return "initial" }

func (Initial) rule() rule { return rule{at: working(KindInitial), actor: byPerformer, proof: true} }

func (a Initial) apply(t *transition) error {
	if err := t.seen(t.c.Current, a.Seen); err != nil {
		return err
	}
	if err := t.edit(t.c.Current, func(l *Letter) { l.Initials = append(slices.Clip(l.Initials), t.mark()) }); err != nil {
		return err
	}
	return t.finish(OutcomeNext)
}

// Sign is the signature (tandatangan, and koordinasi by its Signer). Seen is as in
// [Initial].
type Sign struct {
	Seen int `json:"seen,omitempty"`
}

func (Sign) name() string { return "sign" }

func (Sign) rule() rule {
	return rule{at: []position{{KindSign, StageWork}, {KindCoordinate, StageSign}}, actor: byPerformer, proof: true}
}

func (a Sign) apply(t *transition) error {
	ids := []LetterID{t.c.Current}
	if t.step.Kind == KindCoordinate {
		ids = nil
		for _, kind := range t.step.Letters {
			ids = append(ids, LetterID(kind))
		}
	}
	mark := t.mark()
	for _, id := range ids {
		if err := t.seen(id, a.Seen); err != nil {
			return err
		}
		if err := t.edit(id, func(l *Letter) { l.Signed, l.Status = &mark, LetterFinal }); err != nil {
			return err
		}
		if t.step.Kind == KindCoordinate || !t.hasStep(KindNumber) {
			t.release(id)
		}
	}
	return t.finish(OutcomeNext)
}

func (t *transition) hasStep(kind Kind) bool {
	return slices.ContainsFunc(t.def.Steps, func(s Step) bool { return s.Kind == kind })
}

// Return sends a draft back to its maker, who must correct it; the paraf chain starts
// again (rule 4).
type Return struct {
	Note string `json:"note"`
}

func (Return) name() string { return "return" }

func (Return) rule() rule {
	return rule{
		at:    []position{{KindSign, StageWork}, {KindInitial, StageWork}, {KindCoordinate, StageSign}},
		actor: byPerformer, done: (*transition).lastRunOrReturn,
	}
}

func (a Return) apply(t *transition) error {
	note, err := required(a.Note)
	if err != nil {
		return err
	}
	id := t.c.Current
	if t.step.Kind == KindCoordinate {
		id = LetterID(t.step.Letters[0])
	}
	letter, ok := t.c.Letter(id)
	if !ok {
		return Refuse(CodeNotFound, "letter")
	}
	t.c.Return = &Note{Text: note, By: t.cmd.Actor, At: t.now}
	if t.step.Kind == KindCoordinate {
		t.c.Stage = StageWork
	} else if err := t.finish(OutcomeReturned); err != nil {
		return err
	}
	t.c.Holder = t.held(letter.Made.By)
	t.tell(Notice{Officer: letter.Made.By.Officer, Key: "task.returned", Note: t.c.Return.Text})
	return nil
}

// seen refuses a mark on a revision of the letter that the actor was not shown.
func (t *transition) seen(id LetterID, revision int) error {
	if l, ok := t.c.Letter(id); ok && revision != 0 && l.Revision != revision {
		return Refuse(CodeChanged, "")
	}
	return nil
}
