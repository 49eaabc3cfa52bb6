package sop

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
)

// step is a row of the official table with the places of its parts.
type step struct {
	workflow.Step
	*table
	branches []row[workflow.Branch]
	fields   []row[workflow.Field]
	items    []row[workflow.CheckItem]
	letters  []line
}

func (r *reader) step(n *yaml.Node) *step {
	t := r.table(n, "langkah")
	no := t.number("no", 1)
	if no > 0 {
		t.name(strconv.Itoa(no))
	}
	t.must("no", "kegiatan", "pelaksana", "kelengkapan", "waktu", "output", "lanjut", "aksi")
	activity := t.wording("kegiatan")
	st := &step{table: t, Step: workflow.Step{
		No:            no,
		Activity:      activity.ID,
		English:       activity.EN,
		Role:          workflow.Role(t.text("pelaksana")),
		Performer:     t.text("pelaksana_di_tabel"),
		Inputs:        t.text("kelengkapan"),
		Time:          t.budget("waktu"),
		Output:        t.text("output"),
		Kind:          word(t, "aksi", kinds()),
		Signer:        workflow.Role(t.text("penanda_tangan")),
		StartsService: t.yes("mulai_layanan", false),
		Approvals:     max(t.number("persetujuan", 1), 0),
	}}
	st.branches = rows(t, "lanjut", t.what+", lanjut", readBranch)
	st.fields = rows(t, "isian", t.what+", isian", readField)
	st.items = rows(t, "daftar_periksa", t.what+", daftar_periksa", readCheckItem)
	st.letters = t.lines("surat")
	t.done()
	st.Then, st.Fields, st.Checklist = values(st.branches), values(st.fields), values(st.items)
	for _, l := range st.letters {
		st.Letters = append(st.Letters, workflow.LetterKind(l.text))
	}
	return st
}

func readBranch(t *table) workflow.Branch {
	t.must("hasil")
	b := workflow.Branch{
		Outcome: word(t, "hasil", outcomes()), Label: t.text("kata"), To: t.number("ke", 1),
		End: word(t, "selesai", ends()), Tell: word(t, "kabar", TellWords()),
	}
	if t.value != nil && t.has("ke") == t.has("selesai") {
		t.fault(t.line, "isi salah satu: “ke” atau “selesai”")
	}
	return b
}

func readCheckItem(t *table) workflow.CheckItem {
	key := t.key()
	t.must("kunci", "butir")
	t.needBasis()
	return workflow.CheckItem{Key: key, Text: t.text("butir"), Basis: t.text("dasar")}
}

func readField(t *table) workflow.Field {
	key := t.key()
	t.must("kunci", "label", "tipe")
	f := workflow.Field{
		Key:      key,
		Label:    t.wording("label"),
		Help:     t.wording("bantuan"),
		Group:    t.wording("kelompok"),
		Type:     word(t, "tipe", fieldTypes()),
		Role:     workflow.Role(t.text("peran")),
		Optional: !t.yes("wajib", true),
		Default:  t.text("bawaan"),
		Meaning:  word(t, "makna", meanings()),
		After:    workflow.DocCode(t.text("setelah")),
	}
	options := rows(t, "pilihan", t.what+", pilihan", readOption)
	unique(options, "kunci", func(o workflow.Option) string { return o.Key })
	for _, o := range options {
		f.Options = append(f.Options, o.v)
	}
	return f
}

func readOption(t *table) workflow.Option {
	key := t.key()
	t.must("kunci", "label")
	return workflow.Option{Key: key, Label: t.wording("label")}
}

// unique reports the rows whose key an earlier row has already.
func unique[T any](rows []row[T], key string, of func(T) string) {
	first := map[string]int{}
	for _, r := range rows {
		k := of(r.v)
		if k == "" {
			continue
		}
		if at, ok := first[k]; ok {
			r.fault(r.at(key), "“%s: %s” sudah ada di baris %d", key, k, at)
			continue
		}
		first[k] = r.at(key)
	}
}
