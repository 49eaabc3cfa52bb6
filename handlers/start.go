package handlers

import (
	"context"
	"strings"

	"izinbot/handlers/account"
	"izinbot/handlers/info"
	"izinbot/handlers/mycases"
	"izinbot/handlers/phrases"
	"izinbot/handlers/respond"
	"izinbot/handlers/session"
	"izinbot/handlers/status"
	"izinbot/workflow"
)

// start greets and shows what can be done here. arg may come from a link: a case's
// number, an officer's invitation code, or the code of another chat.
func start(ctx context.Context, s *session.Session, arg string) error {
	if id, err := workflow.ParseCaseID(arg); err == nil {
		return status.Show(ctx, s, string(id))
	}
	if code, ok := strings.CutPrefix(strings.ToLower(arg), account.LinkStart); ok {
		return account.Link(ctx, s, code)
	}
	if _, ok := workflow.ParseInvitation(arg); ok {
		return account.Join(ctx, s, arg)
	}
	s.PutAside()
	return welcome(ctx, s, "start.welcome")
}

// welcome shows the menu under a heading of the catalogue.
func welcome(ctx context.Context, s *session.Session, headKey string) error {
	def := s.Env.Desk.Library.Current()
	head := s.Text(headKey, "office", s.Env.Desk.Office.ShortName)
	if headKey == "start.welcome" && def.Tariff == 0 {
		head += " " + s.Text("start.free")
	}
	items, err := menu(ctx, s)
	if err != nil {
		return err
	}
	s.Ask(head, items...)
	return nil
}

// notUnderstood answers what was not understood with the likeliest choices, not a lecture.
func notUnderstood(ctx context.Context, s *session.Session, in session.Input) error {
	head := "common.lost"
	if len(in.Files) > 0 {
		head = "common.file_unasked"
	}
	kind := phrases.Of(in.Text)
	if decided, err := aboutReport(ctx, s, kind); decided || err != nil {
		return err
	}
	if kind != phrases.Greeting && phrases.Greets(in.Text) {
		s.SayText(s.Greeting(in.Text))
	}
	if s.Officer == nil && len(in.Files) == 0 && kind != phrases.Greeting {
		if guessed, err := info.Guess(ctx, s, in.Text); guessed || err != nil {
			return err
		}
	}
	if cmd, arg, ok := s.Mistyped(in.Text); ok {
		return s.RunCommand(ctx, cmd, arg)
	}
	switch kind { //nolint:exhaustive // the others ask for something
	case phrases.Greeting:
		s.SayText(s.Greeting(in.Text))
		head = "start.welcome"
	case phrases.Thanks:
		head = "common.thanked"
	case phrases.Yes, phrases.No, phrases.Wait, phrases.Done, phrases.Talk, phrases.Skip:
		head = "common.heard"
	}
	if s.Officer != nil {
		s.Ask(s.Text(head, "office", s.Env.Desk.Office.ShortName), s.Choice("/tugas", "menu.tasks"), s.Choice("/bantuan", "menu.help"))
		return nil
	}
	return welcome(ctx, s, head)
}

// aboutReport takes a yes or no that answers no open question for the visit's report that
// waits for the applicant: a no begins the objection, a yes is asked for once more, as an
// agreement is of consequence.
func aboutReport(ctx context.Context, s *session.Session, kind phrases.Kind) (decided bool, err error) {
	if s.Officer != nil || kind != phrases.Yes && kind != phrases.No {
		return false, nil
	}
	items, err := mycases.Waiting(ctx, s)
	if err != nil || len(items) != 2 || !strings.HasPrefix(items[0].ID, s.Choice("/setuju", "menu.agree").ID) {
		return false, err
	}
	if kind == phrases.No {
		return true, respond.Object(ctx, s, "")
	}
	s.Ask(s.Text("agree.sure"), items...)
	return true, nil
}

// menu lists what can be done; what was begun comes first.
func menu(ctx context.Context, s *session.Session) ([]session.Choice, error) {
	var items []session.Choice
	saved, err := mycases.Draft(ctx, s)
	if err != nil {
		return nil, err
	}
	if s.Officer != nil {
		items = append(items, s.Choice("/tugas", "menu.tasks"))
	}
	if saved != nil {
		items = append(items, s.Choice("/lanjutkan", "menu.resume"))
	}
	waiting, err := mycases.Waiting(ctx, s)
	if err != nil {
		return nil, err
	}
	items = append(items, waiting...)
	language := s.Choice("/english", "menu.english")
	if s.Lang() == workflow.English {
		language = s.Choice("/indonesia", "menu.indonesian")
	}
	return append(items,
		s.Choice("/ajukan", "menu.apply"), s.Choice("/status", "menu.status"),
		s.Choice("/syarat", "menu.requirements"), s.Choice("/pengaduan", "menu.complain"), language), nil
}

func switchLanguage(ctx context.Context, s *session.Session, arg string) error {
	switch strings.ToLower(arg) {
	case "id", "indonesia", "indonesian":
		return speakIndonesian(ctx, s, "")
	case "en", "english", "inggris":
		return speakEnglish(ctx, s, "")
	}
	if s.Lang() == workflow.English {
		return speakIndonesian(ctx, s, "")
	}
	return speakEnglish(ctx, s, "")
}

func speakEnglish(ctx context.Context, s *session.Session, _ string) error {
	return speak(ctx, s, workflow.English)
}

func speakIndonesian(ctx context.Context, s *session.Session, _ string) error {
	return speak(ctx, s, workflow.Indonesian)
}

// speak changes the language of the person, and goes on where he was.
func speak(ctx context.Context, s *session.Session, lang workflow.Lang) error {
	s.Person.Lang = lang
	s.Write.Person(s.Person)
	if err := greetAgain(ctx, s); err != nil {
		return err
	}
	return s.OfferMenu(ctx)
}

func greetAgain(ctx context.Context, s *session.Session) error {
	if s.State.Open == nil {
		return welcome(ctx, s, "start.language")
	}
	s.Say("start.language_only")
	return s.Repeat(ctx)
}
