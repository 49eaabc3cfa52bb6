package calendar_test

import (
	"fmt"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func ExampleCalendar_Due() {
	cal, err := calendar.Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	friday := time.Date(2026, 11, 27, 15, 45, 0, 0, workflow.WIB())
	show := func(due time.Time) { fmt.Println(calendar.DateTime(due, workflow.Indonesian)) }

	show(cal.Due(friday, workflow.Budget{N: 1, Unit: workflow.Hour}, nil))
	show(cal.Due(friday, workflow.Budget{N: 2, Unit: workflow.Day}, nil))

	waiting := workflow.Span{From: friday.Add(time.Minute), To: friday.AddDate(0, 0, 4)} // for the applicant
	show(cal.Due(friday, workflow.Budget{N: 2, Unit: workflow.Day}, []workflow.Span{waiting}))
	// Output:
	// Senin, 30 November 2026, 07.45 WIB
	// Selasa, 1 Desember 2026, 16.00 WIB
	// Rabu, 2 Desember 2026, 16.00 WIB
}

func ExampleDurationWords() {
	fmt.Println(calendar.DurationWords(100*time.Minute, workflow.Indonesian))
	fmt.Println(calendar.DurationWords(100*time.Minute, workflow.English))
	// Output:
	// 1 jam 40 menit
	// 1 hour 40 minutes
}
