package letters_test

import (
	"context"
	"fmt"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

func ExampleDrawer_Draw() {
	office, err := letters.DefaultOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	drawer := letters.New(office, letters.Config{})
	def, c := sampleSOP(), sampleCase()
	resi, _ := c.Letter("resi")
	pdf, err := drawer.Draw(context.Background(), def, c, resi, letters.Addressee)
	if err != nil {
		fmt.Println(err)
		return
	}
	again, err := drawer.Draw(context.Background(), def, c, resi, letters.Addressee)
	fmt.Printf("%s, same bytes: %v, %v\n", pdf[:5], string(pdf) == string(again), err)
	// Output:
	// %PDF-, same bytes: true, <nil>
}

func ExampleOffice_FormatNumber() {
	office, err := letters.DefaultOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(office.FormatNumber(workflow.RegisterPermits, "503", 7, time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB())))
	// Output:
	// 503/007/IZIN/DPMPTSPK/XI/2026
}
