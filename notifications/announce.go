package notifications

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// Announcer words the notices of a case for the people they are for: applicants in
// their language, officers in Indonesian with a choice to open the task.
type Announcer struct {
	People store.People
	Texts  *texts.Catalogue
	// StatusURL gives the public page of a case's status; nil or "": there is none.
	StatusURL func(id workflow.CaseID) string
	// Calendar counts the days of the remedies against a refusal.
	Calendar workflow.WorkingTime
	// Superior is the title of the superior of the head of the office, for appeals.
	Superior string
	// Given gives the files by which a letter goes to a person, as [casework.Desk.Given]; nil:
	// the letter alone.
	Given func(ctx context.Context, def *workflow.SOP, c workflow.Case, l workflow.Letter, lang workflow.Lang) ([]workflow.File, error)
	// CommandIn gives what a command is called in a language; nil: what it is called.
	CommandIn func(lang workflow.Lang, name string) string
}

var _ casework.Announcer = (*Announcer)(nil)

// Announce makes one delivery for each notice and each person that it is for; of
// several for one officer, such as those of a role and of its superior where he is
// both, the last. Ids come from the case's entry, so that a repeat makes the same ones.
func (a *Announcer) Announce(ctx context.Context, news casework.News) ([]bot.Delivery, error) {
	var out []bot.Delivery
	cmd, err := news.Entry.Decode()
	if err != nil {
		return nil, fmt.Errorf("decode entry: %w", err)
	}
	actor := cmd.Actor.Person           // knows what he did himself; a new task is news even to him
	told := map[workflow.PersonID]int{} // officers, by where their delivery stands
	for i, n := range news.Notices {
		people, err := a.recipients(ctx, news, n)
		if err != nil {
			return nil, err
		}
		if known(n, cmd.Actor) {
			continue
		}
		for _, p := range people {
			if len(p.Addresses) == 0 || n.Person == "" && p.ID == actor && !strings.HasSuffix(n.Key, ".new") {
				continue
			}
			m, err := a.word(ctx, news, n, p, cmd.Actor)
			if err != nil {
				return nil, err
			}
			d := bot.Delivery{
				ID:   fmt.Sprintf("%s/%d/%d@%s", news.Case.ID, news.Entry.Seq, i+1, p.ID),
				Chat: p.Addresses[0], Notice: true,
				Message: m, Created: news.Now,
			}
			if at, again := told[p.ID]; again && n.Person == "" {
				out[at] = d
				continue
			}
			if n.Person == "" {
				told[p.ID] = len(out)
			}
			out = append(out, d)
		}
	}
	return out, nil
}

// recipients gives the people whom a notice is for. What is for officers goes the way
// of reminders: not to who is away or gone, but to those who have his part.
func (a *Announcer) recipients(ctx context.Context, news casework.News, n workflow.Notice) ([]store.Person, error) {
	if n.Person != "" {
		return a.persons(ctx, n.Person)
	}
	dir, err := openDirectory(ctx, a.People, news.Now)
	if err != nil {
		return nil, err
	}
	if n.Officer != "" {
		n.Role = news.Case.WaitsFor(news.Def)
	}
	var ids []workflow.PersonID
	for _, o := range dir.audience(news.Def, n) {
		ids = append(ids, o.Person)
	}
	return a.persons(ctx, ids...)
}

func (a *Announcer) persons(ctx context.Context, ids ...workflow.PersonID) ([]store.Person, error) {
	var out []store.Person
	for _, id := range ids {
		p, err := store.PersonNow(ctx, a.People, id)
		if workflow.CodeOf(err) == workflow.CodeNotFound {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("load person: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}

func (a *Announcer) word(ctx context.Context, news casework.News, n workflow.Notice, p store.Person, by workflow.Actor) (bot.Message, error) {
	lang := workflow.Indonesian
	if n.Person != "" {
		lang = p.Lang
	}
	m := bot.Message{Text: a.Texts.Say(lang, wordingOf(news.Def, news.Case, n), a.args(news, n, lang, by)...), Lang: string(lang)}
	for _, id := range n.Letters {
		l, ok := news.Case.Letter(id)
		if !ok || l.File.SHA256 == "" {
			continue
		}
		files, err := a.given(ctx, news, l, lang)
		if err != nil {
			return bot.Message{}, err
		}
		for _, f := range files {
			m.Files = append(m.Files, bot.Attachment{Key: f.SHA256, Name: f.Name, Type: f.Type, Size: f.Size})
		}
	}
	m.Choices = a.choices(news.Case, n, lang)
	if strings.HasPrefix(n.Key, endPrefix) {
		a.offerSurvey(&m, lang, a.choice(news.Case, lang, "survei", "survey.start"), bot.Choice{ID: "/" + a.named(lang, "mulai"), Label: a.Texts.Say(lang, "survey.decline")})
	}
	return m, nil
}

func (a *Announcer) given(ctx context.Context, news casework.News, l workflow.Letter, lang workflow.Lang) ([]workflow.File, error) {
	if a.Given == nil {
		return []workflow.File{l.File}, nil
	}
	return a.Given(ctx, news.Def, news.Case, l, lang) //nolint:wrapcheck // says itself of which letter
}

// choices offers what the person will want to do next. They are commands that
// stand for themselves, since the person may be in the middle of something else.
func (a *Announcer) choices(c workflow.Case, n workflow.Notice, lang workflow.Lang) []bot.Choice {
	choice := func(command, key string) bot.Choice { return a.choice(c, lang, command, key) }
	switch {
	case !c.Open():
		return nil
	case n.Key == "told.clarify", n.Key == "told.reopened":
		return []bot.Choice{choice("lengkapi", "menu.mend")}
	case n.Key == "told.report":
		agree := choice("setuju", "menu.agree")
		if len(n.Letters) > 0 { // agreement is to the revision that is sent along
			l, _ := c.Letter(n.Letters[0])
			agree.ID += " " + strconv.Itoa(l.Revision)
		}
		return []bot.Choice{agree, choice("keberatan", "menu.object")}
	case n.Key == delivery && c.Collected():
		return nil
	case n.Key == delivery:
		return []bot.Choice{choice("terima", "menu.received")}
	case strings.HasPrefix(n.Key, "task."):
		return []bot.Choice{openTask(choice("buka", "menu.open"), c), choice("nanti", "menu.later")}
	}
	return nil
}

// choice offers a command about a case.
func (a *Announcer) choice(c workflow.Case, lang workflow.Lang, command, key string) bot.Choice {
	return bot.Choice{ID: "/" + a.named(lang, command) + " " + string(c.ID), Label: a.Texts.Say(lang, key)}
}

// openTask has a choice that opens a case name the step that it is about: pressed later, it
// says what became of that.
func openTask(open bot.Choice, c workflow.Case) bot.Choice {
	open.ID += " " + strconv.Itoa(c.Step)
	return open
}

// named gives what a command is called in a language.
func (a *Announcer) named(lang workflow.Lang, command string) string {
	if a.CommandIn == nil {
		return command
	}
	return a.CommandIn(lang, command)
}

// args are the facts that a text may name.
func (a *Announcer) args(news casework.News, n workflow.Notice, lang workflow.Lang, by workflow.Actor) []any {
	def, c := news.Def, news.Case
	step, _ := def.Step(c.Step)
	visitDay := ""
	for _, l := range c.Letters {
		made, _ := def.Step(l.Step)
		if day, err := time.Parse(time.DateOnly, l.Fields.Of(made.Fields, workflow.MeansVisitDay)); err == nil {
			visitDay = calendar.Date(day, lang)
		}
	}
	return []any{
		"case", string(c.ID), "body", c.Form.Of(def.Form, workflow.MeansBody), "permit", def.Permit.In(lang),
		"step", step.Name(lang), "no", c.Step, "by", by.Shown(), "note", n.Note, "round", c.Round,
		"due", shortDue(c.StepClock.Due, lang), "service", dateOf(c.ServiceClock.Due, lang), "reply", dateOf(c.ReplyClock.Due, lang),
		"wrong", strconv.Itoa(len(c.Asked(def))), "visit", visitDay, "number", numberOf(c), "end", c.End, "waits", waits(c),
		"link", a.link(c.ID), "at", calendar.ShortDateTime(news.Now, lang), "estimate", estimated(c, lang), "late", atTheLatest(c, lang),
		"conditions", itemised(c.Conditions()), "rights", a.rights(def, c, lang),
	}
}

// itemised writes each line as an item of a list, on a line of its own.
func itemised(lines []string) string {
	var list strings.Builder
	for _, line := range lines {
		list.WriteString("\n- " + line)
	}
	return list.String()
}

// waits tells whether the case waits for anybody: "" once it has ended.
func waits(c workflow.Case) string {
	if c.Open() {
		return "1"
	}
	return ""
}

// estimated is the day on which the case is expected to be done.
func estimated(c workflow.Case, lang workflow.Lang) string {
	if c.Expected == nil {
		return ""
	}
	return calendar.ShortDate(c.Expected.At, lang)
}

// atTheLatest is the day by which four of five such cases are done, if it is
// another one.
func atTheLatest(c workflow.Case, lang workflow.Lang) string {
	if c.Expected == nil || calendar.ShortDate(c.Expected.Late, lang) == estimated(c, lang) {
		return ""
	}
	return calendar.ShortDate(c.Expected.Late, lang)
}

func (a *Announcer) link(id workflow.CaseID) string {
	if a.StatusURL == nil {
		return ""
	}
	return a.StatusURL(id)
}

func shortDue(t time.Time, lang workflow.Lang) string {
	if t.IsZero() {
		return ""
	}
	return calendar.ShortDateTime(t, lang)
}

func dateOf(t time.Time, lang workflow.Lang) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Date(t, lang)
}

func numberOf(c workflow.Case) string {
	if l, ok := c.Letter(c.Current); ok && l.Number != nil {
		return l.Number.Text
	}
	return ""
}
