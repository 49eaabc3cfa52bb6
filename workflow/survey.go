package workflow

// SurveyElements is how many elements the satisfaction survey (SKM) asks about,
// by Permenpan RB 14/2017: requirements; system, mechanism and procedure; time;
// cost; product; competence; conduct; handling of complaints; facilities.
const SurveyElements = 9

// The worst and the best score of an element.
const (
	WorstScore = 1
	BestScore  = 4
)

// Survey is the applicant's answer to the satisfaction survey, given once, after
// the end (rule 12).
type Survey struct {
	Scores  [SurveyElements]int `json:"scores"` // in the decree's order, each from WorstScore to BestScore
	Comment string              `json:"comment,omitempty"`
}

func (Survey) act() string { return "survey" }

// Surveyed is a survey's answer with who gave it and when.
type Surveyed struct {
	Answer Survey `json:"answer"`
	Mark
}

func (m *move) survey(a Survey) error {
	if m.c.Survey != nil {
		return refuseBy(CodeAlreadyDone, m.c.Survey.Mark)
	}
	for _, score := range a.Scores {
		if score < WorstScore || score > BestScore {
			return Refuse(CodeInvalid, "scores")
		}
	}
	comment, err := optional(a.Comment, "comment")
	if err != nil {
		return err
	}
	a.Comment = comment
	m.c.Survey = &Surveyed{Answer: a, Mark: m.mark()}
	return nil
}
