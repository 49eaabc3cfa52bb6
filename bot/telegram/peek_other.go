//go:build !unix

package telegram

const canPeek = false

func (*conn) quiet() bool { return false }
