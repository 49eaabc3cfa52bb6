// Package respond holds an applicant's other answers to the office: agreement or objection to a
// report, receipt of a letter, withdrawal, complaint, survey.
package respond
