package handlers_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// seenInput is a row of the files of inputs: what somebody sent where, and what is right.
type seenInput struct {
	number, area, text, want string
}

// seenInputs reads a file of inputs.
func seenInputs(t *testing.T, name string) []seenInput {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var rows []seenInput
	for line := range strings.SplitSeq(string(source), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(line, " | ", 4)
		if len(parts) != 4 {
			t.Fatalf("%s: %q", name, line)
		}
		text, err := strconv.Unquote(parts[2])
		if err != nil {
			t.Fatalf("%s: %q: %v", name, line, err)
		}
		rows = append(rows, seenInput{parts[0], parts[1], text, parts[3]})
	}
	return rows
}

// TestInputsThatPeopleSent plays every row of the files at its place.
func TestInputsThatPeopleSent(t *testing.T) {
	rows := append(seenInputs(t, "inputs-seen.txt"), seenInputs(t, "inputs-more.txt")...)
	byArea := map[string][]seenInput{}
	for _, row := range rows {
		byArea[row.area] = append(byArea[row.area], row)
	}
	for area, rows := range byArea {
		t.Run(strings.ReplaceAll(area, "/", "-"), func(t *testing.T) {
			question, isQuestion := questions()[area]
			place, isPlace := places()[area]
			switch {
			case strings.HasPrefix(rows[0].want, "@ "):
				for _, row := range rows {
					testExists(t, strings.TrimPrefix(row.want, "@ "))
				}
			case isQuestion:
				playQuestion(t, question, rows)
			case isPlace:
				for _, row := range rows {
					got := place(t, row.text)
					if !strings.Contains(got, row.want[2:]) {
						t.Errorf("row %s: %q is answered with\n%swant %s", row.number, row.text, got, row.want)
					}
				}
			default:
				t.Errorf("no test plays %q", area)
			}
		})
	}
	t.Logf("%d inputs", len(rows))
}

// questions gives the questions of the form by the area of the rows about them.
func questions() map[string]int {
	return map[string]int{
		"name": 1, "country": 2, "legal form": 3, "head": 4, "idtype": 5, "idnumber": 6, "address": 7, "email": 8, "phone": 9, "site": 10, "kecamatan": 11, "desa": 12, "point": 13,
		"bidang": 14, "partner": 15, "period": 16, "proxy": 17, "ktp": 106,
	}
}

// playQuestion gives the answers of the rows to a question of the form, each to one that was not
// answered yet.
func playQuestion(t *testing.T, n int, rows []seenInput) {
	t.Helper()
	o := handlerstest.NewOffice(t, nil)
	answers := handlerstest.AnswersLKS()
	if n > 100 {
		n, answers[4] = n-100, "1"
	}
	key := o.App.Desk.Library.Current().Form[n-1].Key
	for i, row := range rows {
		g := o.Guest("ani" + strconv.Itoa(i))
		g.Begin()
		g.FillForm(answers[:n-1]...)
		got := g.Say(row.text)
		stored := ""
		if g.State().Open != nil {
			stored = handlerstest.Open[apply.Application](g).Answers[key]
		}
		if want, value := strings.CutPrefix(row.want, "= "); value {
			if stored != want {
				t.Errorf("row %s: %q is stored as %q, want %q:\n%s", row.number, row.text, stored, want, got)
			}
			continue
		}
		if stored != "" || !strings.Contains(got, row.want[2:]) {
			t.Errorf("row %s: %q is stored as %q and answered with\n%swant %s", row.number, row.text, stored, got, row.want)
		}
	}
}

// places gives how the rows of other areas are played: what is answered to a text.
func places() map[string]func(*testing.T, string) string {
	applicant := func(t *testing.T, text string) string {
		t.Helper()
		g, _ := handlerstest.Applied(t)
		return g.Say(text)
	}
	officer := func(t *testing.T, text string) string {
		t.Helper()
		g, _ := handlerstest.Applied(t)
		return g.Officer("fo", "front_office").Say(text)
	}
	choosing := func(t *testing.T, text string) string {
		t.Helper()
		g, id := handlerstest.Applied(t)
		fo := g.Officer("fo", "front_office")
		g.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase()), OK: true}, workflow.Pass{})
		fo.Expect("buka "+string(id), "Kirim")
		return fo.Say(text)
	}
	searching := func(t *testing.T, text string) string {
		t.Helper()
		o := handlerstest.NewOffice(t, nil)
		g := o.Guest("ani")
		g.Begin()
		g.FillForm(append([]string{"Fundación Muñoz — Ångström ÉCOLE"}, handlerstest.AnswersLKS()[1:]...)...)
		g.SendDocuments()
		g.Say("kirim")
		g.Act(g.OnlyCase().ID, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase()), OK: true}, workflow.Pass{})
		fo := o.Officer("fo", "front_office")
		fo.Expect("buka "+string(g.OnlyCase().ID), "Kirim")
		return fo.Say(text)
	}
	stranger := func(t *testing.T, text string) string {
		t.Helper()
		return handlerstest.NewOffice(t, nil).Guest("ani").Say(text)
	}
	return map[string]func(*testing.T, string) string{
		"cmd": applicant, "resi": applicant, "officer": officer, "officer choosing": choosing, "search": searching, "first": stranger,
		"berita acara": func(t *testing.T, text string) string {
			t.Helper()
			g, _ := handlerstest.Visited(t)
			return g.Say(text)
		},
		"consent": func(t *testing.T, text string) string {
			t.Helper()
			g := handlerstest.NewOffice(t, nil).Guest("ani")
			g.Expect("ajukan", "Setuju dan lanjut")
			return g.Say(text)
		},
		"in form": func(t *testing.T, text string) string {
			t.Helper()
			g := handlerstest.NewOffice(t, nil).Guest("ani")
			g.Begin()
			return g.Say(text)
		},
		"date": expiryOf,
		"complaint": func(t *testing.T, text string) string {
			t.Helper()
			o := handlerstest.NewOffice(t, nil)
			o.Officer("kadis", "kadis")
			g := o.Guest("ani")
			g.Say("pengaduan")
			got := g.Say(text)
			return got + g.Say("kirim")
		},
		"conclusion": func(t *testing.T, text string) string { t.Helper(); tim := atConclusion(t); return tim.Say(text) },
		"yesno": func(t *testing.T, text string) string {
			t.Helper()
			tim, id := handlerstest.Visiting(t)
			tim.Say("kunjungan " + string(id))
			tim.Say("1")
			tim.Expect("selesai", "Daftar periksa 1/8")
			return tim.Say(text)
		},
	}
}

// atConclusion gives an officer who is asked for the conclusion of a visit.
func atConclusion(t *testing.T) *handlerstest.Guest {
	t.Helper()
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Say("1")
	tim.Say("selesai")
	for range 7 {
		tim.Say("ya")
	}
	tim.Expect("ya", "Apa kesimpulan")
	return tim
}

// expiryOf answers the question for a date of expiry, and gives the date or "-" that is
// stored, else the answer.
func expiryOf(t *testing.T, text string) string {
	t.Helper()
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	for range 8 {
		g.Send(g.PDF(strconv.Itoa(g.Count)+".pdf", 1))
	}
	got := g.Say(text)
	d := handlerstest.Open[apply.Application](g)
	i := slices.IndexFunc(d.Documents, func(doc workflow.Document) bool { return doc.Code == "C1" })
	switch expiry := d.Documents[i].Expiry; expiry {
	case "":
		return got
	case workflow.NoExpiry:
		return "-"
	default:
		return expiry
	}
}

// testExists fails unless a test of this name stands in a file: "workflow/inspect/people_test.go TestX".
func testExists(t *testing.T, where string) {
	t.Helper()
	file, name, _ := strings.Cut(where, " ")
	source, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(file)))
	if err != nil || !strings.Contains(string(source), "func "+name+"(") {
		t.Errorf("there is no %s in %s: %v", name, file, err)
	}
}
