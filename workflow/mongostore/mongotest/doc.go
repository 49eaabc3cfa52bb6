// Package mongotest gives tests a MongoDB-compatible server.
//
// That is the one that MONGODB_TEST_URI names, if it is set; each test gets a
// database of its own on it. Else it is FerretDB on the loopback address, which the
// Makefile builds into .bin and each test program starts once. FerretDB is not
// atomic: two updates of one document that come at once may both count. So there
// stands a [Gate] before it, which lets one command through at a time; behind it
// nothing needs to be left out. [Bare] is FerretDB without the gate. Where NO_FERRET is
// set, tests that would need FerretDB are skipped.
//
// Tests that cut a node off from its database do so at a gate, before any server: a
// stand-alone one, the primary of a replica set, or a router, with TLS or without.
package mongotest
