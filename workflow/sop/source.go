package sop

import (
	"regexp"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
)

// source is an SOP file as read, with the line of each value, before the checks.
type source struct {
	*reader
	top       *table
	head      workflow.SOP // everything but the lists below
	charter   bool         // "layanan" is given
	roles     []row[workflow.RoleDef]
	steps     []*step
	documents []row[workflow.DocDef]
	form      []row[workflow.Field]
	letters   []row[workflow.LetterDef]
	ladder    []row[workflow.Rung]
}

// row is something read from a table, with that table.
type row[T any] struct {
	v T
	*table
}

func (r *reader) source(root *yaml.Node) *source {
	t := r.table(root, "SOP")
	t.must("nama", "versi", "nomor", "judul", "izin", "kode", "dasar_hukum", "tarif", "batas_jawab", "peran", "langkah", "dokumen", "formulir", "surat")
	s := &source{reader: r, top: t}
	s.head = workflow.SOP{
		Ref:        workflow.SOPRef{Name: t.matching("nama", `[a-z0-9]+(-[a-z0-9]+)*`), Version: t.matching("versi", `[A-Za-z0-9.]+`)},
		Number:     t.text("nomor"),
		Title:      t.text("judul"),
		Permit:     t.wording("izin"),
		Code:       t.matching("kode", `[A-Z]{2,5}`),
		LegalBasis: t.texts("dasar_hukum"),
		Related:    t.texts("keterkaitan"),
		Warnings:   t.texts("peringatan"),
		Records:    t.texts("pencatatan"),
		Tariff:     int64(t.number("tarif", 0)),
		ReplyTime:  t.budget("batas_jawab"),
	}
	s.readCharter()
	s.roles = rows(t, "peran", "peran", readRole)
	for _, n := range t.items("langkah") {
		s.steps = append(s.steps, r.step(n))
	}
	s.documents = rows(t, "dokumen", "dokumen", readDocument)
	s.form = rows(t, "formulir", "formulir", readField)
	s.letters = rows(t, "surat", "surat", readLetter)
	if t.has("pengingat") {
		t.must("pengingat")
		s.ladder = rows(t, "pengingat", "pengingat", readRung)
	}
	for _, reason := range rows(t, "alasan", "alasan", readReason) {
		s.head.Reasons = append(s.head.Reasons, reason.v)
	}
	t.done()
	return s
}

func (s *source) readCharter() {
	n := s.top.get("layanan")
	if n == nil {
		return
	}
	s.charter = true
	t := s.table(n, "layanan")
	t.must("waktu", "dasar")
	s.head.ServiceTime, s.head.CharterBasis = t.budget("waktu"), t.text("dasar")
	t.done()
}

// rows reads a list of tables.
func rows[T any](t *table, key, what string, read func(*table) T) []row[T] {
	var out []row[T]
	for _, n := range t.items(key) {
		item := t.r.table(n, what)
		v := read(item)
		item.done()
		out = append(out, row[T]{v, item})
	}
	return out
}

func readRole(t *table) workflow.RoleDef {
	key := t.key()
	t.must("kunci", "nama")
	return workflow.RoleDef{
		Role: workflow.Role(key), Name: t.wording("nama"), Title: t.text("jabatan"), Superior: workflow.Role(t.text("atasan")),
	}
}

func readDocument(t *table) workflow.DocDef {
	code := t.matching("kode", `[A-Z][0-9]{1,2}`)
	t.name(code)
	t.must("kode", "nama", "perlu")
	t.needBasis()
	return workflow.DocDef{
		Code: workflow.DocCode(code), Name: t.wording("nama"), Need: word(t, "perlu", needs()),
		Note: t.wording("catatan"), Expires: t.yes("berlaku_sampai", false),
		Personal: t.yes("pribadi", false),
		Basis:    t.text("dasar"),
	}
}

func readLetter(t *table) workflow.LetterDef {
	kind := word(t, "jenis", LetterKinds())
	t.name(string(kind))
	t.must("jenis", "judul")
	if t.has("register") {
		t.must("klasifikasi")
	}
	return workflow.LetterDef{
		Kind: kind, Title: t.text("judul"), English: t.text("inggris"), About: t.text("hal"),
		Register: word(t, "register", registers()), Class: t.text("klasifikasi"),
	}
}

func readReason(t *table) workflow.Reason {
	t.must("sebab", "dasar")
	return workflow.Reason{Text: t.text("sebab"), Article: t.text("dasar")}
}

// needBasis demands the legal basis where the file is checked as one that is to be used from now
// on; versions of before, with which cases began, may have none.
func (t *table) needBasis() {
	if t.r.strict {
		t.must("dasar")
	}
}

// key reads “kunci”, the name by which the rest of the file calls this table.
func (t *table) key() string {
	k := t.matching("kunci", `[a-z][a-z0-9_]*`)
	t.name(k)
	return k
}

// name lets the faults of the table say which one it is.
func (t *table) name(name string) {
	if name != "" {
		t.what += " " + name
	}
}

// matching gives a text of a form, or "" with a fault.
func (t *table) matching(key, form string) string {
	s := t.text(key)
	if s == "" || regexp.MustCompile(`^(?:`+form+`)$`).MatchString(s) {
		return s
	}
	t.fault(t.at(key), "“%s” tidak boleh “%s”; %s", key, s, formHint(key))
	return ""
}

func formHint(key string) string {
	switch key {
	case "kode":
		return "tulis huruf besar: kode SOP 2 sampai 5 huruf, kode dokumen seperti B1"
	case "versi":
		return "pakai huruf, angka dan titik saja"
	case "nama":
		return "pakai huruf kecil, angka dan tanda hubung saja"
	}
	return "pakai huruf kecil, angka dan garis bawah saja"
}

// sop gives the procedure of a source without faults.
func (s *source) sop(src []byte) *workflow.SOP {
	def := s.head
	def.Ref.Version = version(def.Ref.Version, src)
	def.Roles = values(s.roles)
	def.Documents = values(s.documents)
	def.Form = values(s.form)
	def.Letters = values(s.letters)
	for _, st := range s.steps {
		def.Steps = append(def.Steps, st.Step)
	}
	if def.Ladder = values(s.ladder); len(s.ladder) == 0 {
		def.Ladder = workflow.DefaultLadder(def.Chain())
	}
	return &def
}

func values[T any](rows []row[T]) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = r.v
	}
	return out
}
