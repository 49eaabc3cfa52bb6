package whatsapp

// Look looks after the connection and the account once, as each tick does.
func (c *Channel) Look() { c.look(c.cfg.Now()) }
