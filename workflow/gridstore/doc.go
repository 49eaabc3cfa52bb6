// Package gridstore keeps encrypted file contents in MongoDB, in the form that
// MongoDB calls GridFS, so that its own tools find them:
//
//	files.files    one document a content; filename is the SHA-256 of the plain content, once
//	files.chunks   its parts of 255 KiB, in order
//	files.uploads  uploads that are under way, by which what a crash leaves is found
//	files.keys     the check of the key file; the keys themselves are never here
//
// The document in files.files is written last and makes the content exist: before it
// nobody finds the parts. Each upload has an id of its own, so two that store the
// same content at once never touch each other's parts; the unique index on filename
// lets one of them win, and the other takes its own parts away again.
//
// The driver's own GridFS is not used: it buffers 16 MiB for each upload, fetches as
// much at once when reading, and looks through a whole collection before its first
// write.
package gridstore
