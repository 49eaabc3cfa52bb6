package notifications

import (
	"context"
	"fmt"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Barred tells whether a delivery was made for a person before the rights of an officer
// were taken from him, and so may not reach his chat any more. What is made later is for
// the person that he still is.
func Barred(ctx context.Context, people store.People, d bot.Delivery) (bool, error) {
	person, err := people.PersonAt(ctx, d.Chat)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return false, nil
	}
	if workflow.CodeOf(err) == workflow.CodeDamaged {
		return d.Notice, nil // it cannot be told whose the chat is: no news go there, answers do
	}
	if err != nil {
		return false, fmt.Errorf("load who is written to: %w", err)
	}
	return !person.Barred.IsZero() && !d.Created.After(person.Barred), nil
}
