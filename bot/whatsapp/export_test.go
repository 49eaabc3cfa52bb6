//go:build !nowhatsapp

package whatsapp

// Look looks after the connection and the account once, as each tick does.
func (c *Channel) Look() { c.check(c.cfg.Now()) }
