package workflow_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

// sampleActs is an act of every type, with contents.
func sampleActs(w *walk) []workflow.Act {
	to := officer("front_office", 2)
	step, _ := lks().Step(6)
	return []workflow.Act{
		application(lks(), monday()),
		workflow.Resubmit{Documents: documents(lks(), 2, "B1", "C2")},
		workflow.Agree{Seen: 1},
		workflow.Receive{},
		workflow.Withdraw{Reason: "Batal"},
		workflow.Survey{Scores: [9]int{1, 2, 3, 4, 1, 2, 3, 4, 1}, Comment: "Baik"},
		workflow.Claim{},
		workflow.HandOver{To: &to, Note: "Cuti"},
		workflow.Judge{Documents: []workflow.DocCode{"B1"}, Reason: "Tidak terbaca"},
		workflow.Pass{},
		workflow.Clarify{},
		workflow.Issue{Fields: workflow.Answers{"indeks": "x"}},
		proposal(step, monday(), 2),
		workflow.Draft{Fields: workflow.Answers{"ketentuan": "x"}},
		workflow.Initial{Seen: 1},
		workflow.Sign{Seen: 1},
		workflow.Return{Note: "Perbaiki"},
		workflow.Record{},
		workflow.Deliver{Means: workflow.MeansChat},
		workflow.HandDeliver{Recipient: "CONTOH", IdentityChecked: true},
		workflow.Reopen{Reason: "Berkas menyusul"},
		workflow.StartVisit{},
		workflow.Locate{Coordinates: workflow.Coordinates{Lat: 2.74, Lon: 98.32}},
		workflow.Photograph{Photos: []workflow.Photo{{File: workflow.File{SHA256: "a"}, Coordinates: &workflow.Coordinates{Lat: 1}}}},
		workflow.Find{Item: "alamat", OK: true, Note: "Ada"},
		workflow.Report{Conclusion: "Sesuai", Statement: "Tidak ada"},
		workflow.Revise{Note: "Salah tulis"},
		workflow.NoteAbsent{Note: "Tidak di tempat"},
		workflow.Recommend{Outcome: workflow.OutcomeRecommended, Fields: workflow.Answers{"penilaian": "x"}},
		workflow.Expire{},
		workflow.Reschedule{Reason: "Libur baru", Moved: true},
		workflow.Promise{Until: w.now.Add(4 * time.Hour)},
		workflow.Expect{At: w.now, Late: w.now.Add(time.Hour)},
		workflow.Release{Reason: "Petugas tidak aktif lagi"},
		workflow.Called{Note: "Akan membuka chat lagi"},
	}
}

// hasName tells whether a refusal names somebody.
func hasName(err error) bool {
	refusal, ok := errors.AsType[*workflow.Error](err)
	return !ok || refusal.By != "" || refusal.At != ""
}

// actTypes reads the names of the package's Act types from its source.
func actTypes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "rule" {
				continue
			}
			if receiver, ok := f.Recv.List[0].Type.(*ast.Ident); ok {
				names = append(names, receiver.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

func typeName(a workflow.Act) string {
	return reflect.TypeOf(a).Name()
}

// TestEveryActSurvivesTheHistory: a new act without sample, decoder or name fails.
func TestEveryActSurvivesTheHistory(t *testing.T) {
	w := newWalk(t, lks())
	var sampled []string
	names := map[string]bool{}
	for _, act := range sampleActs(w) {
		sampled = append(sampled, typeName(act))
		if names[workflow.ActName(act)] {
			t.Errorf("two acts are called %s", workflow.ActName(act))
		}
		names[workflow.ActName(act)] = true
		cmd := w.command(applicant(), act)
		cmd.Numbers = map[workflow.LetterID]workflow.Number{"surat_izin": {Register: "izin", Year: 2026, Seq: 1, Text: "503/1"}}
		var back workflow.Command
		if err := json.Unmarshal([]byte(asJSON(t, cmd)), &back); err != nil {
			t.Errorf("%s: %v", workflow.ActName(act), err)
			continue
		}
		if typeName(back.Act) != typeName(act) || asJSON(t, back) != asJSON(t, cmd) {
			t.Errorf("%s came back as %s", asJSON(t, cmd), asJSON(t, back))
		}
	}
	slices.Sort(sampled)
	if want := actTypes(t); !slices.Equal(sampled, want) {
		t.Errorf("sampled acts %v\nacts %v", sampled, want)
	}
	for _, bad := range []string{`{"act":"fly","data":{}}`, `{"act":"judge","data":[]}`, `{"act":"judge"}`, `[]`} {
		var cmd workflow.Command
		if err := json.Unmarshal([]byte(bad), &cmd); err == nil {
			t.Errorf("%s was read as %+v", bad, cmd)
		}
	}
}

// TestEveryActIsHandled: each act is accepted somewhere on the way of some case, so
// none falls through to another's rule; and each kind of step has its way on.
func TestEveryActIsHandled(t *testing.T) {
	accepted, kinds := map[string]bool{}, map[workflow.Kind]bool{}
	for _, story := range []driver{granting(), refusing()} {
		for _, detour := range []bool{false, true} {
			w := newWalk(t, lks())
			w.do(applicant(), application(lks(), w.now))
			for w.c.Open() {
				step, _ := w.def.Step(w.c.Step)
				kinds[step.Kind] = true
				tryAll(w, accepted)
				if detour && w.c.Step == 2 && w.c.Round == 0 {
					askFor(w, frontOffice(), "B1")
					tryAll(w, accepted)
				}
				w.do(story.next(w))
			}
			tryAll(w, accepted)
			for _, e := range w.entries {
				cmd, err := e.Decode()
				if err != nil {
					t.Fatal(err)
				}
				accepted[typeName(cmd.Act)] = true // none was refused
			}
		}
	}
	for _, name := range actTypes(t) {
		if !accepted[name] {
			t.Errorf("no case accepts %s", name)
		}
	}
	for _, name := range kindNames(t) {
		kinds[workflow.KindSubmit] = true
		if !kinds[name] {
			t.Errorf("no case passes a step of kind %s", name)
		}
		if name.Outcomes() == nil {
			t.Errorf("kind %s has no outcomes", name)
		}
	}
}

// tryAll notes which sample acts somebody could do now.
func tryAll(w *walk, accepted map[string]bool) {
	now := w.now
	if w.c.Stage == workflow.StageWaiting {
		now = w.c.ReplyClock.Due
	}
	actors := []workflow.Actor{applicant(), workflow.System()}
	for _, r := range w.def.Roles {
		actors = append(actors, officer(r.Role, 1))
	}
	c := w.c
	if c.Stage == workflow.StageWaiting {
		if d, err := workflow.Decide(w.def, c, w.command(workflow.System(), workflow.Expire{}), now); err == nil {
			if _, err := workflow.Decide(w.def, d.Case, w.command(frontOffice(), workflow.Reopen{Reason: "Menyusul"}), now); err == nil {
				accepted["Reopen"] = true
			}
		}
	}
	for _, act := range sampleActs(w) {
		for _, who := range actors {
			_, err := workflow.Decide(w.def, c, w.command(who, act), now)
			if err == nil {
				accepted[typeName(act)] = true
			}
			if refusal, ok := errors.AsType[*workflow.Error](err); ok && refusal.Code == workflow.CodeInvalid && refusal.Field == "act" {
				w.t.Errorf("step %d: nobody decides %s", w.c.Step, typeName(act))
			}
		}
	}
}

// kindNames reads the Kind constants from the source.
func kindNames(t *testing.T) []workflow.Kind {
	t.Helper()
	src, err := os.ReadFile("sop.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []workflow.Kind
	for line := range strings.Lines(string(src)) {
		words := strings.Fields(line)
		if len(words) > 3 && strings.HasPrefix(words[0], "Kind") && words[1] == "Kind" && words[2] == "=" {
			out = append(out, workflow.Kind(strings.Trim(words[3], `"`)))
		}
	}
	if len(out) < 12 {
		t.Fatalf("found the kinds %v only", out)
	}
	return out
}

// FuzzCommand: whatever is read as a command is written so that it reads the same.
func FuzzCommand(f *testing.F) {
	w := newWalk(f, lks())
	for _, act := range sampleActs(w) {
		f.Add([]byte(asJSON(f, w.command(applicant(), act))))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var cmd, again workflow.Command
		if json.Unmarshal(b, &cmd) != nil {
			return
		}
		first := asJSON(t, cmd)
		if err := json.Unmarshal([]byte(first), &again); err != nil || asJSON(t, again) != first {
			t.Errorf("%s\nbecame %s (%v)", first, asJSON(t, again), err)
		}
	})
}
