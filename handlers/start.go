package handlers

import (
	"context"
	"strings"

	"izinbot/workflow"
)

// start greets and shows what can be done here. arg may come from a link: a case's
// number, an officer's invitation code, or the code of another chat.
func start(ctx context.Context, t *turn, arg string) error {
	if id, err := workflow.ParseCaseID(arg); err == nil {
		return status(ctx, t, string(id))
	}
	if code, ok := strings.CutPrefix(strings.ToLower(arg), linkStart); ok {
		return linkCommand(ctx, t, code)
	}
	if _, ok := workflow.ParseInvitation(arg); ok {
		return join(ctx, t, arg)
	}
	t.putAside()
	return t.welcome(ctx, "start.welcome")
}

// welcome shows the menu under a heading of the catalogue.
func (t *turn) welcome(ctx context.Context, headKey string) error {
	def := t.app.Desk.Library.Current()
	head := t.text(headKey, "office", t.app.Desk.Office.ShortName)
	if headKey == "start.welcome" && def.Tariff == 0 {
		head += " " + t.text("start.free")
	}
	items, err := t.menu(ctx)
	if err != nil {
		return err
	}
	t.ask(head, items...)
	return nil
}

// menu lists what can be done; what was begun comes first.
func (t *turn) menu(ctx context.Context) ([]Item, error) {
	var items []Item
	saved, err := t.draft(ctx)
	if err != nil {
		return nil, err
	}
	if t.officer != nil {
		items = append(items, t.item("/tugas", "menu.tasks"))
	}
	if saved != nil {
		items = append(items, t.item("/lanjutkan", "menu.resume"))
	}
	waiting, err := t.waiting(ctx)
	if err != nil {
		return nil, err
	}
	items = append(items, waiting...)
	language := t.item("/english", "menu.english")
	if t.lang() == workflow.English {
		language = t.item("/indonesia", "menu.indonesian")
	}
	return append(items,
		t.item("/ajukan", "menu.apply"), t.item("/status", "menu.status"),
		t.item("/syarat", "menu.requirements"), t.item("/pengaduan", "menu.complain"), language), nil
}

func switchLanguage(ctx context.Context, t *turn, arg string) error {
	switch strings.ToLower(arg) {
	case "id", "indonesia", "indonesian":
		return speakIndonesian(ctx, t, "")
	case "en", "english", "inggris":
		return speakEnglish(ctx, t, "")
	}
	if t.lang() == workflow.English {
		return speakIndonesian(ctx, t, "")
	}
	return speakEnglish(ctx, t, "")
}

func speakEnglish(ctx context.Context, t *turn, _ string) error {
	return t.speak(ctx, workflow.English)
}

func speakIndonesian(ctx context.Context, t *turn, _ string) error {
	return t.speak(ctx, workflow.Indonesian)
}

// speak changes the language of the person, and goes on where he was.
func (t *turn) speak(ctx context.Context, lang workflow.Lang) error {
	t.person.Lang = lang
	t.savePerson()
	if err := t.greetAgain(ctx); err != nil {
		return err
	}
	return t.offerMenu(ctx)
}

func (t *turn) greetAgain(ctx context.Context) error {
	if t.state.Open == nil {
		return t.welcome(ctx, "start.language")
	}
	t.say("start.language_only")
	return t.askAgain(ctx)
}

// offerMenu has the last answer bring the commands in the person's language.
func (t *turn) offerMenu(ctx context.Context) error {
	roles, err := t.roles(ctx)
	if err != nil {
		return err
	}
	t.replies[len(t.replies)-1].Menu = t.app.Menu(t.lang(), roles)
	return nil
}
