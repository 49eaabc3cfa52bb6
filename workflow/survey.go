package workflow

// SurveyElements is the number of elements of the satisfaction survey (SKM) by
// Permenpan RB 14/2017: requirements; system, mechanism and procedure; time;
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

func (Survey) name() string { return "survey" }

func (Survey) rule() rule { return rule{actor: byApplicant, shared: true, ended: true} }

func (a Survey) apply(t *transition) error {
	if t.c.Survey != nil {
		return refuseBy(CodeAlreadyDone, t.c.Survey.Mark)
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
	t.c.Survey = &Surveyed{Answer: a, Mark: t.mark()}
	return nil
}

// Surveyed is the answer to a survey with its giver and its instant.
type Surveyed struct {
	Answer Survey `json:"answer"`
	Mark
}
