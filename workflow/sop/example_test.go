package sop_test

import (
	"errors"
	"fmt"
	"strings"

	"izinbot/workflow/sop"
)

func ExampleParse() {
	_, source, err := sop.Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	def, err := sop.Parse(source)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(def.Code, len(def.Steps), "steps; step 2 takes", def.Steps[1].Time)

	wrong := strings.Replace(string(source), "batas_jawab: ", "batas_jawab: kapan saja ", 1)
	_, err = sop.Parse([]byte(wrong))
	faults, _ := errors.AsType[sop.Faults](err)
	fmt.Println(faults[0].Text)
	// Output:
	// LKS 23 steps; step 2 takes 2 Jam
	// SOP: “batas_jawab” tidak dapat dibaca: “kapan saja 14 hari kerja”; tulis misalnya “15 Menit”, “2 Jam” atau “3 Hari”
}
