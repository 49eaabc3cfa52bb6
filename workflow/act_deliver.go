package workflow

import "slices"

// Record enters the letter in its register and releases it (nomor).
type Record struct{}

func (Record) name() string { return "record" }

func (Record) rule() rule { return rule{at: working(KindNumber), actor: byPerformer} }

func (Record) apply(t *transition) error {
	letter, ok := t.c.Letter(t.c.Current)
	if !ok || letter.Signed == nil {
		return Refuse(CodeNotFound, "letter")
	}
	t.release(letter.ID)
	return t.finish(OutcomeNext)
}

// Deliver sends the letter off (sampaikan).
type Deliver struct {
	Means Means `json:"means"`
}

func (Deliver) name() string { return "deliver" }

func (Deliver) rule() rule { return rule{at: working(KindDeliver), actor: byPerformer} }

func (a Deliver) apply(t *transition) error {
	if a.Means != MeansChat && a.Means != MeansCounter {
		return Refuse(CodeInvalid, "means")
	}
	if err := t.dispatch(a.Means); err != nil {
		return err
	}
	return t.finish(OutcomeNext)
}

func (t *transition) dispatch(means Means) error {
	i := slices.IndexFunc(t.c.Letters, func(l Letter) bool { return l.ID == t.c.Current })
	if i < 0 {
		return Refuse(CodeNotFound, "letter")
	}
	t.c.Letters[i].Sent = &Dispatch{Means: means, Mark: t.mark()}
	return nil
}

// sentAnyway sends the letter in the chat where the procedure has no step for
// its delivery.
func (t *transition) sentAnyway() {
	l, ok := t.c.Letter(t.c.Current)
	if !ok || l.Sent != nil {
		return
	}
	if t.dispatch(MeansChat) == nil {
		t.tell(Notice{Person: t.c.Applicant, Key: "told.dikirim", Letters: []LetterID{l.ID}})
	}
}

// Receive confirms the receipt of the delivered letter, by the applicant (terima).
type Receive struct{}

func (Receive) name() string { return "receive" }

func (Receive) rule() rule { return rule{at: working(KindReceive), actor: byApplicant} }

// A letter that is collected at the counter is received there alone.
func (Receive) apply(t *transition) error {
	if l, ok := t.c.Letter(t.c.Current); ok && l.AtCounter() {
		return Refuse(CodeForbidden, string(t.deliverer()))
	}
	return t.receive(Receipt{Recipient: t.cmd.Actor.Name, Means: MeansChat, Mark: t.mark()})
}

// HandDeliver records a receipt at the counter, by the role that delivered (terima).
type HandDeliver struct {
	Recipient       string `json:"recipient"`
	Identity        string `json:"identity,omitempty"` // the document that was shown
	IdentityChecked bool   `json:"identity_checked"`
}

func (HandDeliver) name() string { return "hand_deliver" }

func (HandDeliver) rule() rule {
	return rule{at: working(KindReceive), actor: byDeliverer, shared: true}
}

func (a HandDeliver) apply(t *transition) error {
	recipient, err := optional(a.Recipient, "recipient")
	switch {
	case err != nil:
		return err
	case recipient == "":
		return Refuse(CodeIncomplete, "recipient")
	case !a.IdentityChecked:
		return Refuse(CodeIncomplete, "identity_checked")
	}
	identity, err := optional(a.Identity, "identity_checked")
	if err != nil {
		return err
	}
	return t.receive(Receipt{Recipient: recipient, Identity: identity, IdentityChecked: true, Means: MeansCounter, Mark: t.mark()})
}

func (t *transition) receive(r Receipt) error {
	i := slices.IndexFunc(t.c.Letters, func(l Letter) bool { return l.ID == t.c.Current })
	if i < 0 {
		return Refuse(CodeNotFound, "letter")
	}
	t.c.Letters[i].Received = &r
	return t.finish(OutcomeNext)
}
