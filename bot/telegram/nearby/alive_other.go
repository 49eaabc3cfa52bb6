//go:build !unix

package nearby

// supported is false where nothing tells whether the server has closed an idle
// connection: all requests are left to the fallback.
const supported = false

func (*conn) alive() bool { return false }
