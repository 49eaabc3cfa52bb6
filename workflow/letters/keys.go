package letters

import "izinbot/workflow"

// The kinds of letters, as an SOP file names them.
const (
	kindClarification  workflow.LetterKind = "klarifikasi"
	kindReceipt        workflow.LetterKind = "resi"
	kindDisposition    workflow.LetterKind = "disposisi"
	kindRequest        workflow.LetterKind = "permintaan_rekomendasi"
	kindAssignment     workflow.LetterKind = "perintah_tugas"
	kindVisitReport    workflow.LetterKind = "berita_acara"
	kindRecommendation workflow.LetterKind = "rekomendasi"
	kindRefusal        workflow.LetterKind = "surat_penolakan"
	kindPermit         workflow.LetterKind = "surat_izin"
	kindCharge         workflow.LetterKind = "skrd"
)

// Keys of the fields that the maker of a letter fills in, as an SOP file names
// them. A field with another key is printed by its label.
const (
	keyIndex        = "indeks"
	keyCode         = "kode"
	keyUrgency      = "sifat"
	keyForwardedTo  = "diteruskan_kepada"
	keyInstruction  = "instruksi"
	keyVisitDay     = "tanggal_kunjungan"
	keyDays         = "lama_hari"
	keyTeam         = "tim"      // officer ids
	keyTeamNames    = "tim_nama" // the same officers: "Nama | pangkat/gol | NIP | jabatan", the head first
	keyVisitObject  = "hal_pemeriksaan"
	keyOwnNumber    = workflow.OwnNumberField
	keyAssessment   = "penilaian"              // "aspek | hasil", one a line
	keyReasons      = "alasan"                 // "kalimat | pasal", one a line
	keyConditions   = workflow.ConditionsField // one a line
	keyMend         = "perbaikan"
	keyProvisions   = workflow.ProvisionsField // one a line
	keyValidUntil   = "berlaku_sampai"
	keyOutcomeField = "hasil" // the same as Recommend's outcome
)

// Keys of the applicant's form that complete the address of the activity, where a
// procedure asks for them by themselves.
const (
	keyVillage  = "desa"
	keyDistrict = "kecamatan"
)

// knownKeys are the keys that some letter prints in a place of its own.
func knownKeys() map[string]bool {
	known := map[string]bool{}
	for _, k := range []string{
		keyIndex, keyCode, keyUrgency, keyForwardedTo, keyInstruction, keyVisitDay, keyDays, keyTeam, keyTeamNames,
		keyVisitObject, keyOwnNumber, keyAssessment, keyReasons, keyConditions, keyMend, keyProvisions, keyValidUntil,
		keyOutcomeField,
	} {
		known[k] = true
	}
	return known
}
