package respond

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/form"
	"izinbot/handlers/mycases"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// Complaint collects what a person has to say, in as many messages as he likes, with files
// and places, shows it back, and passes it on to officers: a complaint, or an objection to a
// visit's report.
type Complaint struct {
	About string          `json:"at"`
	Text  string          `json:"text,omitempty"`
	Files []workflow.File `json:"files,omitempty"`
	More  bool            `json:"more,omitempty"` // it goes on with one that was sent
}

// Name implements [session.Dialogue].
func (*Complaint) Name() string { return "talk" }

// What is said.
const (
	talkComplaint = "complaint"
	talkObjection = "objection"
)

// Choices about what was collected.
const (
	choiceSend    = "send"
	choiceRewrite = "rewrite"
	choiceCut     = "cut"
)

// Bounds of what is collected. A text of mostLetters and its head fit into one message of any
// network; what is longer is kept up to mostKept, to be shortened.
const (
	mostLetters = 3000
	mostKept    = 20_000
	mostFiles   = 10
	shownLeft   = 300
)

// Complain collects a complaint, beginning with what stands behind the command or came with it.
func Complain(ctx context.Context, s *session.Session, arg string) error {
	k := &Complaint{About: talkComplaint}
	said, err := k.add(ctx, s, session.Input{Text: arg, Files: s.In.Files})
	if err != nil {
		return err
	}
	if err := s.Begin(ctx, k); err != nil || !said {
		return err
	}
	s.TypedMore(keyText)
	return nil
}

// Object takes what the applicant does not agree to in a visit's report.
func Object(ctx context.Context, s *session.Session, arg string) error {
	c, err := mycases.OwnCase(ctx, s, arg, "keberatan", mycases.AwaitsAgreement)
	if err != nil {
		return err
	}
	return s.BeginAt(ctx, &Complaint{About: talkObjection}, c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (k *Complaint) Ask(_ context.Context, s *session.Session) error {
	cancel := s.Choice("/batal", "menu.cancel")
	if k.empty() {
		question := s.Text("talk.complaint")
		if k.About == talkObjection {
			question = s.Text("talk.objection")
		}
		s.Ask(question, cancel)
		return nil
	}
	rewrite := s.Choice(choiceRewrite, "talk.rewrite")
	files := ""
	if len(k.Files) > 0 {
		files = s.Text("talk.files", "files", wording.FileList(s, k.Files))
	}
	if over := workflow.Letters(k.Text) - mostLetters; over > 0 {
		s.SayText(texts.Cut(k.Text, mostLetters))
		s.Ask(s.Text("talk.too_long", "n", over, "max", mostLetters), s.Choice(choiceCut, "talk.cut"), rewrite, cancel)
		return nil
	}
	if k.More {
		s.Say("talk.addition")
	}
	shown := strings.TrimSpace(k.Text + "\n" + files)
	s.Ask(s.Text("talk.received", "text", shown), s.Choice(choiceSend, "review.send"), rewrite, cancel)
	return nil
}

// Left implements [session.Leaver].
func (k *Complaint) Left(s *session.Session) {
	if !k.empty() {
		s.Say("talk.left", "text", texts.Cut(k.Text, shownLeft), "n", len(k.Files))
	}
}

func (k *Complaint) empty() bool { return k.Text == "" && len(k.Files) == 0 }

// Answer implements [session.Dialogue].
func (k *Complaint) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	sends := in.Choice == choiceSend || in.Choice == "" && k.saysSend(in) && !s.MoreFollows(ctx)
	switch {
	case sends && !k.empty() && workflow.Letters(k.Text) <= mostLetters:
		return k.send(ctx, s)
	case sends:
	case in.Choice == choiceRewrite:
		k.Text, k.Files = "", nil
	case in.Choice == choiceCut:
		k.Text = texts.Cut(k.Text, mostLetters)
	default:
		added, err := k.add(ctx, s, in)
		if err != nil {
			return err
		}
		if added {
			s.TypedMore(keyText)
		}
		if s.MoreFollows(ctx) {
			return nil // all is shown once the last has come
		}
		if !added && k.empty() && form.Lines(in.Text) == "" && len(in.Files) == 0 {
			s.Say("reason.too_short")
		}
	}
	return k.Ask(ctx, s)
}

// keyText is the key of what was written.
const keyText = "text"

// Change implements [session.Changer].
func (k *Complaint) Change(_ context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	t.Part, text = form.Lines(s.WithoutCommand(t.Part)), form.Lines(s.WithoutCommand(text))
	c := session.Change{Label: s.Text("talk.label"), Now: k.Text, Old: texts.Cut(t.Part, shownLeft), New: texts.Cut(text, wording.OnButton)}
	if t.Part == "" || !strings.Contains(k.Text, t.Part) {
		return c, false, nil // written anew meanwhile
	}
	c.Value = t.Rewritten(k.Text, text)
	return c, true, nil
}

// Replace implements [session.Changer].
func (k *Complaint) Replace(_ context.Context, _ *session.Session, _, value string) error {
	k.Text = texts.Cut(value, mostKept)
	return nil
}

// saysSend tells that a text says that all is said.
func (k *Complaint) saysSend(in session.Input) bool {
	if k.empty() || len(in.Files) > 0 || in.Location != nil {
		return false
	}
	done := []string{"kirim", "kirimkan", "kirim saja", "sudah", "udah", "itu saja", "sudah itu saja", "send", "send it"}
	return phrases.Of(in.Text) == phrases.Done || slices.Contains(done, normalize.Plain(in.Text))
}

// add keeps what a message holds: words, a caption, a place, files. What cannot be kept is told.
func (k *Complaint) add(ctx context.Context, s *session.Session, in session.Input) (added bool, err error) {
	text := form.Lines(in.Text)
	if in.Location != nil {
		text = strings.TrimSpace(text + "\n" + fmt.Sprintf("📍 %.6f, %.6f", in.Location.Lat, in.Location.Lon))
	}
	if text != "" && (k.Text != "" || len(in.Files) > 0 || in.Location != nil || form.Telling(s, text)) {
		k.Text, added = texts.Cut(strings.TrimSpace(k.Text+"\n"+text), mostKept), true
	}
	for _, f := range in.Files {
		file, problem, err := takeEvidence(ctx, s, f)
		if err != nil {
			return added, err
		}
		if problem == "" && len(k.Files) >= mostFiles {
			problem = s.Text("talk.too_many", "max", mostFiles)
		}
		if problem != "" {
			s.SayText(problem)
			continue
		}
		k.Files, added = append(k.Files, file), true
	}
	return added, nil
}

// takeEvidence takes a photo of any size, or a document.
func takeEvidence(ctx context.Context, s *session.Session, f bot.InboundFile) (workflow.File, string, error) {
	file, _, problem, err := form.TakeFile(ctx, s, f, nil)
	if err != nil || problem == "" {
		return file, problem, err
	}
	document, _, another, err := form.TakeFile(ctx, s, f, &workflow.DocDef{})
	if err == nil && another == "" {
		return document, "", nil
	}
	return file, problem, err
}

// TakesFiles implements [session.FileTaker].
func (*Complaint) TakesFiles(context.Context, *session.Session) bool { return true }

// TakesWords implements [session.WordsTaker].
func (k *Complaint) TakesWords(_ context.Context, _ *session.Session, text string) bool {
	return !k.saysSend(session.Input{Text: text})
}

func (k *Complaint) send(ctx context.Context, s *session.Session) error {
	if k.About == talkObjection {
		return k.object(ctx, s)
	}
	return k.complain(ctx, s)
}

// complain passes a complaint on to the administrators and the head of the office.
func (k *Complaint) complain(ctx context.Context, s *session.Session) error {
	if !s.SpendComplaint() {
		s.End()
		s.Say("quota.complaints")
		return nil
	}
	def := s.Env.Desk.Library.Current()
	roles, heads := []workflow.Role{workflow.RoleAdmin}, ""
	for _, r := range def.Roles {
		if r.Superior == "" && r.Role != workflow.RoleApplicant {
			roles, heads = append(roles, r.Role), r.Name.In(s.Lang())
		}
	}
	reached, err := s.MailRoles(ctx, roles, bot.Message{
		Text:  s.Env.Texts.Say(workflow.Indonesian, "talk.complaint_mail", "name", s.Person.Name, "text", k.Text),
		Files: wording.Attachments(k.Files...),
	})
	if err != nil {
		return err
	}
	s.EndWith(&Complaint{About: talkComplaint, More: true})
	if reached == 0 {
		s.Ask(s.Text("talk.nobody", "ways", wording.Ways(s)), s.Likely()...)
		return nil
	}
	s.Ask(s.Text("talk.complained", "head", heads), s.Likely()...)
	return nil
}

// object passes an objection on to those whose report it is.
func (k *Complaint) object(ctx context.Context, s *session.Session) error {
	id := s.State.Open.Case
	def, c, err := s.Work.Case(ctx, id)
	if err != nil {
		return err
	}
	s.EndWith(&Complaint{About: talkObjection, More: true})
	if !mycases.AwaitsAgreement(def, c) {
		s.Ask(s.Text("own.none.keberatan"), s.Choice("/status "+string(id), "menu.status"))
		return nil
	}
	step, _ := def.Step(c.Step)
	open := s.Env.Texts.Say(workflow.Indonesian, "talk.open_case")
	reached, err := s.MailRoles(ctx, []workflow.Role{step.Role}, bot.Message{
		Text: s.Env.Texts.Say(workflow.Indonesian, "talk.objection_mail",
			"case", string(id), "body", c.Form.Of(def.Form, workflow.MeansBody), "text", k.Text),
		Choices: []bot.Choice{{ID: "/buka " + string(id), Label: open}},
		Files:   wording.Attachments(k.Files...),
	})
	if err != nil {
		return err
	}
	if reached == 0 {
		s.Ask(s.Text("talk.nobody", "ways", wording.Ways(s)), s.Likely()...)
		return nil
	}
	s.Ask(s.Text("talk.objected", "role", wording.RoleName(s, def, step.Role)), s.Choice("/setuju "+string(id), "menu.agree"))
	return nil
}
