// Package mongostore keeps everything in a MongoDB database: a stand-alone server, a
// replica set or a sharded cluster.
package mongostore
