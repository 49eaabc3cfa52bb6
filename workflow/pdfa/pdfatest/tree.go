package pdfatest

func treeRules() []Rule { return nil }
