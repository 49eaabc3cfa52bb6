package texts

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/sop"
)

// family is a group of keys whose last part is known at run time only.
type family struct {
	prefix string
	// members are the last parts that there must be, from the sources that
	// define them. nil: they come from data such as the SOP, or only some of a
	// type's values occur; then any key with the prefix will do.
	members []string
}

// families lists every prefix to which the program adds a code.
func families(t *testing.T) []family {
	t.Helper()
	return []family{
		{"refused.", constants(t, "../../workflow", "Code")},
		{"file.not_accepted.", constants(t, "../../workflow/inspect", "Kind", "pdf", "jpeg", "png", "webp")},
		{"file.sealed.", constants(t, "../../workflow/inspect", "Problem", "", "empty", "not_accepted", "too_small", "not_photo")},
		{"active.", constants(t, "../../workflow/inspect", "Active")},
		{"otp.", constants(t, "../../workflow/totp", "Reason")},
		{"help.", listedCommands(t)},
		{"letter.", constants(t, "../../workflow", "LetterStatus")},
		{"act.", returnValues(t, "../../workflow", "name")},
		{"news.", news(t)},
		{"budget.", constants(t, "../../workflow", "Unit")},
		{"survey.elements.", strings.Split("123456789", "")},
		{"survey.score.", strings.Split("1234", "")},
		{"status.done.", slices.DeleteFunc(sop.TellWords(), func(tell string) bool { return tell == "diterima" })}, // not of the submission
		{"unreachable.", constants(t, "../../workflow/store", "CallReason")},
		{"form.wrong.", constants(t, "../../workflow", "FieldType")},
		{"form.ask.", append(constants(t, "../../workflow/parse", "DoubtCode"), "home", "area", "country", "stated", "words", "address", "list")},
		{"form.talk.", []string{"wait", "thanks", "question"}},
		{"greet.", []string{"morning", "noon", "afternoon", "evening"}},
		{"form.hint.", nil},    // types that are not typed plainly
		{"outcome.", nil},      // the recommendation's
		{"done.", nil},         // acts that are answered
		{"done.deliver_", nil}, // ways of delivery
		{"otp.act.", nil},      // acts that need a code
		{"check.reason.", nil}, // the same on buttons
		{"check.told.", nil},   // the ready-made reasons of handlers/review
		{"end.", nil},          // the SOP names its ends
		{"field.", nil},        // what refusals name that is no field of the SOP
		{"own.none.", nil},
		{"edited.", strings.Fields("apply mend talk withdraw survey check fill visit reason call counter stand_in")}, // dialogues with typed answers
		{"status.ended.", nil},
		{"approve.ask_", nil},
		{"staff.ask_", []string{"disable", "enable", "expel"}},
		{"staff.yes_", []string{"disable", "enable", "expel"}},
		{"staff.done_", []string{"disable", "enable", "expel", "before"}},
		{"staff.told_", []string{"disable", "enable", "expel", "joined"}},
		{"fill.send_", nil},
		{"reason.ask_", nil},
		{"visit.weak_", constants(t, "../../workflow", "Weakness", "")},
	}
}

// news lists the notices that the rules send, and those that an SOP may have sent.
func news(t *testing.T) []string {
	t.Helper()
	members := fieldValues(t, "../../workflow", "Key")
	for _, tell := range sop.TellWords() {
		members = append(members, "told."+tell)
	}
	return members
}

// sources are the folders in which keys are named.
func sources() []string { return []string{"../../handlers", "../../notifications", "../../cmd"} }

// TestKeys finds keys that the program names and the catalogue lacks, and texts
// that nothing names.
func TestKeys(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	texts := c.texts[workflow.Indonesian]
	found := scan(t, groupsOf(texts), sources()...)
	for _, fault := range check(texts, found, families(t)) {
		t.Error(fault)
	}
}

func groupsOf(texts map[string]message) map[string]bool {
	groups := map[string]bool{}
	for key := range texts {
		group, _, _ := strings.Cut(key, ".")
		groups[group] = true
	}
	return groups
}

// check compares what the program names with what there is.
func check(texts map[string]message, found source, families []family) []string {
	var faults []string
	used := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(found.keys)) {
		used[key] = true
		if _, ok := texts[key]; !ok {
			faults = append(faults, "missing: "+key+" ("+found.keys[key]+")")
		}
	}
	declared := map[string]bool{}
	for _, f := range families {
		declared[f.prefix] = true
		if found.prefixes[f.prefix] == "" {
			faults = append(faults, "family that nothing uses: "+f.prefix)
		}
		faults = append(faults, f.check(texts, used)...)
	}
	for _, prefix := range slices.Sorted(maps.Keys(found.prefixes)) {
		if !declared[prefix] {
			faults = append(faults, "prefix that is not in the list of families: "+prefix+" ("+found.prefixes[prefix]+")")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if !used[key] {
			faults = append(faults, "unused: "+key)
		}
	}
	return faults
}

// check finds missing members and marks those that are there as used.
func (f family) check(texts map[string]message, used map[string]bool) []string {
	var faults []string
	for _, member := range f.members {
		used[f.prefix+member] = true
		if _, ok := texts[f.prefix+member]; !ok {
			faults = append(faults, "missing: "+f.prefix+member)
		}
	}
	for key := range texts {
		if f.members == nil && strings.HasPrefix(key, f.prefix) {
			used[key] = true
		}
	}
	return faults
}

// TestCheck shows that each kind of fault is found.
func TestCheck(t *testing.T) {
	texts := map[string]message{"a.used": nil, "a.idle": nil, "code.x": nil, "code.z": nil, "data.any_x": nil}
	found := source{
		keys:     map[string]string{"a.used": "f.go:1", "a.gone": "f.go:2"},
		prefixes: map[string]string{"code.": "f.go:3", "new.": "f.go:4", "data.any_": "f.go:5"},
	}
	got := check(texts, found, []family{{"code.", []string{"x", "y"}}, {"data.any_", nil}, {"dead.", nil}})
	want := []string{
		"missing: a.gone (f.go:2)",
		"missing: code.y",
		"family that nothing uses: dead.",
		"prefix that is not in the list of families: new. (f.go:4)",
		"unused: a.idle",
		"unused: code.z",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestScan reads a small source that names keys in every way.
func TestScan(t *testing.T) {
	got := scan(t, map[string]bool{"menu": true, "refused": true}, "testdata/scan")
	keys := []string{"form.head", "menu.back", "menu.cancel", "menu.table", "task.list"}
	if have := slices.Sorted(maps.Keys(got.keys)); !slices.Equal(have, keys) {
		t.Errorf("keys %q, want %q", have, keys)
	}
	prefixes := []string{"end.", "menu.of_", "refused."}
	if have := slices.Sorted(maps.Keys(got.prefixes)); !slices.Equal(have, prefixes) {
		t.Errorf("prefixes %q, want %q", have, prefixes)
	}
	if want := "testdata/scan/scan.go:14:"; !strings.HasPrefix(got.keys["form.head"], want) {
		t.Errorf("form.head stands at %s", got.keys["form.head"])
	}
}
