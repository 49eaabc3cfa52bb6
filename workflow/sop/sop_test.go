package sop_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/sop"
)

func defaultSOP(tb testing.TB) *workflow.SOP {
	tb.Helper()
	def, _, err := sop.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return def
}

func reklame(tb testing.TB) ([]byte, *workflow.SOP) {
	tb.Helper()
	src, err := os.ReadFile("testdata/reklame.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	def, err := sop.Parse(src)
	if err != nil {
		tb.Fatal(err)
	}
	return src, def
}

func TestVersionIsDeclaredAndHashed(t *testing.T) {
	def, src, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(src)
	if want := (workflow.SOPRef{Name: "lks-asing", Version: "1-" + hex.EncodeToString(sum[:])[:8]}); def.Ref != want {
		t.Errorf("ref = %v, want %v", def.Ref, want)
	}
	edited, err := sop.Parse(append(src, "# catatan\n"...))
	if err != nil {
		t.Fatal(err)
	}
	if edited.Ref == def.Ref {
		t.Error("an edited file kept its version")
	}
}

func TestDefaultGivesACopyOfItsSource(t *testing.T) {
	_, src, err := sop.Default()
	if err != nil {
		t.Fatal(err)
	}
	clear(src)
	if _, _, err := sop.Default(); err != nil {
		t.Errorf("a caller could change the embedded procedure: %v", err)
	}
}

func TestDefaultHead(t *testing.T) {
	def := defaultSOP(t)
	if def.Code != "LKS" || def.Tariff != 0 || def.Number != "SOP/III.2 - 11/DPMPTSPK/2020" {
		t.Errorf("head = %q %d %q", def.Code, def.Tariff, def.Number)
	}
	if want := (workflow.Budget{N: 10, Unit: workflow.Day}); def.ServiceTime != want {
		t.Errorf("service time = %v", def.ServiceTime)
	}
	if want := (workflow.Budget{N: 14, Unit: workflow.Day}); def.ReplyTime != want {
		t.Errorf("reply time = %v", def.ReplyTime)
	}
	if !strings.Contains(def.CharterBasis, "345/067/VI/2020") {
		t.Errorf("charter basis = %q", def.CharterBasis)
	}
	if len(def.LegalBasis) != 4 || len(def.Related) != 2 || len(def.Warnings) != 2 || len(def.Records) != 1 || len(def.Reasons) == 0 {
		t.Error("a list of the head is not the SOP's")
	}
}

func TestDefaultSuperiors(t *testing.T) {
	want := map[workflow.Role]workflow.Role{
		"pemohon": "", "front_office": "kabid", "backoffice": "kabid", "tim_teknis": "kabid",
		"kabid": "sekretaris", "ksb_umum": "sekretaris", "sekretaris": "kadis", "kadis": "",
	}
	def := defaultSOP(t)
	if len(def.Roles) != len(want) {
		t.Errorf("%d roles, want %d", len(def.Roles), len(want))
	}
	for _, r := range def.Roles {
		if superior, ok := want[r.Role]; !ok || r.Superior != superior {
			t.Errorf("superior of %s = %q, want %q", r.Role, r.Superior, superior)
		}
	}
}

func TestDefaultDocuments(t *testing.T) {
	def := defaultSOP(t)
	var always, expires, personal []string
	for _, d := range def.Documents {
		if d.Need == workflow.NeedAlways {
			always = append(always, string(d.Code))
		}
		if d.Expires {
			expires = append(expires, string(d.Code))
		}
		if d.Personal {
			personal = append(personal, string(d.Code))
		}
		if d.Name.EN == "" {
			t.Errorf("%s has no English name", d.Code)
		}
	}
	if got, want := strings.Join(always, " "), "A1 A2 B1 B2 B3 B4 B5 C1 C2 C3 D1 D2 D3 E1"; got != want {
		t.Errorf("always needed: %s, want %s", got, want)
	}
	if got := strings.Join(expires, " "); got != "C1 C2" {
		t.Errorf("documents with an expiry date: %s", got)
	}
	if got := strings.Join(personal, " "); got != "A2 A3 F1" {
		t.Errorf("documents that identify a person: %s", got)
	}
	if len(def.Documents) != 17 {
		t.Errorf("%d documents, want 17", len(def.Documents))
	}
	proxy := workflow.Answers{"nama_kuasa": "Contoh Kuasa"}
	if a, b := len(def.Required(nil)), len(def.Required(proxy)); a != 14 || b != 15 {
		t.Errorf("required: %d without and %d with a proxy, want 14 and 15", a, b)
	}
}

// TestDefaultIdentities lists the roles that see identities, and those that see the views.
func TestDefaultIdentities(t *testing.T) {
	def := defaultSOP(t)
	var sees, oversees []string
	for _, r := range append(def.Roles, workflow.RoleDef{Role: workflow.RoleAdmin}, workflow.RoleDef{Role: workflow.RoleSystem}, workflow.RoleDef{}) {
		if def.SeesIdentity(r.Role) {
			sees = append(sees, string(r.Role))
		}
		if def.OverseesIdentity(r.Role) {
			oversees = append(oversees, string(r.Role))
		}
	}
	if got := strings.Join(sees, " "); got != "front_office backoffice tim_teknis kabid sekretaris kadis" {
		t.Errorf("identities are shown to %s", got)
	}
	if got := strings.Join(oversees, " "); got != "kabid sekretaris kadis" {
		t.Errorf("views are shown to %s", got)
	}
}

func TestDefaultFormSpeaksBothLanguages(t *testing.T) {
	for _, f := range defaultSOP(t).Form {
		if f.Label.EN == "" || f.Help.ID == "" || f.Help.EN == "" || f.Group.ID == "" || f.Group.EN == "" {
			t.Errorf("field %s lacks a wording", f.Key)
		}
	}
}

func TestDefaultFormMeanings(t *testing.T) {
	want := []workflow.Meaning{
		workflow.MeansBody, workflow.MeansCountry, workflow.MeansHead, workflow.MeansIDNumber,
		workflow.MeansAddress, workflow.MeansEmail, workflow.MeansPhone, workflow.MeansSite,
		workflow.MeansSiteCoordinates, workflow.MeansField, workflow.MeansPartner, workflow.MeansPeriod, workflow.MeansProxy,
		workflow.MeansLetterNumber, workflow.MeansLetterDate,
	}
	var got []workflow.Meaning
	for _, f := range defaultSOP(t).Form {
		if f.Meaning != "" {
			got = append(got, f.Meaning)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("meanings = %v\nwant %v", got, want)
	}
}

func TestDefaultDistricts(t *testing.T) {
	for _, f := range defaultSOP(t).Form {
		if f.Key == "kecamatan" && len(f.Options) == 15 {
			return
		}
	}
	t.Error("Kabupaten Dairi has 15 kecamatan")
}

func TestParseTakesWindowsFiles(t *testing.T) {
	src, want := reklame(t)
	windows := append([]byte("\ufeff"), bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))...)
	got, err := sop.Parse(windows)
	if err != nil {
		t.Fatal(err)
	}
	got.Ref = want.Ref
	if !reflect.DeepEqual(got, want) {
		t.Error("line ends change the procedure")
	}
}

func TestSmallSOP(t *testing.T) {
	_, def := reklame(t)
	if len(def.Steps) != 6 || def.Code != "RKL" {
		t.Errorf("%d steps, code %s", len(def.Steps), def.Code)
	}
	if b, ok := def.Steps[5].Branch(workflow.OutcomeNext); !ok || b.End != workflow.EndGranted {
		t.Errorf("last step leads to %+v", b)
	}
}
