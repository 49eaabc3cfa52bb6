package handlers

import (
	"fmt"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// fence gives the term under which a chat is served here. It is taken before
// anything is read, so that what was read under an older one is never written.
func (a *App) fence(chat bot.Address) (store.Fence, error) {
	if a.Terms == nil {
		return store.Fence{}, nil
	}
	f, ok := a.Terms.FenceOf(chat)
	if !ok {
		return f, bot.ErrNotOurs
	}
	return f, nil
}

// forPort says in the words of the chat port what a store said that is no fault of
// the message.
func forPort(err error) error {
	code := workflow.CodeOf(err)
	if code == workflow.CodeFenced {
		return fmt.Errorf("%w: %w", bot.ErrNotOurs, err)
	}
	if code == workflow.CodeDamaged {
		return fmt.Errorf("%w: %w", bot.ErrUnreadable, err)
	}
	if code == workflow.CodeUnavailable {
		return fmt.Errorf("%w: %w", bot.ErrUnavailable, err)
	}
	return err
}
