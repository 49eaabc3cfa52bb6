// Package filestore keeps file contents: each once, under the SHA-256 of its plain
// content, encrypted with AES-256-GCM in segments.
//
// Where the encrypted contents are is a [Backend]: a directory ([Open]), or what else
// keeps a name and bytes ([New]). Encryption and addressing are the same for all:
// the hash is the associated data of the encryption, so that no content can take the
// place of another, and it is checked again at the end of every reading. A content
// gets its name only once the backend has the whole of it. While its hash is not known
// yet, what is too large for memory waits encrypted in a file without a name.
//
//	<dir>/key.json       the keys, readable by their owner only (0600)
//	<dir>/key.check      what only the right keys can decrypt
//	<dir>/ab/cdef…       the content whose hash is abcdef…
//	<dir>/tmp/           what is being written; emptied at every start
//
// The time of a content is that of its latest Put. By it [Store.Remove] tells what nobody
// needs any more from what somebody is about to name.
//
// The keys are never where a database is: a backend holds only a check, by which
// other keys than its own are refused at the start.
//
// The key file is Tink's cleartext JSON: the encryption protects copies of the
// contents (backups, a stolen disk, a database that others may read), not against
// somebody who can read as the program's own user. Keep a copy of the key file apart
// from the backups of the rest. Without it every content and every sealed secret is
// lost for good.
//
// It does not know what a content is, which records name it, or when it may go: see the
// packages inspect and storage.
package filestore
