// Package workflow is the domain of a permit office: cases that move through
// the steps of a standard operating procedure (SOP).
//
// It knows neither chat nor database nor clock. The rules are one table, the
// [SOP], and one pure function, [Decide], that gives the effect of a [Command] on a
// [Case] at a given instant. Every command, accepted or refused, becomes an
// [Entry] of the case's append-only, hash-chained history, and [Replay] of that
// history gives the case again.
//
// An act brings its own rule and effect (act_*.go); Decide has the guards. Not here:
// anything that reads or writes (package casework carries commands to stored cases),
// the reading of SOP files (sop), the computation of due instants (calendar), the
// drawing of letters (letters), and any wording for people (notifications/texts).
//
// The words follow docs/glossary.md: SOP words that have no exact English word
// stay Indonesian (resi, paraf, disposisi, pemohon, berita acara).
package workflow
