// Package sandbox looks into foreign files in child processes, so that nothing that
// is sent can exhaust or end the office's own.
//
// A child is the same program re-executed ([Main]). It has no environment, no open
// files but its two pipes, and limits on memory and processor time that it sets on
// itself before it reads. At most two run at once; as many are kept ready, since a
// start takes some hundredth seconds. A child whose verdict was clean takes the next
// file; any other is killed and replaced, and so is one after [maxFiles].
//
// Over the pipe to the child go requests: one byte that says what to do, the content
// in chunks with a length of four bytes each (big-endian), and a chunk of length 0.
// Back comes one byte when the child is ready, then for each request a length and the
// answer: JSON of [inspect.Report], or a picture.
//
// What is looked for in a file belongs in workflow/inspect, which runs in the child.
package sandbox
