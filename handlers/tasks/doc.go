// Package tasks holds what the conversations of officers share: the list of tasks and of calls, the
// view of a case with its documents and letters, the promise that answers a reminder, the reason
// and the one-time code that an act needs, and who may see and who saw what identifies a person.
// The work at a step belongs into a package of its own.
package tasks
