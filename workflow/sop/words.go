package sop

import "izinbot/workflow"

// TellWords lists the words that a branch may give as "kabar": the news that an
// applicant hears when a step ends so. The message catalogue has a text for each.
func TellWords() []string {
	return []string{
		"diterima",          // the application has come in (row 1)
		"lengkap",           // the file is complete, here is the resi (row 3)
		"diverifikasi",      // the file was verified (row 5)
		"kunjungan",         // the day of the visit (row 6)
		"rekomendasi_ya",    // recommended (row 8)
		"rekomendasi_tidak", // not recommended (row 8)
		"ditandatangani",    // the letter is signed (rows 12, 20)
		"siap",              // the letter is numbered and ready (rows 13, 21)
		"dikirim",           // the letter is on its way (rows 14, 22)
		"selesai_tolak",     // the end of a refused application (row 15)
		"selesai_terbit",    // the end of a granted application (row 23)
	}
}

// LetterKinds lists the letters that can be drawn, and so be named under "surat".
func LetterKinds() []workflow.LetterKind {
	return []workflow.LetterKind{
		workflow.LetterClarification, "resi", "disposisi", "permintaan_rekomendasi", "perintah_tugas",
		"berita_acara", "rekomendasi", "surat_penolakan", "surat_izin", workflow.LetterRetribution,
	}
}

func kinds() []workflow.Kind {
	return []workflow.Kind{
		workflow.KindSubmit, workflow.KindCheck, workflow.KindIssue, workflow.KindCoordinate,
		workflow.KindVisit, workflow.KindRecommend, workflow.KindDraft, workflow.KindInitial,
		workflow.KindSign, workflow.KindNumber, workflow.KindDeliver, workflow.KindReceive,
	}
}

// makesLetters lists the kinds whose steps may name letters.
func makesLetters() []workflow.Kind {
	return []workflow.Kind{
		workflow.KindIssue, workflow.KindCoordinate, workflow.KindVisit, workflow.KindRecommend, workflow.KindDraft,
	}
}

// takesFields lists the kinds whose command carries answers.
func takesFields() []workflow.Kind {
	return []workflow.Kind{workflow.KindIssue, workflow.KindCoordinate, workflow.KindRecommend, workflow.KindDraft}
}

func outcomes() []workflow.Outcome {
	return []workflow.Outcome{
		workflow.OutcomeNext, workflow.OutcomeComplete, workflow.OutcomeIncomplete,
		workflow.OutcomeRecommended, workflow.OutcomeNotRecommended, workflow.OutcomeReturned,
	}
}

func ends() []string { return []string{workflow.EndGranted, workflow.EndRefused} }

func needs() []workflow.DocNeed {
	return []workflow.DocNeed{workflow.NeedAlways, workflow.NeedIfProxy, workflow.NeedIfExists}
}

func registers() []string {
	return []string{
		workflow.RegisterOutgoing, workflow.RegisterPermits,
		workflow.RegisterReports, workflow.RegisterAdvice, workflow.RegisterCharges,
	}
}

func fieldTypes() []workflow.FieldType {
	return []workflow.FieldType{
		workflow.FieldText, workflow.FieldLong, workflow.FieldEmail, workflow.FieldPhone, workflow.FieldDate,
		workflow.FieldCoordinates, workflow.FieldChoice, workflow.FieldNumber, workflow.FieldList,
		workflow.FieldReasons, workflow.FieldOfficers,
	}
}

func meanings() []workflow.Meaning {
	return []workflow.Meaning{
		workflow.MeansBody, workflow.MeansCountry, workflow.MeansHead, workflow.MeansIDNumber,
		workflow.MeansAddress, workflow.MeansSite, workflow.MeansSiteCoordinates, workflow.MeansField,
		workflow.MeansProxy, workflow.MeansEmail, workflow.MeansPhone, workflow.MeansPeriod,
		workflow.MeansPartner, workflow.MeansValidUntil, workflow.MeansVisitDay, workflow.MeansTeam,
		workflow.MeansLetterNumber, workflow.MeansLetterDate,
	}
}

// typeOf gives the only type in which the engine can read a field of the meaning,
// or "" if any text will do.
func typeOf(m workflow.Meaning) workflow.FieldType {
	return map[workflow.Meaning]workflow.FieldType{
		workflow.MeansSiteCoordinates: workflow.FieldCoordinates,
		workflow.MeansValidUntil:      workflow.FieldDate,
		workflow.MeansVisitDay:        workflow.FieldDate,
		workflow.MeansLetterDate:      workflow.FieldDate,
		workflow.MeansTeam:            workflow.FieldOfficers,
	}[m]
}
