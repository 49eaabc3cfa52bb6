// Package ledger keeps one transparency log of the histories of all cases. Each case's history
// is a chain of hashes by itself; the log binds them together, so that none can be rewritten,
// cut off or taken away as a whole without the log's root hash being another one.
//
// Entries are logged after they were written, by whoever minds the clock: [Ledger.Append] takes
// what came since the last time, by case and sequence. What is logged together is one
// unit of work, under the term of the active node, with a signed checkpoint of the log after
// it. A crash leaves it logged or not; what is not is logged next time.
//
// The log is kept as claims, which every store has, which are carried along by copies and
// backups and are never changed:
//
//	log/<case>/<sequence>/<index>/<salt>/<entry>.<entry>…
//	checkpoint/<size>/<signed note>/<hash>.<hash>…
//
// The first has consecutive entries of one case, so that the last of a case's tells how much of
// it is logged. The second has the hashes of the log's complete subtrees, by which the log is gone
// on with; they lead to the root that is signed. So no start reads the log. What the log holds of an entry of a history is
// bound to a random salt: once both are erased, nobody can find out what it was.
// See docs/adr/0072.
package ledger
