// Package calendar knows an office's working time: opening hours by weekday,
// shorter hours in Ramadan, and days off by name. One YAML file that the office
// can edit holds all of it; [Default] is the one that comes with the program.
//
// # Two ways of counting
//
// Minutes and hours run while the office is open and are due at the earliest
// instant at which they are used up: 11.00 and one hour is 12.00, although the
// office opens again only at 13.00.
//
// A day is a working day, never so many hours. A start outside working time
// moves to the next opening; the day of that opening is day 0; N days are due at
// the close of business of the Nth working day after it. Working time is
// half-open, [open, close), so a start at the very close belongs to the next
// working day.
//
// # Pauses
//
// Both counts look only at the stretches of time between the pauses. A pause is
// [from, to), so such a stretch is [to, next from): minutes count inside it, and
// a day counts when its close of business lies inside it. Hence a pause that
// ends at the very close of business lets that day count, and one that begins at
// the very close does not. A pause moves no start: a clock that is started while
// paused has its day 0 where it would have it without the pause, because waiting
// for the applicant stops the office's clock but never sets it back.
//
// # Zone
//
// The zone is fixed at UTC+7 (WIB, Asia/Jakarta) rather than loaded: Jakarta has
// kept it without summer time since 1964, and a constant needs no zone database,
// cannot fail and makes the arithmetic of days plain division.
//
// Not here: which clocks a case has and when they pause (workflow), and any reading of
// the present time.
package calendar
