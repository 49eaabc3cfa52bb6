package handlers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
	"izinbot/workflow/store"
)

// headers are the fields of a stored dialogue that are the kernel's.
func headers() []string { return []string{"name", "case", "step", "begun", "key", "state"} }

// TestStatesOfBefore0050 reads states that were stored while the fields of a dialogue stood
// beside its name: every dialogue finds all of its own.
func TestStatesOfBefore0050(t *testing.T) {
	b, err := os.ReadFile("testdata/states-before-0050.json")
	if err != nil {
		t.Fatal(err)
	}
	var states map[string]json.RawMessage
	if err := json.Unmarshal(b, &states); err != nil {
		t.Fatal(err)
	}
	dialogues := maps.Clone(handlerstest.NewOffice(t, nil).App.Dialogues)
	for name, old := range states {
		var before struct {
			Open  map[string]any   `json:"open"`
			Saved map[string]any   `json:"saved"`
			Mends []map[string]any `json:"mends"`
		}
		var now session.State
		if err := json.Unmarshal(old, &before); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(old, &now); err != nil {
			t.Fatal(err)
		}
		drafts := before.Mends
		if before.Saved != nil {
			drafts = append(drafts, before.Saved)
		}
		if len(drafts) != len(now.Drafts) {
			t.Fatalf("%s: %d drafts of %d", name, len(now.Drafts), len(drafts))
		}
		for i, d := range drafts {
			sameAnswers(t, name, dialogues, d, now.Drafts[i])
		}
		if before.Open != nil {
			sameAnswers(t, name, dialogues, before.Open, now.Open)
			delete(dialogues, now.Open.Name)
		}
	}
	delete(dialogues, "discard") // is newer
	for name := range dialogues {
		t.Errorf("no old state of %s", name)
	}
}

// sameAnswers checks that the dialogue decodes every field that was stored, and encodes it as
// it was.
func sameAnswers(t *testing.T, name string, dialogues map[string]session.Entry, before map[string]any, now *session.Stored) {
	t.Helper()
	entry := dialogues[now.Name]
	if entry.New == nil {
		entry = handlerstest.NewOffice(t, nil).App.Dialogues[now.Name]
	}
	d := entry.New()
	if err := json.Unmarshal(now.State, d); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for _, header := range headers() {
		delete(before, header)
	}
	if before["at"] == "replace:,8" { // the list begins again
		before["at"] = "replace"
	}
	if !reflect.DeepEqual(before, got) && len(before)+len(got) > 0 {
		t.Errorf("%s: %v became %v", name, before, got)
	}
}

// TestDialoguesGoOnAcrossVersions talks as an applicant whose chat is stored in the form of
// before ADR 0050 again before each message.
func TestDialoguesGoOnAcrossVersions(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	say := func(text string, want ...string) {
		t.Helper()
		olden(g)
		g.Expect(text, want...)
	}
	g.Begin()
	for _, answer := range handlerstest.AnswersLKS()[:9] {
		say(answer)
	}
	say("simpan", "LANJUTKAN")
	say("lanjutkan", "10/19")
	for _, answer := range handlerstest.AnswersLKS()[9:] {
		say(answer)
	}
	g.SendDocuments()
	say("Ubah data", "1 ")
	say("1", "Nama lembaga: Yayasan Contoh")
	say("kembali", "Ringkasan")
	say("kirim", "Permohonan diterima")
	id := g.OnlyCase().ID
	g.Clarify(id)
	say("lengkapi", "B1")
	olden(g)
	g.Send(g.PDF("b1.pdf", 2))
	say("simpan", "tersimpan")
	say("lengkapi", "C1")
}

// olden stores the chat's state as versions before ADR 0050 did.
func olden(g *handlerstest.Guest) {
	g.T.Helper()
	conv, err := g.Store.Conversation(g.T.Context(), g.Chat)
	if err != nil {
		g.T.Fatal(err)
	}
	var state map[string]any
	if err := json.Unmarshal(conv.State, &state); err != nil {
		g.T.Fatal(err)
	}
	flat := func(d any) map[string]any {
		out, _ := d.(map[string]any)
		fields, _ := out["state"].(map[string]any)
		delete(out, "state")
		maps.Copy(out, fields)
		if list, ok := out["list"].(map[string]any); ok {
			group, _ := list["group"].(float64)
			out["at"] = fmt.Sprint(out["at"]) + ":" + string(rune('0'+int(group)-1)) + ",0"
			delete(out, "list")
		}
		return out
	}
	if open := state["open"]; open != nil {
		state["open"] = flat(open)
	}
	drafts, _ := state["drafts"].([]any)
	delete(state, "drafts")
	var mends []any
	for _, d := range drafts {
		if old := flat(d); old["name"] == "apply" {
			state["saved"] = old
		} else {
			mends = append(mends, old)
		}
	}
	if mends != nil {
		state["mends"] = mends
	}
	if conv.State, err = json.Marshal(state); err != nil {
		g.T.Fatal(err)
	}
	if _, err := g.Store.Commit(g.T.Context(), g.Now, store.UnitOfWork{Conversation: &conv}); err != nil {
		g.T.Fatal(err)
	}
}
