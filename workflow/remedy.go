package workflow

import "time"

// Working days of the remedies against a decision (UU 30/2014, articles 75–78). The letter of
// refusal and the message that brings it both take them from here.
const (
	ObjectionDays = 21 // to object in writing, after the day on which the decision was received (article 77)
	AnswerDays    = 10 // for the office to settle an objection (article 77)
	AppealDays    = 10 // to appeal, after the day on which the answer was received (article 78)
)

// Remedies are the last days on which an applicant may act against a decision. A day is given
// by the close of business; it is zero where it cannot be told.
type Remedies struct {
	Objection time.Time
	Appeal    time.Time // if the objection is made and answered on the last day of each
}

// Remedies counts from the day on which the letter was received: in the chat the day on which it
// was sent. Both days are zero before that.
func (l Letter) Remedies(cal WorkingTime) Remedies {
	at := l.reached()
	if at.IsZero() {
		return Remedies{}
	}
	objection := lastDay(cal, at, ObjectionDays)
	answer := lastDay(cal, objection, AnswerDays)
	return Remedies{Objection: objection, Appeal: lastDay(cal, answer, AppealDays)}
}

// reached is when the letter came to its addressee; zero: it has not, as far as is known.
func (l Letter) reached() time.Time {
	switch {
	case l.Sent != nil && l.Sent.Means == MeansChat:
		return l.Sent.At
	case l.Received != nil:
		return l.Received.At
	}
	return time.Time{}
}

// lastDay is the nth working day after a date. A calendar's day budget counts after the next
// opening; these days follow the date itself, so that nobody is told a day too late.
func lastDay(cal WorkingTime, after time.Time, n int) time.Time {
	if after.IsZero() {
		return time.Time{}
	}
	year, month, day := after.In(WIB()).Date()
	date := time.Date(year, month, day, 0, 0, 0, 0, WIB())
	if !cal.IsWorkingDay(date) {
		n-- // the day of the next opening is the first
	}
	return cal.Due(date, Budget{N: n, Unit: Day}, nil)
}
