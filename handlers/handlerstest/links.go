package handlerstest

import (
	"regexp"

	"izinbot/bot"
	"izinbot/workflow"
)

// ApplyOnceMore submits one more application.
func (g *Guest) ApplyOnceMore() {
	g.T.Helper()
	g.Expect("ajukan", "Setuju dan lanjut")
	g.Say("1")
	g.FillForm(AnswersLKS()...)
	g.SendDocuments()
	g.Expect("1", "Permohonan diterima")
}

// On gives somebody's chat on a network.
func (o *Office) On(network, name string) *Guest { return &Guest{o, bot.MakeAddress(network, name)} }

// CodeShown finds a linking code in an answer.
var CodeShown = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`)

// Code asks for a linking code.
func (g *Guest) Code() string {
	g.T.Helper()
	return CodeShown.FindString(g.Expect("sambung", "Kode sambung: "))
}

// Link links this chat with another by a code from there.
func (g *Guest) Link(other *Guest) string {
	g.T.Helper()
	g.Expect("sambung "+other.Code(), "1 Ya, sambungkan", "2 Tidak")
	return g.Expect("1", "tersambung")
}

// Heard gives what a chat was told by the last message of anybody.
func (g *Guest) Heard() string { return Transcript(g.Sent[g.Chat]) }

// Apply submits an application from a new chat.
func (g *Guest) Apply() workflow.CaseID {
	g.T.Helper()
	g.Begin()
	g.FillForm(AnswersLKS()...)
	g.SendDocuments()
	g.Expect("1", "Permohonan diterima")
	return g.OnlyCase().ID
}

// Clarify has Front Office ask for B1 and C1 again.
func (g *Guest) Clarify(id workflow.CaseID) {
	g.T.Helper()
	g.Act(id, "front_office",
		workflow.Judge{Documents: Codes(g.OnlyCase()), OK: true},
		workflow.Judge{Documents: []workflow.DocCode{"B1"}, Reason: "Tidak terbaca CONTOH"},
		workflow.Judge{Documents: []workflow.DocCode{"C1"}, Reason: "Kedaluwarsa CONTOH"},
		workflow.Clarify{})
}

// Audit checks the history of a case from its first entry.
func (o *Office) Audit(id workflow.CaseID) {
	o.T.Helper()
	c, err := o.Store.Case(o.T.Context(), id)
	if err != nil {
		o.T.Fatal(err)
	}
	entries, err := o.Store.History(o.T.Context(), id)
	if err != nil {
		o.T.Fatal(err)
	}
	if seq, reason := c.VerifyHistory(entries); reason != "" {
		o.T.Errorf("history of %s, entry %d: %s", id, seq, reason)
	}
}
