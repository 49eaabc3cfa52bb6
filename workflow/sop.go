package workflow

import "strings"

// SOP is a procedure as data: the official table with its roles, documents, form and
// letters. It is immutable once parsed; a case keeps the version that it started with.
type SOP struct {
	Ref          SOPRef
	Number       string // the SOP's own number, printed on its table
	Title        string // the SOP's own title
	Permit       Text   // name of the permit, for example "Izin Teknis LKS Asing"
	Code         string // prefix of its case ids, two to five capitals
	LegalBasis   []string
	Related      []string // "Keterkaitan"
	Warnings     []string // "Peringatan"
	Records      []string // "Pencatatan dan pendataan"
	ServiceTime  Budget   // the charter's promise to the applicant
	CharterBasis string   // the decree that promises it
	Tariff       int64    // rupiah
	ReplyTime    Budget   // how long a clarification waits before the file is closed (rule 9)
	Roles        []RoleDef
	Steps        []Step
	Documents    []DocDef
	Form         []Field
	Letters      []LetterDef
	Ladder       []Rung   // reminders
	Reasons      []Reason // ready-made reasons for a refusal, each with its article
}

// SOPRef names one version of a procedure. Version changes whenever the content
// does: it is the declared version and a short content hash, "1-3fa9c2d1".
type SOPRef struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Lang is a language of messages.
type Lang string

// Indonesian for everybody; English too for applicants.
const (
	Indonesian Lang = "id"
	English    Lang = "en"
)

// Text is a wording in the languages of an applicant; EN falls back to ID.
type Text struct {
	ID string `json:"id" yaml:"id"`
	EN string `json:"en,omitempty" yaml:"en"`
}

// In gives the wording in a language.
func (t Text) In(lang Lang) string {
	if lang == English && t.EN != "" {
		return t.EN
	}
	return t.ID
}

// RoleDef is one role of the procedure.
type RoleDef struct {
	Role     Role
	Name     Text   // "Kabid Pelayanan"
	Title    string // the office title that letters print, "Kepala Bidang Pelayanan"
	Superior Role   // hears of lateness; empty for the head of the office
}

// Kind is the kind of work at a step. It decides which acts move the step and which
// outcomes the step must name.
type Kind string

// The kinds, with the YAML word as value.
const (
	KindSubmit     Kind = "ajukan"      // the applicant submits or completes the file
	KindCheck      Kind = "periksa"     // a verdict on every document; whole or one consolidated clarification
	KindIssue      Kind = "terbitkan"   // fill in the step's fields, make its unsigned letters, go on
	KindCoordinate Kind = "koordinasi"  // prepare letters, then the step's Signer signs them within the step
	KindVisit      Kind = "tinjau"      // field visit with report, approved by team and applicant
	KindRecommend  Kind = "rekomendasi" // the team's recommendation
	KindDraft      Kind = "draf"        // draft a letter, with the maker's own paraf
	KindInitial    Kind = "paraf"       // paraf on the current letter, or return it
	KindSign       Kind = "tandatangan" // signature on the current letter, or return it
	KindNumber     Kind = "nomor"       // record and release the reserved number of the current letter
	KindDeliver    Kind = "sampaikan"   // send or hand over the current letter
	KindReceive    Kind = "terima"      // receipt of the current letter is confirmed or recorded
)

// Outcome is the result of a step.
type Outcome string

// The outcomes, with the YAML word as value.
const (
	OutcomeNext           Outcome = "lanjut"
	OutcomeComplete       Outcome = "lengkap"
	OutcomeIncomplete     Outcome = "kurang"
	OutcomeRecommended    Outcome = "direkomendasikan"
	OutcomeNotRecommended Outcome = "tidak_direkomendasikan"
	OutcomeReturned       Outcome = "dikembalikan"
)

// Outcomes lists the outcomes that a step of the kind must name in its Then, or
// nil for an unknown kind.
func (k Kind) Outcomes() []Outcome {
	switch k {
	case KindCheck:
		return []Outcome{OutcomeComplete, OutcomeIncomplete}
	case KindRecommend:
		return []Outcome{OutcomeRecommended, OutcomeNotRecommended}
	case KindInitial, KindSign:
		return []Outcome{OutcomeNext, OutcomeReturned}
	case KindSubmit, KindIssue, KindCoordinate, KindVisit, KindDraft, KindNumber, KindDeliver, KindReceive:
		return []Outcome{OutcomeNext}
	}
	return nil
}

// Step is one row of the official table.
type Step struct {
	No        int
	Activity  string // Kegiatan
	English   string // the activity in English, for applicants who read that; "": as Activity
	Role      Role   // Pelaksana
	Performer string // as the table shows it, if it says more than the role's name
	Inputs    string // Kelengkapan
	Time      Budget // Waktu
	Output    string
	Then      []Branch

	Kind          Kind
	Signer        Role         // KindCoordinate: who signs the step's letters
	Letters       []LetterKind // letters made here; KindDraft exactly one
	Fields        []Field      // filled in by the performer
	Checklist     []CheckItem  // KindVisit: the check table
	Approvals     int          // KindVisit: team members who must approve the report
	StartsService bool         // the charter clock starts when this step is done
}

// Branch is the continuation after an outcome: step To, or the end named End.
type Branch struct {
	Outcome Outcome
	Label   string // as the table shows it, if it is not the outcome's own word
	To      int
	End     string // "terbit", "ditolak"; empty if To is set
	Tell    string // catalogue key of the news for the applicant, without prefix; empty for none
}

// DocNeed is the condition under which a document is required.
type DocNeed string

// Needs, with the YAML word as value.
const (
	NeedAlways   DocNeed = "wajib"
	NeedIfProxy  DocNeed = "bila dikuasakan" // wajib if the form names a proxy
	NeedIfExists DocNeed = "bila ada"
)

// DocDef is one row of the checklist of documents.
type DocDef struct {
	Code    DocCode
	Name    Text
	Need    DocNeed
	Note    Text
	Expires bool   // the applicant states until when it is valid; no permit outlives it
	Basis   string // legal basis of the demand, see [SOP.DocumentBasis]
	// Personal documents identify a person; see [SOP.SeesIdentity].
	Personal bool
}

// Stamped tells whether the document bears a duty stamp (meterai), as its name says. An
// electronic one is void once the file is saved anew.
func (d DocDef) Stamped() bool { return strings.Contains(strings.ToLower(d.Name.ID), "meterai") }

// FieldType is the type of a field's values.
type FieldType string

// Field types, with the YAML word as value.
const (
	FieldText        FieldType = "teks"
	FieldLong        FieldType = "paragraf"
	FieldEmail       FieldType = "email"
	FieldPhone       FieldType = "telepon"
	FieldDate        FieldType = "tanggal"   // stored as 2006-01-02
	FieldCoordinates FieldType = "koordinat" // stored as "lat,lon"; a shared location works too
	FieldChoice      FieldType = "pilihan"   // stored as the option's key
	FieldNumber      FieldType = "angka"
	FieldList        FieldType = "daftar"  // one item a line
	FieldReasons     FieldType = "alasan"  // one reason a line, "sentence | article"
	FieldOfficers    FieldType = "petugas" // officer ids of the role named in Role, one a line; the first is the head
)

// Field is one question of a form.
type Field struct {
	Key      string
	Label    Text
	Help     Text
	Group    Text // heading under which a summary shows it
	Type     FieldType
	Options  []Option // FieldChoice
	Role     Role     // FieldOfficers
	Optional bool
	Default  string // offered as a choice
	Meaning  Meaning
	// After is the document after which a question of the form is asked; empty: before all
	// documents.
	After DocCode
}

// Option is one answer of a FieldChoice.
type Option struct {
	Key   string
	Label Text
}

// Meaning marks a field whose value the engine or the letters use, so that a procedure
// may name and order its fields freely.
type Meaning string

// Meanings, with the YAML word as value.
const (
	MeansBody            Meaning = "lembaga"         // the body that applies; shown in lists
	MeansCountry         Meaning = "negara"          //
	MeansHead            Meaning = "pimpinan"        // head of representation
	MeansIDNumber        Meaning = "nomor_identitas" // personal, see [Field.Personal]; never logged
	MeansAddress         Meaning = "alamat"          // office address
	MeansSite            Meaning = "lokasi"          // address of the activity
	MeansSiteCoordinates Meaning = "titik_lokasi"    // coordinates of the activity
	MeansField           Meaning = "bidang"          // field of service
	MeansProxy           Meaning = "kuasa"           // name of the proxy; empty for none
	MeansEmail           Meaning = "email"           //
	MeansPhone           Meaning = "telepon"         //
	MeansPeriod          Meaning = "periode"         // period of the programme
	MeansPartner         Meaning = "mitra"           // local partner
	MeansValidUntil      Meaning = "berlaku_sampai"  // last day of the permit
	MeansVisitDay        Meaning = "tanggal_kunjungan"
	MeansLetterNumber    Meaning = "nomor_surat"   // of the applicant's own letter
	MeansLetterDate      Meaning = "tanggal_surat" // of the applicant's own letter
	MeansTeam            Meaning = "tim"           // officers named in the Surat Perintah Tugas
)

// CheckItem is one line of the visit's check table.
type CheckItem struct {
	Key   string
	Text  string
	Basis string // legal basis, see [SOP.ItemBasis]
}

// Reason is a reason for a refusal with the article that it rests on.
type Reason struct {
	Text    string
	Article string
}

// LetterDef gives the heading and the numbering of a kind of letter in this procedure.
type LetterDef struct {
	Kind     LetterKind
	Title    string // "SURAT IZIN TEKNIS …"
	English  string // the same for applicants who read English, "Technical Permit"; "": as Title
	About    string // "Hal"
	Register string // register that numbers it; empty for none
	Class    string // klasifikasi, first part of the number
}

// Registers that the engine knows.
const (
	RegisterIntake   = "resi"         // case ids
	RegisterOutgoing = "surat_keluar" // Buku Agenda Surat Keluar
	RegisterPermits  = "izin"         // Buku Agenda Penomoran Izin
	RegisterReports  = "berita_acara" // berita acara of the Tim Teknis
	RegisterAdvice   = "rekomendasi"  // recommendations of the Tim Teknis
	RegisterCharges  = "skrd"         // retribution charges
	RegisterIncoming = "surat_masuk"  // Buku Agenda Surat Masuk
)

// Step gives the row with the number no.
func (s *SOP) Step(no int) (Step, bool) {
	for i := range s.Steps { // a step is too large to be copied in passing
		if s.Steps[i].No == no {
			return s.Steps[i], true
		}
	}
	return Step{}, false
}

// First gives the step at which a case starts.
func (s *SOP) First() Step { return s.Steps[0] }

// Branch gives the continuation after an outcome of the step.
func (st Step) Branch(o Outcome) (Branch, bool) {
	for _, b := range st.Then {
		if b.Outcome == o {
			return b, true
		}
	}
	return Branch{}, false
}

// Document gives the checklist row of a code.
func (s *SOP) Document(code DocCode) (DocDef, bool) {
	for _, d := range s.Documents {
		if d.Code == code {
			return d, true
		}
	}
	return DocDef{}, false
}

// Letter gives the definition of a letter kind.
func (s *SOP) Letter(kind LetterKind) (LetterDef, bool) {
	for _, l := range s.Letters {
		if l.Kind == kind {
			return l, true
		}
	}
	return LetterDef{}, false
}

// RoleDef gives the definition of a role.
func (s *SOP) RoleDef(role Role) (RoleDef, bool) {
	for _, r := range s.Roles {
		if r.Role == role {
			return r, true
		}
	}
	return RoleDef{}, false
}

// Required lists the documents that must be there for the answers of a form.
func (s *SOP) Required(form Answers) []DocDef {
	var out []DocDef
	for _, d := range s.Documents {
		if d.Need == NeedAlways || d.Need == NeedIfProxy && !blank(form.Of(s.Form, MeansProxy)) {
			out = append(out, d)
		}
	}
	return out
}

// Answers are the values of a form by field key, each in its type's stored form.
type Answers map[string]string

// Of gives the answer of the field with a meaning, or "".
func (a Answers) Of(fields []Field, m Meaning) string {
	for _, f := range fields {
		if f.Meaning == m {
			return a[f.Key]
		}
	}
	return ""
}
