// Package filestore keeps file contents in a directory: each once, under the
// SHA-256 of its plain content, encrypted.
//
//	<dir>/key.json       the keys, readable by their owner only (0600)
//	<dir>/ab/cdef…       the content whose hash is abcdef…, encrypted with AES-256-GCM in segments
//	<dir>/tmp/           what is being written; emptied at every start
//
// The hash is the associated data of the encryption, so that no file can take the
// place of another, and it is checked again at the end of every reading. A content
// gets its name only once it is on the disk as a whole. While its hash is not
// known yet it waits in tmp, encrypted as well.
//
// The key file is Tink's cleartext JSON: the encryption protects copies of the
// directory (backups, a stolen disk), not against somebody who can read as the
// program's own user. Keep a copy of the key file apart from the backups of the
// rest. Without it every content and every sealed secret is lost for good.
package filestore
