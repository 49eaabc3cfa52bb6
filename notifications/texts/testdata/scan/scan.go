// Package scan names keys in every way that the scanner must find.
package scan

import _ "menu/menu.imported"

type row struct {
	key string `json:"menu.tag"`
}

func table() []row { return []row{{key: "menu.table"}} }

func all(t talker, code string) {
	key := "menu.cancel"
	t.say("form.head", "value", "case.json")
	t.item("o.pick", "menu.back")
	t.say(key)
	t.app.Say("id", "task.list", "n", 1)
	t.say("refused."+code, "at", "14.03")
	t.app.print("menu.of_"+code, "menu.html")
	t.text("end." + code + ".")
	print("readme.md", "not a menu.key", "menu", "Menu.Upper")
}
