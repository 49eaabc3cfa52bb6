package notifications_test

import (
	"context"
	"testing"

	"izinbot/bot"
	"izinbot/notifications"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// damagedPeople cannot decode anybody.
type damagedPeople struct{ store.People }

func (damagedPeople) PersonAt(context.Context, bot.Address) (store.Person, error) {
	return store.Person{}, workflow.Refuse(workflow.CodeDamaged, "person")
}

// A chat whose person cannot be decoded gets its answers at once, and no news.
func TestBarredOfADamagedPerson(t *testing.T) {
	for _, notice := range []bool{true, false} {
		if barred, err := notifications.Barred(t.Context(), damagedPeople{}, bot.Delivery{Chat: "sim:a", Notice: notice}); err != nil || barred != notice {
			t.Errorf("notice %v: %v, %v", notice, barred, err)
		}
	}
}
