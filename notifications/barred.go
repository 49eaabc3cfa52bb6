package notifications

import (
	"context"
	"fmt"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Barred tells whether a delivery was made for an officer before he was disabled, and so
// may not reach his chat any more. What is made later is for the person that he still is.
func Barred(ctx context.Context, people store.People, d bot.Delivery) (bool, error) {
	person, err := people.PersonAt(ctx, d.Chat)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("load who is written to: %w", err)
	}
	officer, err := people.OfficerOf(ctx, person.ID)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("load who is written to: %w", err)
	}
	return officer.Disabled && !d.Created.After(officer.Barred), nil
}
